/** Network: no create over the API; a site that was published never goes back to preview (platform-facts E). */
import { changed, valueOf } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { welcomeMembers } from './membership.js';
import type { ObjectRules } from './types.js';

export const networkRules: ObjectRules = {
  object: 'Network',

  beforeUpdate(draft, saving) {
    if (!changed(draft, 'Status')) return;
    if (valueOf(draft, 'Status') === 'UnderConstruction') {
      throw fail.integrity('A site that has been published cannot return to preview', 'Status');
    }
    if (valueOf(draft, 'Status') === 'Live' && !draft.before.FirstActivationDate) {
      draft.changes.FirstActivationDate = saving.now.slice(0, 10);
    }
  },

  afterUpdate(draft, saving) {
    if (changed(draft, 'FirstActivationDate')) welcomeMembers(authorOf(saving), draft.id);
  },
};

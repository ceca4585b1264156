/** Network: no create over the API; a site that was published never goes back to preview (platform-facts E). */
import { changed, textOf, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { welcomeMembers } from './membership.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

/** Fields of which no two sites have the same value. */
const UNIQUE = ['Name', 'UrlPathPrefix'] as const;

const checkUnique = (draft: Draft, saving: Saving): void => {
  for (const field of UNIQUE.filter((name) => changed(draft, name))) {
    const sql = `SELECT "Id" FROM "Network" WHERE ifnull("${field}", '') = ? COLLATE NOCASE AND "Id" <> ?`;
    const other = textFrom(saving.tools, sql, textOf(draft, field) ?? '', draft.id);
    if (other) throw fail.duplicateValue(field, other);
  }
};

export const networkRules: ObjectRules = {
  object: 'Network',

  beforeUpdate(draft, saving) {
    checkUnique(draft, saving);
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

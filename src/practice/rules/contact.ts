/** Contact: owner, and what a portal user hangs on (platform-facts C3). */
import { changed, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { takeOwner } from './owned.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

const portalUserOf = (saving: Saving, draft: Draft): string | undefined =>
  textFrom(saving.tools, 'SELECT "Id" FROM "User" WHERE "ContactId" = ?', draft.id);

export const contactRules: ObjectRules = {
  object: 'Contact',
  reads: ['OwnerId', 'AccountId'],
  checksOwner: true,

  beforeCreate(draft, saving) {
    takeOwner(draft, saving, true);
  },

  beforeUpdate(draft, saving) {
    takeOwner(draft, saving, false);
    // C3: a portal user has a contact with an account; the roles of the old account would stay behind.
    if (changed(draft, 'AccountId') && portalUserOf(saving, draft)) {
      const message =
        valueOf(draft, 'AccountId') === null ? 'must belong to an account' : 'cannot move to another account';
      throw fail.integrity(`The contact of a portal user ${message}`, 'AccountId');
    }
  },

  beforeDelete(draft, saving) {
    const user = portalUserOf(saving, draft);
    if (user) throw fail.of('DELETE_FAILED', `The contact is associated with the portal user ${user}`);
  },
};

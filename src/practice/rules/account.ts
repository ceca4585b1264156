/** Account (platform-facts C1, fact 1, fact 7). */
import type { Owner } from './owners.js';
import { changed, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { takeOwner } from './owned.js';
import { erasePortalRoles, movePortalRoles } from './portal.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';

/** C1: how many partner users switching an account back can disable. */
const DISABLED_AT_ONCE = 15;

const noRole = () => fail.of('UNKNOWN_EXCEPTION', 'portal account owner must have a role');

const hasPortalRoles = (saving: Saving, accountId: string): boolean =>
  textFrom(saving.tools, 'SELECT "Id" FROM "UserRole" WHERE "PortalAccountId" = ? LIMIT 1', accountId) !== undefined;

/** C1: no person accounts; whether the flag alone asks for a role is an open question. */
const checkPartner = (draft: Draft, saving: Saving): void => {
  if (!changed(draft, 'IsPartner') || valueOf(draft, 'IsPartner') !== true) return;
  if (valueOf(draft, 'IsPersonAccount') === true) {
    throw fail.integrity('A person account cannot be a partner account', 'IsPartner');
  }
  if (saving.tools.variants.isPartnerOwnerRole !== 'checked') return;
  const sql = 'SELECT "UserRoleId" FROM "User" WHERE "Id" = ? AND "UserRoleId" IS NOT NULL';
  if (!textFrom(saving.tools, sql, String(valueOf(draft, 'OwnerId')))) throw noRole();
};

/** Fact 7: the owner of an account with portal roles must have one himself. */
const checkNewOwner = (draft: Draft, saving: Saving, owner: Owner | undefined): void => {
  if (owner?.roleId === null && hasPortalRoles(saving, draft.id)) throw noRole();
};

/** C1: users are disabled, roles and groups deleted for good. */
const endPartnership = (draft: Draft, saving: Saving): void => {
  const { store, catalog } = saving.tools;
  const user = catalog.require('User');
  const active = store
    .sql(
      'SELECT "Id", "ProfileId" FROM "User" WHERE "AccountId" = ? AND "IsActive" = 1 AND "UserType" = \'PowerPartner\' ' +
        'ORDER BY "Id" LIMIT ?'
    )
    .all(draft.id, DISABLED_AT_ONCE);
  for (const row of active) {
    store.update(user, String(row.Id), { IsActive: false, LastModifiedDate: saving.now, SystemModstamp: saving.now });
    store
      .sql(
        'UPDATE "UserLicense" SET "UsedLicenses" = "UsedLicenses" - 1 ' +
          'WHERE "Id" = (SELECT "UserLicenseId" FROM "Profile" WHERE "Id" = ?)'
      )
      .run(String(row.ProfileId));
  }
  erasePortalRoles(authorOf(saving), draft.id);
};

export const accountRules: ObjectRules = {
  object: 'Account',
  reads: ['OwnerId', 'IsPartner', 'IsPersonAccount'],
  checksOwner: true,

  beforeCreate(draft, saving) {
    takeOwner(draft, saving, true);
  },

  beforeUpdate(draft, saving) {
    checkNewOwner(draft, saving, takeOwner(draft, saving, false));
    checkPartner(draft, saving);
  },

  beforeDelete(draft, saving) {
    // C1: partner accounts can be disabled, not deleted.
    if (draft.before.IsPartner === true) throw fail.of('DELETE_FAILED', 'A partner account cannot be deleted');
    const user = textFrom(saving.tools, 'SELECT "Id" FROM "User" WHERE "AccountId" = ? LIMIT 1', draft.id);
    if (user) throw fail.of('DELETE_FAILED', `The account is associated with the portal user ${user}`);
  },

  afterUpdate(draft, saving) {
    if (changed(draft, 'IsPartner') && valueOf(draft, 'IsPartner') === false) endPartnership(draft, saving);
    else if (changed(draft, 'OwnerId')) movePortalRoles(authorOf(saving), draft.id, String(valueOf(draft, 'OwnerId')));
  },
};

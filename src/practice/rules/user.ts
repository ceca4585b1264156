/** User (platform-facts C3 to C7). Users are never deleted; the object says so itself. */
import { changed, textOf, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { authorOf } from './author.js';
import { countSeat, licenceOf, requireSeat, type Licence } from './licences.js';
import { refreshMembership } from './membership.js';
import { ensurePortalRoles, followOwner, portalRoleId } from './portal.js';
import { freeNumber } from './free-number.js';
import { followProfile } from './profile-assignment.js';
import { insertRecord, textFrom } from './records.js';
import { mailNewUser } from '../sites/mails.js';
import type { ObjectRules } from './types.js';
import * as check from './user-checks.js';

/** C6: fields whose change makes a user update a setup operation. */
const SETUP_FIELDS = ['IsActive', 'ProfileId', 'UserRoleId', 'IsPortalEnabled', 'Username', 'PortalRole'];

const requireLicence = (draft: Draft, saving: Saving): Licence => {
  const licence = licenceOf(saving.tools, textOf(draft, 'ProfileId') ?? '');
  if (!licence) throw fail.noTarget('ProfileId');
  return licence;
};

/** A nickname out of the username, as nobody else has it. */
const freeNickname = (saving: Saving, username: string): string => {
  const base = (username.split('@')[0] ?? 'user').slice(0, 34);
  const nickname = (number: number): string => (number === 0 ? base : `${base}${number}`);
  const sql = 'SELECT "Id" FROM "User" WHERE "CommunityNickname" = ?';
  return nickname(freeNumber((number) => textFrom(saving.tools, sql, nickname(number)) !== undefined));
};

/** Puts a portal user into account and role. The roles appear with the first one (C2). */
const joinAccount = (draft: Draft, saving: Saving, accountId: string): void => {
  const role = textOf(draft, 'PortalRole') ?? 'User';
  const author = authorOf(saving);
  ensurePortalRoles(author, accountId, valueOf(draft, 'UserType') === 'PowerPartner' ? 'Partner' : 'Customer');
  saving.tools.store.update(saving.def, draft.id, { UserRoleId: portalRoleId(author, accountId, role) });
};

const applyProfile = (draft: Draft, licence: Licence): void => {
  draft.changes.UserType = licence.userType;
  if (check.isPortal(licence)) {
    if (!Object.hasOwn(draft.sent, 'IsPortalEnabled')) draft.changes.IsPortalEnabled = valueOf(draft, 'IsActive');
    draft.changes.PortalRole = textOf(draft, 'PortalRole') ?? 'User';
  }
};

/** Seat of the licence before and after an update. */
const recountSeats = (draft: Draft, saving: Saving): void => {
  const before = licenceOf(saving.tools, String(draft.before.ProfileId));
  const after = licenceOf(saving.tools, String(valueOf(draft, 'ProfileId')));
  if (draft.before.IsActive === true && before) countSeat(saving.tools, before.licenceId, -1);
  if (valueOf(draft, 'IsActive') === true && after) countSeat(saving.tools, after.licenceId, 1);
};

/** A profile stays with its kind of licence: an internal user does not become a partner, nor the other way round. */
const checkNewProfile = (draft: Draft, saving: Saving, licence: Licence): void => {
  const before = licenceOf(saving.tools, String(draft.before.ProfileId));
  if (before && check.isPortal(before) !== check.isPortal(licence)) {
    throw fail.integrity('The profile belongs to another kind of user license', 'ProfileId');
  }
  check.checkProfile(licence, saving);
};

/** A user who was inactive comes back; the roles of his account may be gone by now (C1). */
const returns = (draft: Draft): boolean => changed(draft, 'IsActive') && valueOf(draft, 'IsActive') === true;

export const userRules: ObjectRules = {
  object: 'User',

  isSetup(draft, creating) {
    if (creating) return textOf(draft, 'UserRoleId') !== undefined || textOf(draft, 'ContactId') !== undefined;
    return SETUP_FIELDS.some((field) => changed(draft, field));
  },

  complete(draft, saving) {
    if (!Object.hasOwn(draft.sent, 'IsActive')) draft.changes.IsActive = true;
    const username = textOf(draft, 'Username');
    if (username && !textOf(draft, 'CommunityNickname'))
      draft.changes.CommunityNickname = freeNickname(saving, username);
  },

  beforeCreate(draft, saving) {
    check.checkUsername(draft, saving);
    check.checkNickname(draft, saving);
    const licence = requireLicence(draft, saving);
    check.checkManager(licence, saving);
    check.checkProfile(licence, saving);
    const accountId = check.checkPortal(draft, saving, licence);
    if (draft.changes.IsActive === true) requireSeat(saving.tools, licence);
    applyProfile(draft, licence);
    if (accountId) draft.changes.AccountId = accountId;
  },

  beforeUpdate(draft, saving) {
    check.checkUsername(draft, saving);
    check.checkNickname(draft, saving);
    // Switching the portal off leaves a user that nobody can use. [M]
    if (changed(draft, 'IsPortalEnabled') && valueOf(draft, 'IsPortalEnabled') === false)
      draft.changes.IsActive = false;
    check.checkOwnsPortalAccounts(draft, saving);
    const licence = requireLicence(draft, saving);
    check.checkManager(licence, saving);
    if (changed(draft, 'ProfileId')) checkNewProfile(draft, saving, licence);
    if (returns(draft) || ['ContactId', 'PortalRole', 'UserRoleId'].some((field) => changed(draft, field))) {
      const accountId = check.checkPortal(draft, saving, licence);
      if (accountId) draft.changes.AccountId = accountId;
    }
    const was = licenceOf(saving.tools, String(draft.before.ProfileId));
    const held = draft.before.IsActive === true && was?.licenceId === licence.licenceId;
    if (valueOf(draft, 'IsActive') === true && !held) requireSeat(saving.tools, licence);
    applyProfile(draft, licence);
  },

  afterCreate(draft, saving) {
    const { tools } = saving;
    if (draft.changes.IsActive === true)
      countSeat(tools, licenceOf(tools, String(draft.changes.ProfileId))!.licenceId, 1);
    insertRecord(authorOf(saving), 'UserLogin', { UserId: draft.id, IsFrozen: false, IsPasswordLocked: false });
    if (draft.changes.AccountId) joinAccount(draft, saving, String(draft.changes.AccountId));
    followProfile(authorOf(saving), draft.id);
    refreshMembership(authorOf(saving), draft.id, tools.variants.welcomeMailOnInsert === 'sent');
    // C7: internal users hear of it through EmailHeader only; partners through their site.
    if (saving.options.email?.triggerUserEmail) mailNewUser(tools, draft.id, saving.options.session.user.Username);
  },

  afterUpdate(draft, saving) {
    if (changed(draft, 'IsActive') || changed(draft, 'ProfileId')) recountSeats(draft, saving);
    if (returns(draft) || changed(draft, 'ContactId') || changed(draft, 'PortalRole')) {
      if (valueOf(draft, 'AccountId')) joinAccount(draft, saving, String(valueOf(draft, 'AccountId')));
    }
    if (changed(draft, 'UserRoleId')) followOwner(authorOf(saving), draft.id);
    if (!changed(draft, 'ProfileId')) return;
    followProfile(authorOf(saving), draft.id);
    refreshMembership(authorOf(saving), draft.id, true);
  },
};

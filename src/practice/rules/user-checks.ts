/** What the platform refuses about users (platform-facts C3, C5). */
import { changed, isInternal, textOf, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { isEmailShaped } from '../save/values.js';
import { authorOf } from './author.js';
import type { Licence } from './licences.js';
import { isTakenElsewhere } from './other-orgs.js';
import { offersPortalRole } from './portal.js';
import { textFrom } from './records.js';

/** Profiles that come with an external licence; the org setting decides whether they may be used (fact 8). */
const STANDARD_EXTERNAL = new Set([
  'Partner Community User',
  'Partner Community Login User',
  'Gold Partner User',
  'Customer Community User',
  'Customer Community Login User',
  'Customer Community Plus User',
  'Customer Community Plus Login User',
]);

/** User types that need a contact. */
const PORTAL_TYPES = new Set(['PowerPartner', 'PowerCustomerSuccess', 'CustomerSuccess', 'CspLitePortal']);

export const isPortal = (licence: Licence): boolean => PORTAL_TYPES.has(licence.userType);

/** C3, C5: shape of the username, and that no org has it; case does not make it another. */
export const checkUsername = (draft: Draft, saving: Saving): void => {
  const username = textOf(draft, 'Username');
  if (username === undefined || !changed(draft, 'Username')) return;
  if (!isEmailShaped(username)) {
    throw fail.of('INVALID_EMAIL_ADDRESS', `Username: invalid email address: ${username}`, ['Username']);
  }
  const other = textFrom(
    saving.tools,
    'SELECT "Id" FROM "User" WHERE "Username" = ? AND "Id" <> ?',
    username,
    draft.id
  );
  if (other ?? isTakenElsewhere(saving.tools, username)) {
    throw fail.of(
      'DUPLICATE_USERNAME',
      'Duplicate Username.<br>The username already exists in this or another Salesforce organization.',
      ['Username']
    );
  }
};

/** C3: nicknames are unique too. */
export const checkNickname = (draft: Draft, saving: Saving): void => {
  const nickname = textOf(draft, 'CommunityNickname');
  if (nickname === undefined || !changed(draft, 'CommunityNickname')) return;
  const sql = 'SELECT "Id" FROM "User" WHERE "CommunityNickname" = ? AND "Id" <> ?';
  if (textFrom(saving.tools, sql, nickname, draft.id)) {
    throw fail.of('DUPLICATE_COMM_NICKNAME', 'Duplicate Nickname', ['CommunityNickname']);
  }
};

/** Manage Partners is enough for partner users, not for the company's own. [M] */
export const checkManager = (licence: Licence, saving: Saving): void => {
  const { session } = saving.options;
  if (isInternal(saving.options) || isPortal(licence) || session.has('ModifyAllData')) return;
  if (!session.has('ManageUsers') && !session.has('ManageInternalUsers')) throw fail.noAccess();
};

/** Fact 8: standard external profiles only where CommunitiesSettings allows them. */
export const checkProfile = (licence: Licence, saving: Saving): void => {
  if (!isPortal(licence) || !STANDARD_EXTERNAL.has(licence.profileName)) return;
  if (saving.tools.preferences.on('Communities.enableOotbProfExtUserOpsEnable')) return;
  throw fail.integrity(`The standard external profile ${licence.profileName} can't be assigned to users`, 'ProfileId');
};

const checkContact = (draft: Draft, saving: Saving, contactId: string): string => {
  const other = textFrom(
    saving.tools,
    'SELECT "Id" FROM "User" WHERE "ContactId" = ? AND "Id" <> ?',
    contactId,
    draft.id
  );
  if (other) {
    throw fail.of('PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', 'portal user already exists for contact', ['ContactId']);
  }
  const accountId = textFrom(saving.tools, 'SELECT "AccountId" FROM "Contact" WHERE "Id" = ?', contactId);
  if (!accountId) throw fail.integrity('The contact of a portal user must belong to an account', 'ContactId');
  return accountId;
};

/** Fact 7: checked when the portal user is made. */
const checkAccountOwner = (saving: Saving, accountId: string): void => {
  const sql =
    'SELECT u."UserRoleId" FROM "Account" a JOIN "User" u ON u."Id" = a."OwnerId" WHERE a."Id" = ? AND u."UserRoleId" IS NOT NULL';
  if (!textFrom(saving.tools, sql, accountId)) {
    throw fail.of('UNKNOWN_EXCEPTION', 'portal account owner must have a role');
  }
};

/**
 * C3, C5: a portal user has a contact of an account whose owner has a role; other users have none.
 * @returns the account of a portal user.
 */
export const checkPortal = (draft: Draft, saving: Saving, licence: Licence): string | undefined => {
  const contactId = textOf(draft, 'ContactId');
  if (!isPortal(licence)) {
    if (contactId) throw fail.integrity('Only users with an external profile can have a contact', 'ContactId');
    return undefined;
  }
  if (!contactId)
    throw fail.of('INVALID_CROSS_REFERENCE_KEY', 'Cannot create a portal user without contact.', ['ContactId']);
  const accountId = checkContact(draft, saving, contactId);
  checkAccountOwner(saving, accountId);
  const role = textOf(draft, 'PortalRole') ?? 'User';
  if (!offersPortalRole(authorOf(saving), accountId, role)) {
    throw fail.integrity(`The account has no ${role} role`, 'PortalRole');
  }
  // C3: the portal role drives it.
  if (typeof draft.sent.UserRoleId === 'string') {
    throw fail.integrity('The role of a portal user follows from PortalRole', 'UserRoleId');
  }
  return accountId;
};

/** C5, USER_OWNS_PORTAL_ACCOUNT_EXCEPTION: text unverified [M]. */
export const checkOwnsPortalAccounts = (draft: Draft, saving: Saving): void => {
  const leaves = changed(draft, 'IsActive') && valueOf(draft, 'IsActive') === false;
  const stripped = changed(draft, 'UserRoleId') && valueOf(draft, 'UserRoleId') === null;
  if (!(leaves || stripped) || saving.tools.variants.portalOwnerChange !== 'refused') return;
  if (textFrom(saving.tools, 'SELECT "Id" FROM "UserRole" WHERE "PortalAccountOwnerId" = ? LIMIT 1', draft.id)) {
    const field = leaves ? 'IsActive' : 'UserRoleId';
    throw fail.of('USER_OWNS_PORTAL_ACCOUNT_EXCEPTION', 'user owns a portal account', [field]);
  }
};

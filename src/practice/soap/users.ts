/** Operations about sessions, users and passwords. */
import type { PracticeOrg, Row, Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { commit } from '../http/save.js';
import type { Rooms } from '../http/rooms.js';
import { isId, to18 } from '../store/ids.js';
import { emailFlags, type SoapCall } from './call.js';
import { text, type Node } from './envelope.js';

const SESSION_SECONDS = 7200;

const organization = (org: PracticeOrg): Row => org.store.find(org.catalog.require('Organization'), org.id) ?? {};

const info = (org: PracticeOrg, session: Session): object => {
  const user = org.store.find(org.catalog.require('User'), session.user.Id) ?? {};
  return {
    accessibilityMode: false,
    orgHasPersonAccounts: false,
    organizationId: org.id,
    organizationMultiCurrency: false,
    organizationName: organization(org).Name ?? null,
    profileId: session.user.ProfileId,
    roleId: user.UserRoleId ?? null,
    sessionSecondsValid: SESSION_SECONDS,
    userEmail: user.Email ?? null,
    userFullName: user.Name ?? [user.FirstName, user.LastName].filter(Boolean).join(' '),
    userId: session.user.Id,
    userLanguage: user.LanguageLocaleKey ?? null,
    userLocale: user.LocaleSidKey ?? null,
    userName: session.user.Username,
    userTimeZone: user.TimeZoneSidKey ?? null,
    userType: session.user.UserType,
    userUiSkin: 'Theme3',
  };
};

export const getUserInfo = (call: SoapCall): object[] => [info(call.rooms.org, call.session)];

export const getServerTimestamp = (call: SoapCall): object[] => [
  { timestamp: call.rooms.org.clock.now().toISOString() },
];

/** Opens a session by password. @throws PlatformError INVALID_LOGIN. */
export const login = (rooms: Rooms, args: Node, version: string): object[] => {
  const found = rooms.passwords.check(text(args, 'username') ?? '', text(args, 'password') ?? '');
  if (!found) {
    throw new PlatformError('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.', 500);
  }
  const session = rooms.org.access.open(found.user, true);
  const sandbox = Boolean(organization(rooms.org).IsSandbox);
  return [
    {
      metadataServerUrl: `${rooms.url()}/services/Soap/m/${version}/${rooms.org.id}`,
      passwordExpired: found.expired,
      sandbox,
      serverUrl: `${rooms.url()}/services/Soap/u/${version}/${rooms.org.id}`,
      sessionId: session.id,
      userId: session.user.Id,
      userInfo: info(rooms.org, session),
    },
  ];
};

export const logout = (call: SoapCall): never[] => {
  call.rooms.org.access.expire(call.session.id);
  return [];
};

const userId = (call: SoapCall): string => {
  const id = text(call.args, 'userId')?.trim() ?? '';
  if (!isId(id)) throw new PlatformError('MALFORMED_ID', `malformed id ${String(id)}`, 500);
  return to18(id);
};

export const setPassword = (call: SoapCall): object[] => {
  const password = text(call.args, 'password') ?? '';
  commit(call.rooms, call.occasion, () => call.rooms.passwords.set(call.session, userId(call), password));
  return [{}];
};

/** The mail with the link goes out where EmailHeader asks for it (platform-facts C7). */
export const resetPassword = (call: SoapCall): object[] => {
  const mail = emailFlags(call.headers)?.triggerUserEmail ?? false;
  const password = commit(call.rooms, call.occasion, () =>
    call.rooms.passwords.reset(call.session, userId(call), mail)
  );
  return [{ password }];
};

/** Who is logged in: `userinfo`, the identity page, `singleaccess`. */
import { randomBytes } from 'node:crypto';
import type { PracticeOrg, Row, Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { to18 } from '../store/ids.js';

const userRow = (org: PracticeOrg, id: string): Row => org.store.find(org.catalog.require('User'), id) ?? {};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const addresses = (url: string, orgId: string): Record<string, string> => ({
  enterprise: `${url}/services/Soap/c/{version}/${orgId}`,
  metadata: `${url}/services/Soap/m/{version}/${orgId}`,
  partner: `${url}/services/Soap/u/{version}/${orgId}`,
  rest: `${url}/services/data/v{version}/`,
  sobjects: `${url}/services/data/v{version}/sobjects/`,
  search: `${url}/services/data/v{version}/search/`,
  query: `${url}/services/data/v{version}/query/`,
  tooling_rest: `${url}/services/data/v{version}/tooling/`,
});

const shared = (user: Row, session: Session): Record<string, unknown> => ({
  email: text(user.Email),
  email_verified: true,
  active: true,
  user_type: session.user.UserType.toUpperCase(),
  language: text(user.LanguageLocaleKey),
  locale: text(user.LocaleSidKey),
  is_app_installed: true,
});

/** Answer of `/services/oauth2/userinfo`. */
export const userInfo = (org: PracticeOrg, session: Session, url: string): object => {
  const { Id, Username } = session.user;
  const user = userRow(org, Id);
  return {
    sub: `${url}/id/${org.id}/${Id}`,
    user_id: Id,
    organization_id: org.id,
    preferred_username: Username,
    nickname: text(user.CommunityNickname) ?? text(user.Alias),
    name: text(user.Name) ?? [user.FirstName, user.LastName].filter(Boolean).join(' '),
    given_name: text(user.FirstName),
    family_name: text(user.LastName),
    zoneinfo: text(user.TimeZoneSidKey),
    urls: addresses(url, org.id),
    updated_at: text(user.LastModifiedDate),
    ...shared(user, session),
  };
};

/**
 * Answer of `/id/{org}/{user}`; a user sees his own page.
 * @throws PlatformError NOT_FOUND for another org or user.
 */
export const identity = (org: PracticeOrg, session: Session, url: string, orgId: string, userId: string): object => {
  if (to18(orgId) !== org.id || to18(userId) !== session.user.Id) {
    throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  const user = userRow(org, session.user.Id);
  return {
    id: `${url}/id/${org.id}/${session.user.Id}`,
    asserted_user: true,
    user_id: session.user.Id,
    organization_id: org.id,
    username: session.user.Username,
    nick_name: text(user.CommunityNickname) ?? text(user.Alias),
    display_name: text(user.Name),
    first_name: text(user.FirstName),
    last_name: text(user.LastName),
    timezone: text(user.TimeZoneSidKey),
    urls: addresses(url, org.id),
    last_modified_date: text(user.LastModifiedDate),
    ...shared(user, session),
  };
};

/** A front-door address. The practice org has no pages behind it, and the address says so when it is opened. */
export const frontdoor = (url: string, redirect: string | null): object => {
  const query = new URLSearchParams({ otp: randomBytes(24).toString('base64url') });
  if (redirect !== null) query.set('startURL', redirect);
  return { frontdoor_uri: `${url}/secur/frontdoor.jsp?${query.toString()}` };
};

/** Coming in: by the link of a mail, or by username and password at a site or at the org (platform-facts C7, E). */
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Rooms } from '../http/rooms.js';

/** A site as its pages know it. */
export type SitePage = { id: string; name: string; prefix: string; status: string };

/** Where somebody comes in: a site, or the org itself. */
export type Door = SitePage | undefined;

/** E: a non-member, a wrong password and a user who may not log in all look the same. */
const refused = (): PlatformError =>
  new PlatformError(
    'INVALID_LOGIN',
    'Your login attempt has failed. Make sure the username and password are correct.',
    401
  );

const deadLink = (): PlatformError =>
  new PlatformError('INVALID_LINK', 'This link is wrong, too old, or was used before. Ask for a new one.', 403);

/** The site with a prefix. */
export const siteAt = ({ org }: Rooms, prefix: string): SitePage | undefined => {
  if (!org.catalog.object('Network')) return undefined;
  const row = org.store
    .sql(`SELECT "Id", "Name", "UrlPathPrefix", "Status" FROM "Network" WHERE ifnull("UrlPathPrefix", '') = ?`)
    .get(prefix);
  return row && { id: String(row.Id), name: String(row.Name), prefix, status: String(row.Status) };
};

/** @throws PlatformError SITE_NOT_LIVE: nobody comes in to a site that is not published or is under maintenance. */
const requireLive = (door: Door): void => {
  if (!door || door.status === 'Live') return;
  const why = door.status === 'UnderConstruction' ? 'has not been published yet' : 'is down for maintenance';
  throw new PlatformError('SITE_NOT_LIVE', `${door.name} ${why}.`, 503);
};

/** A session that counts as a login. @throws PlatformError INVALID_LOGIN, as the platform words it on its pages. */
const enter = ({ org }: Rooms, door: Door, userId: string): Session => {
  // Partner users have no login at the org itself, only at their sites.
  const outside = 'SELECT 1 FROM "User" WHERE "Id" = ? AND "ContactId" IS NOT NULL';
  if (!door && org.store.sql(outside).get(userId)) throw refused();
  try {
    return org.access.open(userId, true, door?.id);
  } catch (error) {
    if (error instanceof PlatformError && error.errorCode === 'INVALID_LOGIN') throw refused();
    throw error;
  }
};

/**
 * Opens the link of a mail: its recipient is logged in, once.
 * @throws PlatformError INVALID_LINK, SITE_NOT_LIVE, INVALID_LOGIN. A link that could not be used yet stays good.
 */
export const openLink = (rooms: Rooms, door: Door, code: string): Session => {
  const { links, store } = rooms.org.tools;
  return store.transaction(() => {
    const target = links.find(code);
    if (target?.networkId !== (door?.id ?? null)) throw deadLink();
    requireLive(door);
    const session = enter(rooms, door, target.userId);
    links.use(code);
    return session;
  });
};

/** Logs in by username and password. @throws PlatformError SITE_NOT_LIVE, INVALID_LOGIN */
export const logIn = (rooms: Rooms, door: Door, username: string, password: string): Session => {
  requireLive(door);
  const found = rooms.passwords.check(username, password);
  if (!found) throw refused();
  return enter(rooms, door, found.user);
};

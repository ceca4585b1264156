/** Sessions. They are kept in the file, so that a restart of the server does not end them. */
import { createHash, randomBytes } from 'node:crypto';
import { PlatformError } from '../errors.js';
import type { Access, Clock, Session, Store } from '../contracts.js';
import type { Permissions } from '../save/context.js';
import { to18 } from '../store/ids.js';
import { countLogin, prepareLogins } from './logins.js';

const CREATE = `CREATE TABLE IF NOT EXISTS practice_session (
  token TEXT PRIMARY KEY, user TEXT NOT NULL, opened TEXT NOT NULL) WITHOUT ROWID`;

/** Sessions of browsers, which use the API of the user interface without the permission to call APIs. */
const CREATE_BROWSERS = 'CREATE TABLE IF NOT EXISTS practice_browser (token TEXT PRIMARY KEY) WITHOUT ROWID';

/** Tokens are as long as the platform's. */
const SECRET_BYTES = 72;

/** LastLoginDate moves at most once a minute (platform-facts C3). */
const LOGIN_SPACING = 60_000;

/** Only a digest is stored: the file may be copied around with a scenario. */
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new token: org id, exclamation mark, characters out of `[.\w]` (org-wire-protocol). */
const newToken = (orgId: string): string =>
  `${orgId.slice(0, 15)}!AQ${randomBytes(SECRET_BYTES).toString('base64url').replaceAll('-', '.')}`;

class StoredAccess implements Access {
  public constructor(
    private readonly orgId: string,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly permissions: Permissions
  ) {
    store.db.exec(CREATE);
    store.db.exec(CREATE_BROWSERS);
    prepareLogins(store);
  }

  public session(token: string): Session {
    const row = this.store.sql('SELECT user FROM practice_session WHERE token = ?').get(digest(token));
    const browser = row && this.store.sql('SELECT 1 FROM practice_browser WHERE token = ?').get(digest(token));
    const session = row && this.make(token, String(row.user), browser !== undefined);
    if (!session) throw new PlatformError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
    return session;
  }

  public open(user: string, login = false, networkId?: string): Session {
    const userId = this.userId(user);
    const token = newToken(this.orgId);
    const admitted = userId !== undefined && (!login || this.admits(userId, networkId));
    const session = admitted ? this.make(token, userId) : undefined;
    if (!session) {
      throw new PlatformError('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.', 401);
    }
    this.store
      .sql('INSERT INTO practice_session (token, user, opened) VALUES (?, ?, ?)')
      .run(digest(token), session.user.Id, this.clock.stamp());
    if (login) this.recordLogin(session.user.Id);
    return session;
  }

  public openBrowser(user: string): Session {
    const session = this.open(user);
    this.store.sql('INSERT INTO practice_browser (token) VALUES (?)').run(digest(session.id));
    return { ...session, browser: true };
  }

  public expire(token: string): void {
    this.store.sql('DELETE FROM practice_session WHERE token = ?').run(digest(token));
  }

  public expireAll(): void {
    this.store.sql('DELETE FROM practice_session').run();
  }

  private userId(user: string): string | undefined {
    const row = this.store.sql('SELECT "Id" FROM "User" WHERE "Username" = ?1 OR "Id" = ?2').get(user, to18(user));
    return row ? String(row.Id) : undefined;
  }

  /** Undefined for a user who may not log in: inactive, frozen, or gone. */
  private make(token: string, userId: string, browser = false): Session | undefined {
    const row = this.store
      .sql(
        'SELECT u."Id", u."Username", u."ProfileId", u."UserType" FROM "User" u WHERE u."Id" = ? AND u."IsActive" = 1 ' +
          'AND NOT EXISTS (SELECT 1 FROM "UserLogin" l WHERE l."UserId" = u."Id" AND l."IsFrozen" = 1)'
      )
      .get(userId);
    if (!row) return undefined;
    const { permissions } = this;
    const user = {
      Id: String(row.Id),
      Username: String(row.Username),
      ProfileId: String(row.ProfileId),
      UserType: String(row.UserType),
    };
    return {
      id: token,
      user,
      browser,
      has: (permission) => permissions.has(userId, permission),
      can: (action, object) => permissions.can(userId, action, object),
      view: (object) => permissions.view(userId, object),
    };
  }

  /**
   * Whether a user may come in: to a Live site as its member, to the org itself as one of the company. Who is not a
   * member is refused as if his password were wrong (platform-facts E).
   */
  private admits(userId: string, networkId: string | undefined): boolean {
    const outside = this.store.sql('SELECT 1 FROM "User" WHERE "Id" = ? AND "ContactId" IS NOT NULL').get(userId);
    if (!outside && networkId === undefined) return true;
    const member = this.store
      .sql(
        `SELECT 1 FROM "NetworkMember" m JOIN "Network" n ON n."Id" = m."NetworkId"
         WHERE m."MemberId" = ?1 AND n."Status" = 'Live' AND (?2 IS NULL OR n."Id" = ?2)`
      )
      .get(userId, networkId ?? null);
    return member !== undefined;
  }

  private recordLogin(userId: string): void {
    countLogin(this.store, userId, this.clock.stamp());
    const row = this.store.sql('SELECT "LastLoginDate" AS last FROM "User" WHERE "Id" = ?').get(userId);
    const last = row?.last ? Date.parse(String(row.last).replace('+0000', 'Z')) : 0;
    if (this.clock.now().getTime() - last < LOGIN_SPACING) return;
    this.store.sql('UPDATE "User" SET "LastLoginDate" = ? WHERE "Id" = ?').run(this.clock.stamp(), userId);
  }
}

/** Opens the sessions of an org. */
export const openAccess = (orgId: string, store: Store, clock: Clock, permissions: Permissions): Access =>
  new StoredAccess(orgId, store, clock, permissions);

import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto';
import type { PracticeOrg, Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { mailReset } from '../sites/mails.js';

const TABLE = `CREATE TABLE IF NOT EXISTS practice_password (
  user TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, set_at TEXT NOT NULL, expired INTEGER NOT NULL)`;

/** Cheap on purpose: these are practice passwords on a loopback server, and tests set many. */
const COST = { N: 1024, r: 8, p: 1 };
const MINIMUM = 8;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

type Stored = { salt: Uint8Array; hash: Uint8Array; expired: number };
type UserRow = { Id: string; IsActive: boolean | number; ContactId: string | null };

/** Passwords of the org's users: set, reset by mail, and checked by `login` (platform-facts C7). */
export class Passwords {
  public constructor(private readonly org: PracticeOrg) {
    org.store.db.exec(TABLE);
  }

  /**
   * Sets a password.
   * @throws PlatformError INSUFFICIENT_ACCESS, INVALID_NEW_PASSWORD, or NOT_FOUND for an unknown user.
   */
  public set(caller: Session, userId: string, password: unknown): void {
    const user = this.user(caller, userId);
    if (typeof password !== 'string' || password.length < MINIMUM || !/\d/.test(password) || !/[a-z]/i.test(password)) {
      throw new PlatformError(
        'INVALID_NEW_PASSWORD',
        `Your password must be at least ${MINIMUM} characters long, and must include a letter and a number.`
      );
    }
    if (this.matches(user.Id, password)) {
      throw new PlatformError('INVALID_NEW_PASSWORD', 'invalid repeated password');
    }
    this.store(user.Id, password, false);
  }

  /**
   * Makes the old password invalid and returns a new one, which must be changed at the next login. With `mail` the
   * user gets a link, valid for a day.
   * @throws PlatformError INSUFFICIENT_ACCESS, or NOT_FOUND for an unknown user.
   */
  public reset(caller: Session, userId: string, mail: boolean): string {
    const user = this.user(caller, userId);
    const password = `${Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}7a`;
    this.org.store.transaction(() => {
      this.store(user.Id, password, true);
      if (mail) mailReset(this.org.tools, user.Id);
    });
    return password;
  }

  /** Whether the password must be changed; a user without one cannot log in by password at all. */
  public expired(caller: Session, userId: string): boolean {
    return this.read(this.user(caller, userId).Id)?.expired === 1;
  }

  /** Whether these credentials open a session, and whether the password is one that was reset. */
  public check(username: string, password: string): { user: string; expired: boolean } | undefined {
    const row = this.org.store
      .sql('SELECT "Id", "IsActive" FROM "User" WHERE "Username" = ? COLLATE NOCASE')
      .get(username) as Pick<UserRow, 'Id' | 'IsActive'> | undefined;
    if (!row?.IsActive || !this.matches(row.Id, password)) return undefined;
    return { user: row.Id, expired: this.read(row.Id)?.expired === 1 };
  }

  private user(caller: Session, id: string): UserRow {
    const def = this.org.catalog.require('User');
    const row = this.org.store.find(def, id) as UserRow | undefined;
    if (!row) throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', 404);
    // Who manages partners may help partner users in, not the company's own. [M]
    const manages = row.ContactId !== null && caller.has('ManagePartners');
    const allowed = caller.user.Id === row.Id || caller.has('ManageUsers') || caller.has('ResetPasswords') || manages;
    if (!allowed) throw new PlatformError('INSUFFICIENT_ACCESS', 'Insufficient access rights', 403);
    return row;
  }

  private read(user: string): Stored | undefined {
    const text = 'SELECT salt, hash, expired FROM practice_password WHERE user = ?';
    return this.org.store.sql(text).get(user) as Stored | undefined;
  }

  private matches(user: string, password: string): boolean {
    const stored = this.read(user);
    return stored !== undefined && timingSafeEqual(stored.hash, scryptSync(password, stored.salt, 32, COST));
  }

  private store(user: string, password: string, expired: boolean): void {
    const salt = randomBytes(16);
    this.org.store
      .sql('INSERT OR REPLACE INTO practice_password (user, salt, hash, set_at, expired) VALUES (?, ?, ?, ?, ?)')
      .run(user, salt, scryptSync(password, salt, 32, COST), this.org.clock.stamp(), expired ? 1 : 0);
  }
}

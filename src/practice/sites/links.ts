/** The links in mails: each carries a code that logs its recipient in, once, for a day (platform-facts C7). */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Store } from '../contracts.js';

const CREATE = `CREATE TABLE IF NOT EXISTS practice_link (
  code TEXT PRIMARY KEY, kind TEXT NOT NULL, user TEXT NOT NULL, network TEXT, expires INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS practice_link_user ON practice_link (user);
  CREATE INDEX IF NOT EXISTS practice_link_expires ON practice_link (expires)`;

/** C7: a link lives 24 hours, by the org's clock. */
const LIFE = 24 * 60 * 60 * 1000;

/** Whose link it is, and of which site; null where it leads to the org itself. */
export type LinkTarget = { userId: string; networkId: string | null };

/** Makes codes and takes them back. Only digests are kept, so that a file of the org opens nothing. */
export type MailLinks = {
  /** A code for a mail of a kind to a user. Those of earlier mails of this kind and place are void. */
  issue(kind: string, target: LinkTarget): string;
  /** What a code opens, or undefined where it is unknown, used or too old. */
  find(code: string): LinkTarget | undefined;
  /** Ends a code. */
  use(code: string): void;
};

const digest = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Opens the links of an org. */
export const openMailLinks = (store: Store, clock: Clock): MailLinks => {
  store.db.exec(CREATE);
  const now = (): number => clock.now().getTime();
  return {
    issue: (kind, { userId, networkId }) => {
      const code = randomBytes(24).toString('base64url');
      store.sql('DELETE FROM practice_link WHERE expires <= ?').run(now());
      store.sql('DELETE FROM practice_link WHERE user = ? AND kind = ? AND network IS ?').run(userId, kind, networkId);
      store
        .sql('INSERT INTO practice_link (code, kind, user, network, expires) VALUES (?, ?, ?, ?, ?)')
        .run(digest(code), kind, userId, networkId, now() + LIFE);
      return code;
    },
    find: (code) => {
      const row = store
        .sql('SELECT user, network FROM practice_link WHERE code = ? AND used = 0 AND expires > ?')
        .get(digest(code), now());
      return row && { userId: String(row.user), networkId: row.network === null ? null : String(row.network) };
    },
    use: (code) => void store.sql('UPDATE practice_link SET used = 1 WHERE code = ?').run(digest(code)),
  };
};

/** Usernames that other orgs have: a username is unique across all orgs of the platform (platform-facts C3, C5). */
import type { Store } from '../contracts.js';
import type { SaveTools } from '../save/context.js';

const CREATE = `CREATE TABLE IF NOT EXISTS practice_taken_username (
  name TEXT PRIMARY KEY COLLATE NOCASE) WITHOUT ROWID`;

/** Makes the table. */
export const prepareTakenUsernames = (store: Store): void => store.db.exec(CREATE);

/** Notes that another org has a user of this name. */
export const takeElsewhere = (store: Store, username: string): void =>
  void store.sql('INSERT OR IGNORE INTO practice_taken_username (name) VALUES (?)').run(username);

/** Whether another org has it. */
export const isTakenElsewhere = ({ store }: SaveTools, username: string): boolean =>
  store.sql('SELECT 1 FROM practice_taken_username WHERE name = ?').get(username) !== undefined;

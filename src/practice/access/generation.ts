/** Tells whether the tables behind a cache have changed, whoever wrote to them, and also after a rollback. */
import type { Store } from '../contracts.js';
import { quoted } from '../store/identifiers.js';

/** Tables that decide who may do what and who may own records. */
const WATCHED = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'ApexClass',
  'Group',
  'QueueSobject',
];

/**
 * A number that is another one after each change of the watched tables. It is random, not counted: a counter that is
 * rolled back would come to the same value again with other data behind it.
 * @param mark table that holds the number; its name tells the triggers of several marks apart.
 */
export const watchTables = (store: Store, mark: string, watched: readonly string[]): (() => number) => {
  store.db.exec(
    `CREATE TABLE IF NOT EXISTS ${mark} (one INTEGER PRIMARY KEY, mark INTEGER NOT NULL);` +
      `INSERT OR IGNORE INTO ${mark} VALUES (1, 0)`
  );
  for (const table of watched) {
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      const name = mark === SETUP ? `practice ${event} ${table}` : `${mark} ${event} ${table}`;
      store.db.exec(
        `CREATE TRIGGER IF NOT EXISTS ${quoted(name)} AFTER ${event} ON ${quoted(table)} ` +
          `BEGIN UPDATE ${mark} SET mark = random() >> 12; END`
      );
    }
  }
  return () => Number(store.sql(`SELECT mark FROM ${mark}`).get()!.mark);
};

const SETUP = 'practice_generation';

/** The mark of permissions and owners. */
export const watchSetup = (store: Store): (() => number) => watchTables(store, SETUP, WATCHED);

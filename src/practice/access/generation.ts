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
  'Group',
  'QueueSobject',
];

/**
 * A number that is another one after each change of the watched tables. It is random, not counted: a counter that is
 * rolled back would come to the same value again with other data behind it.
 */
export const watchSetup = (store: Store): (() => number) => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS practice_generation (one INTEGER PRIMARY KEY, mark INTEGER NOT NULL);' +
      'INSERT OR IGNORE INTO practice_generation VALUES (1, 0)'
  );
  for (const table of WATCHED) {
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      store.db.exec(
        `CREATE TRIGGER IF NOT EXISTS ${quoted(`practice ${event} ${table}`)} AFTER ${event} ON ${quoted(table)} ` +
          'BEGIN UPDATE practice_generation SET mark = random() >> 12; END'
      );
    }
  }
  return () => Number(store.sql('SELECT mark FROM practice_generation').get()!.mark);
};

/** Which request wrote which row: proof for tests that no row was written twice. Part of the transaction it describes. */
import type { Store } from '../contracts.js';
import type { Draft, Saving } from './context.js';

/** Creates the table. */
export const createWriteLog = (store: Store): void => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS practice_write_log (number INTEGER PRIMARY KEY, request INTEGER, object TEXT NOT NULL, ' +
      'record TEXT NOT NULL, operation TEXT NOT NULL, at TEXT NOT NULL)'
  );
};

/** Writes down the records of a call that were saved. */
export const logWrites = (saving: Saving, drafts: Draft[]): void => {
  const { tools, def, operation, options, now } = saving;
  const insert = tools.store.sql(
    'INSERT INTO practice_write_log (request, object, record, operation, at) VALUES (?, ?, ?, ?, ?)'
  );
  for (const draft of drafts) {
    const done = operation === 'upsert' ? (draft.created ? 'create' : 'update') : operation;
    insert.run(options.request ?? null, def.name, draft.id, done, now);
  }
};

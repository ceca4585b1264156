/** The way of the protocol rooms to the saver: with transactions and the faults that were ordered. */
import type { InputRecord, SaveOperation, SaveOptions, SaveResult } from '../contracts.js';
import type { FaultRule, Occasion } from '../faults/rules.js';
import { allOrNone } from '../save/all-or-none.js';
import { rolledBack } from '../save/failures.js';
import type { Rooms } from './rooms.js';

const inCommit = new WeakSet<Rooms>();

/**
 * Runs `work` in one transaction. The kill rules stand before and after the outermost commit.
 * An exception rolls back and goes on.
 */
export const commit = <T>(rooms: Rooms, occasion: Occasion, work: () => T): T => {
  if (inCommit.has(rooms)) return rooms.org.store.transaction(work);
  const kills = rooms.faults.take('commit', occasion);
  inCommit.add(rooms);
  try {
    const result = rooms.org.store.transaction(() => {
      const done = work();
      if (kills.some((rule) => rule.kind === 'kill-before-commit')) rooms.die();
      return done;
    });
    if (kills.some((rule) => rule.kind === 'kill-after-commit')) rooms.die();
    return result;
  } finally {
    inCommit.delete(rooms);
  }
};

const locked = (record: InputRecord): SaveResult => ({
  id: idOf(record),
  success: false,
  created: false,
  errors: [
    { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
  ],
});

const undone = (record: InputRecord): SaveResult => ({
  id: idOf(record),
  success: false,
  created: false,
  errors: [rolledBack],
});

/** The id that a client put into a record, under `Id` in any case. */
export const idOf = (record: InputRecord): string | null => {
  const value = record.Id ?? record.id ?? record.ID;
  return typeof value === 'string' ? value : null;
};

type Save = (records: InputRecord[]) => SaveResult[];

/** Saves the rows that the lock rules leave, and puts the results of both kinds back in order. */
const withLocks = (rules: FaultRule[], records: InputRecord[], allOrNone: boolean, save: Save): SaveResult[] => {
  if (rules.length === 0) return save(records);
  const isLocked = records.map((_, index) => rules.some((rule) => (index + 1) % rule.every === 0));
  if (allOrNone && isLocked.includes(true)) {
    return records.map((record, index) => (isLocked[index] ? locked(record) : undone(record)));
  }
  const rest = save(records.filter((_, index) => !isLocked[index]))[Symbol.iterator]();
  return records.map((record, index) => (isLocked[index] ? locked(record) : rest.next().value!));
};

/**
 * Saves at most 200 records of one object in one transaction.
 * @throws PlatformError where the whole call is refused.
 */
export const saveRecords = (
  rooms: Rooms,
  occasion: Occasion,
  operation: SaveOperation,
  type: string,
  records: InputRecord[],
  options: SaveOptions
): SaveResult[] => {
  const locks = rooms.faults.take('save', { ...occasion, object: type });
  const save: Save = (list) => (list.length === 0 ? [] : rooms.org.saver.save(operation, type, list, options));
  return commit(rooms, occasion, () => withLocks(locks, records, options.allOrNone ?? false, save));
};

/** Records of several objects, as collections and SOAP calls carry them. */
export type TypedRecord = { type: string; record: InputRecord };

const isSetup = (rooms: Rooms, type: string): boolean => rooms.org.catalog.object(type)?.setup ?? false;

/** Runs of neighbours of the same object; each is one chunk on the platform. */
export const typeChunks = (items: TypedRecord[]): Array<{ type: string; records: InputRecord[] }> => {
  const chunks: Array<{ type: string; records: InputRecord[] }> = [];
  for (const { type, record } of items) {
    const last = chunks.at(-1);
    if (last?.type.toLowerCase() === type.toLowerCase()) last.records.push(record);
    else chunks.push({ type, records: [record] });
  }
  return chunks;
};

const mixedDml = (items: TypedRecord[]): SaveResult[] =>
  items.map(({ type, record }) => ({
    ...locked(record),
    errors: [
      {
        statusCode: 'MIXED_DML_OPERATION',
        message: `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${type}`,
        fields: [],
      },
    ],
  }));

/**
 * Saves records of several objects, chunk by chunk, results in the order given. With `allOrNone` one failure undoes
 * all. Setup objects cannot be mixed with others (platform-facts C6).
 */
export const saveMany = (
  rooms: Rooms,
  occasion: Occasion,
  operation: SaveOperation,
  items: TypedRecord[],
  options: SaveOptions
): SaveResult[] => {
  const chunks = typeChunks(items);
  if (chunks.length > 1 && new Set(chunks.map((chunk) => isSetup(rooms, chunk.type))).size > 1) return mixedDml(items);
  const saveAll = (): SaveResult[] =>
    chunks.flatMap(({ type, records }) => saveRecords(rooms, occasion, operation, type, records, options));
  if (!options.allOrNone) return saveAll();
  return allOrNone(
    (work) => commit(rooms, occasion, work),
    saveAll,
    (_, index) => undone(items[index]!.record)
  );
};

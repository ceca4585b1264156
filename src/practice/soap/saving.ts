/** Operations that change records. */
import type { SaveOperation, SaveResult } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { saveMany, type TypedRecord } from '../http/save.js';
import { isId, to18 } from '../store/ids.js';
import { saveOptions, type SoapCall } from './call.js';
import { all, text, textOf } from './envelope.js';
import { sObjects } from './records.js';

const MAX_RECORDS = 200;

const saveResult = (result: SaveResult): object => ({
  errors: result.errors.map(({ statusCode, message, fields }) => ({ fields, message, statusCode })),
  id: result.success ? result.id : null,
  success: result.success,
});

const upsertResult = (result: SaveResult): object => ({ created: result.created, ...saveResult(result) });

const checkCount = (count: number): void => {
  if (count <= MAX_RECORDS) return;
  const message = `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`;
  throw new PlatformError('EXCEEDED_ID_LIMIT', message, 500);
};

const records = (call: SoapCall): TypedRecord[] => {
  const items = sObjects(call.args, call.rooms.org.catalog);
  checkCount(items.length);
  return items;
};

/** Records by id; ids of no known object refuse the whole call. */
const byIds = (call: SoapCall): TypedRecord[] => {
  const ids = all(call.args, 'ids').map((id) => textOf(id)?.trim() ?? '');
  checkCount(ids.length);
  return ids.map((id) => {
    const def = isId(id) ? call.rooms.org.catalog.byPrefix(id.slice(0, 3)) : undefined;
    if (!def) throw new PlatformError('MALFORMED_ID', `malformed id ${id}`, 500);
    return { type: def.name, record: { Id: to18(id) } };
  });
};

const run = (call: SoapCall, operation: SaveOperation, items: TypedRecord[], key?: string): SaveResult[] =>
  saveMany(call.rooms, call.occasion, operation, items, saveOptions(call, { externalIdField: key }));

export const create = (call: SoapCall): object[] => run(call, 'create', records(call)).map(saveResult);

export const update = (call: SoapCall): object[] => run(call, 'update', records(call)).map(saveResult);

export const upsert = (call: SoapCall): object[] => {
  const key = text(call.args, 'externalIDFieldName')?.trim() || 'Id';
  return run(call, 'upsert', records(call), key).map(upsertResult);
};

export const remove = (call: SoapCall): object[] => run(call, 'delete', byIds(call)).map(saveResult);

export const undelete = (call: SoapCall): object[] => run(call, 'undelete', byIds(call)).map(saveResult);

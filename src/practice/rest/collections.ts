/** sObject Collections: up to 200 records in one call (platform-facts H). */
import type { InputRecord, SaveOperation, SaveResult } from '../contracts.js';
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { saveMany, typeChunks, idOf, type TypedRecord } from '../http/save.js';
import { PlatformError } from '../errors.js';
import { isId, to18 } from '../store/ids.js';
import { objectOf, queryOptions } from './objects.js';
import { stripAttributes } from './records.js';
import type { Router } from './router.js';

const MAX_RECORDS = 200;
/** Runs of records of the same object in one call. */
const MAX_CHUNKS = 10;
/** Records of one retrieve by POST. */
const MAX_READ = 2000;

const tooMany = (limit: number): PlatformError =>
  new PlatformError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${limit} records into this call`
  );

const invalidBatch = (message: string): PlatformError => new PlatformError('INVALID_BATCH_REQUEST', message);

const recordsOf = (call: Call): InputRecord[] => {
  const { records } = call.json();
  if (!Array.isArray(records)) throw new PlatformError('REQUIRED_FIELD_MISSING', 'Required field missing: records');
  if (records.length > MAX_RECORDS) throw tooMany(MAX_RECORDS);
  return records as InputRecord[];
};

const typeOf = (record: InputRecord): string => {
  const type = (record.attributes as { type?: unknown } | undefined)?.type;
  if (typeof type !== 'string') throw invalidBatch('Include the type attribute of every record: attributes.type');
  return type;
};

const checkChunks = (items: TypedRecord[]): void => {
  if (typeChunks(items).length > MAX_CHUNKS) {
    throw invalidBatch(`Your request contains more than ${MAX_CHUNKS} chunks of records of different types`);
  }
};

/** Objects are checked before anything is saved: an unknown one refuses the whole call. */
const typedRecords = (call: Call, records: InputRecord[], fixedType?: string): TypedRecord[] => {
  const items = records.map((record) => ({ type: fixedType ?? typeOf(record), record: stripAttributes(record) }));
  for (const type of new Set(items.map((item) => item.type))) call.org.catalog.require(type);
  checkChunks(items);
  return items;
};

/** One element of the answer. */
export const collectionResult = (result: SaveResult, record: InputRecord, withCreated = false): object => {
  const id = result.id ?? idOf(record);
  return {
    ...(id === null ? {} : { id: isId(id) ? to18(id) : id }),
    success: result.success,
    errors: result.errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
    ...(withCreated && result.success ? { created: result.created } : {}),
  };
};

const save = (call: Call, operation: SaveOperation, items: TypedRecord[], allOrNone: unknown, key?: string): Reply => {
  const options = call.saveOptions({ allOrNone: allOrNone === true, externalIdField: key });
  const results = saveMany(call.rooms, call.occasion, operation, items, options);
  return ok(results.map((result, i) => collectionResult(result, items[i]!.record, operation === 'upsert')));
};

const saveRequest =
  (operation: 'create' | 'update') =>
  (call: Call): Reply =>
    save(call, operation, typedRecords(call, recordsOf(call)), call.json().allOrNone);

const upsert = (call: Call): Reply => {
  const def = objectOf(call);
  const field = def.fields.get(call.param('field').toLowerCase());
  if (!field || !(field.externalId || field.idLookup || field.type === 'id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${call.param('field')}`);
  }
  const items = typedRecords(call, recordsOf(call), def.name);
  return save(call, 'upsert', items, call.json().allOrNone, field.name);
};

const remove = (call: Call): Reply => {
  const ids = (call.query.get('ids') ?? '').split(',').filter(Boolean);
  if (ids.length === 0) throw new PlatformError('REQUIRED_FIELD_MISSING', 'Required field missing: ids');
  if (ids.length > MAX_RECORDS) throw tooMany(MAX_RECORDS);
  const items = ids.map((id) => {
    const def = isId(id) ? call.org.catalog.byPrefix(id.slice(0, 3)) : undefined;
    if (!def) throw new PlatformError('MALFORMED_ID', `malformed id ${id}`);
    return { type: def.name, record: { Id: to18(id) } };
  });
  checkChunks(items);
  return save(call, 'delete', items, call.query.get('allOrNone') === 'true');
};

/** Records in the order of the ids; null where there is none that the caller may see. */
const read = (call: Call): Reply => {
  const def = objectOf(call);
  const fromQuery = (name: string): string[] | undefined => call.query.get(name)?.split(',').filter(Boolean);
  const body = call.method === 'POST' ? call.json() : {};
  const ids = (body.ids as string[] | undefined) ?? fromQuery('ids');
  const fields = (body.fields as string[] | undefined) ?? fromQuery('fields');
  if (!Array.isArray(ids) || !Array.isArray(fields)) {
    throw new PlatformError('REQUIRED_FIELD_MISSING', 'Required fields missing: ids, fields');
  }
  if (ids.length > MAX_READ) throw tooMany(MAX_READ);
  const options = queryOptions(call);
  return ok(ids.map((id) => (isId(id) ? (call.org.queries.record(def, to18(id), fields, options) ?? null) : null)));
};

/** Registers the collection resources. */
export const collectionRoutes = (router: Router): Router =>
  router
    .add('composite/sobjects', { POST: saveRequest('create'), PATCH: saveRequest('update'), DELETE: remove })
    .add('composite/sobjects/:type', { GET: read, POST: read })
    .add('composite/sobjects/:type/:field', { PATCH: upsert });

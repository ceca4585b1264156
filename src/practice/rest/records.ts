/** One record at a time: `sobjects/{Type}`, `/{id}` and `/{ExtField}/{value}`. */
import type { ObjectDef } from '../catalog/types.js';
import type { InputRecord, SaveOperation, SaveOptions, SaveResult } from '../contracts.js';
import { noContent, notFound, ok, type Call, type Reply } from '../http/call.js';
import { saveErrorReply } from '../http/errors.js';
import { saveRecords } from '../http/save.js';
import { PlatformError } from '../errors.js';
import { idsByKey, objectOf, queryOptions, recordId } from './objects.js';
import type { Router } from './router.js';

/** From this version an upsert that updates answers 200 with a body, before it 204. */
const UPSERT_BODY = 46;

/** The client's record without what only describes it. */
export const stripAttributes = ({ attributes: _, ...record }: InputRecord): InputRecord => record;

const fieldList = (call: Call): string[] | undefined => {
  const fields = call.query.get('fields');
  return fields ? fields.split(',').map((name) => name.trim()) : undefined;
};

const saveOne = (
  call: Call,
  operation: SaveOperation,
  def: ObjectDef,
  record: InputRecord,
  more: Partial<SaveOptions> = {}
): SaveResult => saveRecords(call.rooms, call.occasion, operation, def.name, [record], call.saveOptions(more))[0]!;

const created = (call: Call, def: ObjectDef, id: string, body: object): Reply => ({
  status: 201,
  body,
  headers: { location: `${call.base}/sobjects/${def.name}/${id}` },
});

const create = (call: Call): Reply => {
  const def = objectOf(call);
  const result = saveOne(call, 'create', def, stripAttributes(call.json()));
  if (!result.success) return saveErrorReply(result.errors);
  return created(call, def, result.id!, { id: result.id, success: true, errors: [] });
};

const read = (call: Call, def: ObjectDef, id: string): Reply => {
  const record = call.org.queries.record(def, id, fieldList(call), queryOptions(call));
  if (!record) throw notFound();
  return ok(record);
};

/** An update or delete of a record that does not exist answers 404 instead of the saver's row error. */
const changed = (result: SaveResult): Reply => {
  if (result.success) return noContent;
  const missing =
    result.errors[0]?.statusCode === 'INVALID_CROSS_REFERENCE_KEY' && result.errors[0].fields.length === 0;
  if (missing) throw notFound();
  return saveErrorReply(result.errors);
};

const exists = (call: Call, def: ObjectDef, id: string): void => {
  if (call.org.store.find(def, id, true) === undefined) throw notFound();
};

const update = (call: Call, def: ObjectDef, id: string): Reply => {
  exists(call, def, id);
  const body = stripAttributes(call.json());
  if (Object.keys(body).some((name) => name.toLowerCase() === 'id')) {
    throw new PlatformError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', 400, ['Id']);
  }
  return changed(saveOne(call, 'update', def, { ...body, Id: id }));
};

const remove = (call: Call, def: ObjectDef, id: string): Reply => {
  exists(call, def, id);
  return changed(saveOne(call, 'delete', def, { Id: id }));
};

const byId =
  (work: (call: Call, def: ObjectDef, id: string) => Reply) =>
  (call: Call): Reply => {
    const def = objectOf(call);
    return work(call, def, recordId(def, call.param('id')));
  };

/** The one record with the key of the path; several answer 300 with their addresses. */
const byKey =
  (work: (call: Call, def: ObjectDef, id: string) => Reply) =>
  (call: Call): Reply => {
    const def = objectOf(call);
    const ids = idsByKey(call, def, call.param('field'), call.param('value'));
    if (ids.length > 1) return { status: 300, body: ids.map((id) => `${call.base}/sobjects/${def.name}/${id}`) };
    if (ids[0] === undefined) throw notFound();
    return work(call, def, ids[0]);
  };

const upsert = (call: Call): Reply => {
  const def = objectOf(call);
  const field = def.fields.get(call.param('field').toLowerCase());
  const known = idsByKey(call, def, call.param('field'), call.param('value'));
  if (known.length > 1) return { status: 300, body: known.map((id) => `${call.base}/sobjects/${def.name}/${id}`) };
  if (known.length === 0 && call.query.get('updateOnly') === 'true') throw notFound();
  const body = stripAttributes(call.json());
  if (Object.keys(body).some((name) => name.toLowerCase() === field!.name.toLowerCase())) {
    const message = `The ${field!.name} field should not be specified in the sobject data.`;
    throw new PlatformError('INVALID_FIELD', message, 400, [field!.name]);
  }
  const record = { ...body, [field!.name]: call.param('value') };
  const result = saveOne(call, 'upsert', def, record, { externalIdField: field!.name });
  if (!result.success) return saveErrorReply(result.errors);
  const answer = { id: result.id, success: true, errors: [], created: result.created };
  if (result.created) return created(call, def, result.id!, answer);
  return Number(call.version) >= UPSERT_BODY ? ok(answer) : noContent;
};

/** Registers the record resources. */
export const recordRoutes = (router: Router): Router =>
  router
    .add('sobjects/:type/:id', { GET: byId(read), PATCH: byId(update), DELETE: byId(remove) })
    .add('sobjects/:type/:field/:value', { GET: byKey(read), PATCH: upsert, DELETE: byKey(remove) });

export { create };

/** `ui-api/records`: one record or some, read and written as the user. */
import type { ObjectDef } from '../catalog/types.js';
import type { InputRecord, SaveOptions } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { noContent, notFound, ok, type Call, type Reply } from '../http/call.js';
import { saveRecords } from '../http/save.js';
import { queryOptions } from '../rest/objects.js';
import { quote } from '../soql/literals.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import { batchOf } from './bodies.js';
import { noRecordAccess, recordError } from './errors.js';
import { isShown, nameFields, shownObject } from './objects.js';
import { columnsOf, treeOf, type Tree } from './paths.js';
import { bodiesFor } from './record.js';
import { plainValue } from './values.js';

type Asked = { fields: string[]; optional: string[] };

/** Names of a parameter that is a list. */
export const listOf = (call: Call, name: string): string[] =>
  (call.query.get(name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** The object of a record id. @throws PlatformError NOT_FOUND */
export const objectOfId = (call: Call, id: string): ObjectDef => {
  const def = isId(id) ? call.org.catalog.byPrefix(prefixOf(id)) : undefined;
  if (!def || !isShown(def, call.session)) throw notFound();
  return call.session.view(def);
};

/**
 * Without layouts in the org, the full one has every field that the user sees and the compact one the name. [M]
 * @throws PlatformError MISSING_ARGUMENT, INVALID_FIELD
 */
const layoutFields = (call: Call, def: ObjectDef): string[] => {
  const types = listOf(call, 'layoutTypes');
  const strange = types.find((type) => !['Full', 'Compact'].includes(type));
  if (strange !== undefined) throw new PlatformError('INVALID_FIELD', `Unknown layout type: ${strange}`);
  const names = types.includes('Full') ? [...def.fields.values()].map(({ name }) => name) : nameFields(def);
  return types.length === 0 ? [] : names.map((name) => `${def.name}.${name}`);
};

const askedOf = (call: Call, def: ObjectDef): Asked => {
  const fields = [...listOf(call, 'fields'), ...layoutFields(call, def)];
  const optional = listOf(call, 'optionalFields');
  if (fields.length + optional.length === 0) {
    throw new PlatformError('MISSING_ARGUMENT', 'At least one of fields, optionalFields and layoutTypes is required');
  }
  return { fields, optional };
};

/** @throws PlatformError NOT_FOUND where there is no record, INSUFFICIENT_ACCESS where there is one, but not for the user */
const read = (call: Call, tree: Tree, id: string): object => {
  const { def } = tree;
  const text = `SELECT ${columnsOf(tree).join(', ')} FROM ${def.name} WHERE Id = ${quote(id)}`;
  const [record] = call.org.queries.whole(text, queryOptions(call)).records;
  if (record) return bodiesFor(call.org, call.session, tree)(record);
  const stored = call.org.store.find(call.org.catalog.require(def.name), to18(id));
  if (stored && stored.IsDeleted !== true) throw noRecordAccess();
  throw notFound();
};

const one = (call: Call, id: string): object => {
  const def = objectOfId(call, id);
  return read(call, treeOf(call.org, call.session, def, askedOf(call, def)), id);
};

const get = (call: Call): Reply => ok(one(call, call.param('id')));

const batch = (call: Call): Reply => batchOf(call.param('ids'), (id) => one(call, id));

const flag = (call: Call, name: string): boolean => call.query.get(name) === 'true';

/** Mails and the assignment rule go by parameters of the request; without them neither happens. */
const options = (call: Call): SaveOptions =>
  call.saveOptions({
    assignment: flag(call, 'useDefaultRule') ? 'active' : 'none',
    email: { triggerUserEmail: flag(call, 'triggerUserEmail'), triggerOtherEmail: flag(call, 'triggerOtherEmail') },
  });

const fieldsOfBody = (call: Call): InputRecord => {
  const { fields } = call.json();
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new PlatformError('MISSING_ARGUMENT', 'The body must have fields');
  }
  return fields as InputRecord;
};

/** The record with what was written and its name, as the answer to a save shows it. */
const written = (call: Call, def: ObjectDef, id: string, sent: InputRecord): object => {
  const names = [...Object.keys(sent), ...nameFields(def)].map((name) => `${def.name}.${name}`);
  return read(call, treeOf(call.org, call.session, def, { fields: [], optional: names }), id);
};

/**
 * A client may ask that the record is as it was at a time (guide, Update a Record, If-Unmodified-Since).
 * @throws PlatformError with 412, the code and words of which are not known [M], or INVALID_PARAMETER
 */
const requireUnchanged = (call: Call, def: ObjectDef, id: string): void => {
  const since = call.headers['if-unmodified-since'];
  if (since === undefined) return;
  const time = Date.parse(since);
  if (Number.isNaN(time)) throw new PlatformError('INVALID_PARAMETER', `Bad If-Unmodified-Since: ${since}`);
  const stored = call.org.store.find(call.org.catalog.require(def.name), to18(id));
  const modified = plainValue('datetime', stored?.LastModifiedDate ?? null);
  if (typeof modified === 'string' && Date.parse(modified) > time) {
    throw new PlatformError('CONFLICT', 'The record was changed in the meantime.', 412);
  }
};

const update = (call: Call): Reply => {
  const id = call.param('id');
  const def = objectOfId(call, id);
  requireUnchanged(call, def, id);
  const { Id: _, ...fields } = fieldsOfBody(call);
  const record = { ...fields, Id: id };
  const [result] = saveRecords(call.rooms, call.occasion, 'update', def.name, [record], options(call));
  return result!.success ? ok(written(call, def, id, fields)) : recordError(def, 'update', result!.errors);
};

const create = (call: Call): Reply => {
  const { apiName } = call.json();
  if (typeof apiName !== 'string') throw new PlatformError('MISSING_ARGUMENT', 'The body must have an apiName');
  const def = shownObject(call.org, call.session, apiName);
  const fields = fieldsOfBody(call);
  const [result] = saveRecords(call.rooms, call.occasion, 'create', def.name, [fields], options(call));
  if (!result!.success) return recordError(def, 'create', result!.errors);
  return { status: 201, body: written(call, def, result!.id!, fields) };
};

const remove = (call: Call): Reply => {
  const id = call.param('id');
  const def = objectOfId(call, id);
  const [result] = saveRecords(call.rooms, call.occasion, 'delete', def.name, [{ Id: id }], options(call));
  return result!.success ? noContent : recordError(def, 'delete', result!.errors);
};

export const recordHandlers = { one: { GET: get, PATCH: update, DELETE: remove }, all: { POST: create }, batch };

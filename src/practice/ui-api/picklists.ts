/** `ui-api/object-info/{object}/picklist-values/{record type}`: the values of picklists. */
import type { FieldDef, ObjectDef, PicklistValue } from '../catalog/types.js';
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { to18, isId } from '../store/ids.js';
import { tagged } from './bodies.js';
import { noFieldAccess } from './errors.js';
import { MASTER, shownObject } from './objects.js';

type Json = Record<string, unknown>;

const isPicklist = ({ type }: FieldDef): boolean => type === 'picklist' || type === 'multipicklist';

const valueBody = ({ value, label }: PicklistValue): Json => ({ attributes: null, label, validFor: [], value });

/** The active values of a field in their order. */
export const picklistBody = (base: string, def: ObjectDef, field: FieldDef): Json => {
  const values = field.picklist.filter(({ active }) => active);
  const chosen = values.find((value) => value.default);
  return tagged({
    controllerValues: {},
    defaultValue: chosen ? valueBody(chosen) : null,
    url: `${base}/ui-api/object-info/${def.name}/picklist-values/${MASTER}/${field.name}`,
    values: values.map(valueBody),
  });
};

/** There is the master record type alone. @throws PlatformError NOT_FOUND */
const objectOf = (call: Call): ObjectDef => {
  const type = call.param('recordType');
  if (!isId(type) || to18(type) !== MASTER) throw notFound(`The record type ${String(type)} does not exist`);
  return shownObject(call.org, call.session, call.param('object'));
};

const one = (call: Call): Reply => {
  const def = objectOf(call);
  const name = call.param('field').toLowerCase();
  const field = def.fields.get(name);
  if (!field && call.org.catalog.require(def.name).fields.has(name)) throw noFieldAccess(def, call.param('field'));
  if (!field || !isPicklist(field)) throw notFound(`${def.name} has no picklist ${call.param('field')}`);
  return ok(picklistBody(call.base, def, field));
};

const all = (call: Call): Reply => {
  const def = objectOf(call);
  const fields = [...def.fields.values()].filter(isPicklist);
  const entries = fields.map((field) => [field.name, picklistBody(call.base, def, field)]);
  return ok({ picklistFieldValues: Object.fromEntries(entries) as Json });
};

export const picklistHandlers = { one, all };

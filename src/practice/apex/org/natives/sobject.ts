/** SObject of Apex: what every record can be asked for by name. */
import { byLowerName, native, type Call } from '../../library/args.js';
import type { ApexList } from '../../runtime/collections.js';
import { ApexMap } from '../../runtime/collections.js';
import { ApexUnsupported } from '../../runtime/failures.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import { isDmlOptions, keepOptions } from './dml-options.js';
import { errorsOf } from './record-errors.js';
import { typeToken, type FieldToken } from './schema.js';

const own = (call: Call): ApexSObject => call.self as ApexSObject;

/** The field that an argument names, by its text or its token. */
function fieldIn(call: Call): { name: string; type: string } {
  const value = call.given(0);
  const text = typeof value === 'string' ? value : ((value as ApexNative<FieldToken>).data?.field ?? '');
  const field = own(call).shape.field(text.toLowerCase());
  return field ?? call.fail('System.SObjectException', `Invalid field ${text} for ${own(call).shape.name}`);
}

function get(call: Call): Value {
  const { name } = fieldIn(call);
  const record = own(call);
  if (record.queried && !record.fields.has(name))
    call.fail(
      'System.SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${record.shape.name}.${name}`
    );
  return record.get(name);
}

function put(call: Call): Value {
  own(call).requireWritable();
  const { name, type } = fieldIn(call);
  const before = own(call).get(name);
  own(call).fields.set(name, call.ctx.type(type).coerce(call.value(1)));
  return before;
}

function relation<T>(call: Call, kind: 'parents' | 'children', what: (name: string) => T | undefined): T | null {
  const wanted = call.text(0).toLowerCase();
  const name = [...own(call)[kind].keys()].find((known) => known.toLowerCase() === wanted);
  if (name !== undefined) return what(name) ?? null;
  const { shape } = own(call);
  if ((kind === 'parents' ? shape.parent(wanted) : shape.child(wanted)) === undefined)
    call.fail('System.SObjectException', `Invalid relationship ${call.text(0)} for ${shape.name}`);
  return null;
}

/** Which fields have a value, in the order they were set. */
function populated(call: Call): ApexMap {
  const map = new ApexMap(call.ctx.type('String'), call.ctx.type('Object'));
  for (const [name, value] of own(call).fields) map.put(name, value);
  for (const [name, value] of own(call).parents) map.put(name, value);
  return map;
}

const TIMES = new Set(['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp']);

function clone(call: Call): ApexSObject {
  const [keepsId, , keepsTimes] = [0, 1, 2].map((at) => call.count > at && call.boolean(at));
  const copy = new ApexSObject(own(call).shape);
  for (const [name, value] of own(call).fields) {
    if (name === 'Id' ? keepsId : !TIMES.has(name) || keepsTimes) copy.fields.set(name, value);
  }
  for (const [name, parent] of own(call).parents) copy.parents.set(name, parent);
  return copy;
}

function addError(call: Call): null {
  const value = call.value(call.count === 2 && !(call.value(1) instanceof ApexNative) ? 1 : 0);
  const named = call.count === 2 && typeof call.value(1) === 'string' ? fieldIn(call).name : undefined;
  const text = typeof value === 'string' ? value : call.ctx.text(call.ctx.call(value, 'getMessage', []));
  errorsOf(own(call)).push({ message: text, fields: named === undefined ? [] : [named] });
  return null;
}

export const SOBJECT: NativeType = {
  name: 'SObject',
  methods: byLowerName({
    get: native(1, get, 'Object'),
    put: native(2, put, 'Object'),
    isSet: native(1, (call) => own(call).fields.has(fieldIn(call).name), 'Boolean'),
    getSObject: native(1, (call) => relation(call, 'parents', (name) => own(call).parents.get(name)), 'SObject'),
    getSObjects: native(
      1,
      (call): ApexList | null => {
        const children = relation(call, 'children', (name) => own(call).children.get(name));
        // A subquery that found nothing: an empty list by name, null here.
        return children?.items.length === 0 ? null : children;
      },
      'List<SObject>'
    ),
    getSObjectType: native(0, (call) => typeToken(own(call).shape.name), 'SObjectType'),
    getPopulatedFieldsAsMap: native(0, populated, 'Map<String, Object>'),
    clone: native([0, 1, 2, 3, 4], clone, 'SObject'),
    addError: native([1, 2], addError),
    hasErrors: native(0, (call) => errorsOf(own(call)).length > 0, 'Boolean'),
    setOptions: native(1, (call) => {
      const options = call.given(0);
      if (!isDmlOptions(options)) throw new ApexUnsupported('setOptions takes Database.DMLOptions');
      keepOptions(own(call), options);
      return null;
    }),
  }),
};

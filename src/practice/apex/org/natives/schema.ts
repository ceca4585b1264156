/** Schema of Apex, as far as it tells which objects and fields there are and what the user may do with them. */
import type { FieldDef, ObjectDef, PicklistValue } from '../../../catalog/types.js';
import { prefixOf } from '../../../store/ids.js';
import { isCompound } from '../../../store/tables.js';
import { byLowerName, native, type Call } from '../../library/args.js';
import { ApexList, ApexMap } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Native, NativeType } from '../../runtime/native.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import { shapeOf } from '../shapes.js';
import type { Answers, Transaction } from '../transaction.js';
import { asking } from './requests.js';

export type FieldToken = { object: string; field: string };

const TYPE = 'SObjectType';
const FIELD = 'SObjectField';
const TYPE_DESCRIBE = 'DescribeSObjectResult';
const FIELD_DESCRIBE = 'DescribeFieldResult';
const FIELDS = 'SObjectTypeFields';
const ENTRY = 'PicklistEntry';

const types = new Map<string, ApexNative<string>>();
const fields = new Map<string, ApexNative<FieldToken>>();

/** The token of an object; one for each name, so that identity tells. */
export function typeToken(name: string): ApexNative<string> {
  let token = types.get(name);
  if (!token) types.set(name, (token = new ApexNative(TYPE, name)));
  return token;
}

export function fieldToken(object: string, field: string): ApexNative<FieldToken> {
  const key = `${object}.${field}`;
  let token = fields.get(key);
  if (!token) fields.set(key, (token = new ApexNative(FIELD, { object, field })));
  return token;
}

const typeOf = (call: Call): string => (call.self as ApexNative<string>).data;
const fieldOf = (call: Call): FieldToken => (call.self as ApexNative<FieldToken>).data;

const entryOf = (call: Call): PicklistValue => (call.self as ApexNative<PicklistValue>).data;

const about = (name: string, method: string, returns: string): [string, Native] => [
  method,
  asking(0, name, (call) => ({ of: (call.self as ApexNative).data, method }), returns),
];

export const SCHEMA: readonly NativeType[] = [
  {
    name: 'Schema',
    statics: byLowerName({ getGlobalDescribe: asking(0, 'schema.global', () => null, 'Map<String, SObjectType>') }),
  },
  {
    name: TYPE,
    methods: byLowerName({
      getDescribe: native([0, 1], (call) => new ApexNative(TYPE_DESCRIBE, typeOf(call)), TYPE_DESCRIBE),
      newSObject: asking([0, 1], 'schema.new', (call) => ({ of: typeOf(call), id: call.value(0) }), 'SObject'),
    }),
  },
  {
    name: TYPE_DESCRIBE,
    methods: byLowerName({
      getName: native(0, typeOf, 'String'),
      getSObjectType: native(0, (call) => typeToken(typeOf(call)), TYPE),
      ...Object.fromEntries([
        about('schema.object', 'getLabel', 'String'),
        about('schema.object', 'getLabelPlural', 'String'),
        about('schema.object', 'getKeyPrefix', 'String'),
        about('schema.object', 'isCustom', 'Boolean'),
        about('schema.object', 'isAccessible', 'Boolean'),
        about('schema.object', 'isQueryable', 'Boolean'),
        about('schema.object', 'isCreateable', 'Boolean'),
        about('schema.object', 'isUpdateable', 'Boolean'),
        about('schema.object', 'isDeletable', 'Boolean'),
      ]),
    }),
    properties: byLowerName({
      fields: { get: (_ctx: Ctx, self: Value) => new ApexNative(FIELDS, (self as ApexNative).data), returns: FIELDS },
    }),
  },
  {
    name: FIELDS,
    methods: byLowerName({
      getMap: asking(0, 'schema.fields', (call) => (call.self as ApexNative).data, 'Map<String, SObjectField>'),
    }),
  },
  {
    name: FIELD,
    methods: byLowerName({
      getDescribe: native([0, 1], (call) => new ApexNative(FIELD_DESCRIBE, fieldOf(call)), FIELD_DESCRIBE),
      toString: native(0, (call) => fieldOf(call).field, 'String'),
    }),
  },
  {
    name: FIELD_DESCRIBE,
    methods: byLowerName({
      getName: native(0, (call) => fieldOf(call).field, 'String'),
      getSObjectField: native(0, (call) => fieldToken(fieldOf(call).object, fieldOf(call).field), FIELD),
      ...Object.fromEntries([
        about('schema.field', 'getLabel', 'String'),
        about('schema.field', 'getPicklistValues', `List<${ENTRY}>`),
        about('schema.field', 'getLength', 'Integer'),
        about('schema.field', 'isCustom', 'Boolean'),
        about('schema.field', 'isNillable', 'Boolean'),
        about('schema.field', 'isCalculated', 'Boolean'),
        about('schema.field', 'isAccessible', 'Boolean'),
        about('schema.field', 'isCreateable', 'Boolean'),
        about('schema.field', 'isUpdateable', 'Boolean'),
      ]),
    }),
  },
  {
    name: ENTRY,
    methods: byLowerName({
      getValue: native(0, (call) => entryOf(call).value, 'String'),
      getLabel: native(0, (call) => entryOf(call).label, 'String'),
      isActive: native(0, (call) => entryOf(call).active, 'Boolean'),
      isDefaultValue: native(0, (call) => entryOf(call).default, 'Boolean'),
    }),
  },
  { name: 'Id', methods: byLowerName({ getSObjectType: asking(0, 'schema.id', (call) => call.self, TYPE) }) },
];

const objectAnswers = ({ session }: Transaction, def: ObjectDef): Record<string, Value> => ({
  getLabel: def.label,
  getLabelPlural: def.labelPlural,
  getKeyPrefix: def.keyPrefix,
  isCustom: def.custom,
  isAccessible: session.can('read', def),
  isQueryable: def.queryable && session.can('read', def),
  isCreateable: def.createable && session.can('create', def),
  isUpdateable: def.updateable && session.can('edit', def),
  isDeletable: def.deletable && session.can('delete', def),
});

/** What the user may do with a field, by his permissions on the object and on the field. */
const fieldAnswers = ({ session }: Transaction, def: ObjectDef, field: FieldDef): Record<string, Value> => {
  const seen = session.view(def).fields.get(field.name.toLowerCase());
  return {
    getLabel: field.label,
    getLength: field.length,
    isCustom: field.custom,
    isNillable: field.nillable,
    isCalculated: field.calculated,
    isAccessible: seen !== undefined && session.can('read', def),
    isCreateable: seen?.createable === true && session.can('create', def),
    isUpdateable: seen?.updateable === true && session.can('edit', def),
  };
};

const entriesOf = ({ picklist }: FieldDef, ctx: Ctx): ApexList =>
  new ApexList(
    ctx.type(ENTRY),
    picklist.filter(({ active }) => active).map((value) => new ApexNative(ENTRY, value))
  );

const answerOf = (answers: Record<string, Value>, method: string): Value => {
  const value = answers[method];
  if (value === undefined) throw new ApexUnsupported(`${method} is not there`);
  return value;
};

/** Objects that Apex of this org can name. */
const visible = function* ({ org }: Transaction): Generator<ObjectDef> {
  for (const def of org.catalog.objects()) if (!def.tooling) yield def;
};

/** Names of objects and fields are found in any case. */
class DescribeMap extends ApexMap {
  public override get(key: Value): Value | undefined {
    return super.get(lower(key));
  }

  public override has(key: Value): boolean {
    return super.has(lower(key));
  }
}

const lower = (key: Value): Value => (typeof key === 'string' ? key.toLowerCase() : key);

export const SCHEMA_ANSWERS: Answers = {
  'schema.global': (transaction, _payload, ctx) => {
    const map = new DescribeMap(ctx.type('String'), ctx.type(TYPE));
    for (const { name } of visible(transaction)) map.put(name.toLowerCase(), typeToken(name));
    return map;
  },
  'schema.new': ({ org }, payload) => {
    const { of, id } = payload as { of: string; id: Value };
    const made = new ApexSObject(shapeOf(org.catalog, org.catalog.require(of)));
    if (id !== null) made.fields.set('Id', id);
    return made;
  },
  'schema.object': (transaction, payload) => {
    const { of, method } = payload as { of: string; method: string };
    return answerOf(objectAnswers(transaction, transaction.org.catalog.require(of)), method);
  },
  'schema.fields': ({ org }, payload, ctx) => {
    const def = org.catalog.require(String(payload));
    const map = new DescribeMap(ctx.type('String'), ctx.type(FIELD));
    for (const field of def.fields.values())
      if (!isCompound(field)) map.put(field.name.toLowerCase(), fieldToken(def.name, field.name));
    return map;
  },
  'schema.field': (transaction, payload, ctx) => {
    const { of, method } = payload as { of: FieldToken; method: string };
    const def = transaction.org.catalog.require(of.object);
    const field = def.fields.get(of.field.toLowerCase())!;
    if (method === 'getPicklistValues') return entriesOf(field, ctx);
    return answerOf(fieldAnswers(transaction, def, field), method);
  },
  'schema.id': ({ org }, payload) => {
    const def = typeof payload === 'string' ? org.catalog.byPrefix(prefixOf(payload)) : undefined;
    return def ? typeToken(def.name) : null;
  },
};

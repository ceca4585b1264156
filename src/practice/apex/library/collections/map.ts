/** Map of Apex. */
import { ApexList, ApexMap, ApexSet } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import type { ApexType } from '../../runtime/type.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, Call, native } from '../args.js';
import { clonedRecord, sameMaps } from './elements.js';
import { hashOf } from './hash.js';

const own = (call: Call): ApexMap => call.self as ApexMap;

/** Puts records under their ids. */
const putRecords = (call: Call, map: ApexMap, list: ApexList): void => {
  list.items.forEach((item, at) => {
    const id = item instanceof ApexSObject ? item.get('Id') : call.wrong(item, 'SObject');
    if (id === null) call.fail('System.ListException', `Row with null Id at index: ${at}`);
    map.put(id, item);
  });
};

const putAll = (call: Call, map: ApexMap): void => {
  const value = call.given(0);
  if (value instanceof ApexList) return putRecords(call, map, value);
  if (!(value instanceof ApexMap)) return call.wrong(value, 'Map or List of SObject');
  for (const [key, item] of value.entries()) map.put(key, item);
};

const construct = (ctx: Ctx, typeArgs: readonly ApexType[], args: Value[]): Value => {
  const map = new ApexMap(typeArgs[0] ?? ctx.type('Object'), typeArgs[1] ?? ctx.type('Object'));
  if (args.length > 0) putAll(new Call(ctx, null, args, typeArgs), map);
  return map;
};

const copy = (map: ApexMap, change: (value: Value) => Value): ApexMap => {
  const made = new ApexMap(map.keyType, map.valueType);
  for (const [key, value] of map.entries()) made.put(key, change(value));
  return made;
};

const keySet = (map: ApexMap): ApexSet => {
  const set = new ApexSet(map.keyType);
  for (const key of map.keys()) set.add(key);
  return set;
};

/** Map of Apex. */
export const MAP: NativeType = {
  name: 'Map',
  constructs: construct,
  methods: byLowerName({
    get: native(1, (call) => own(call).get(call.value(0)) ?? null),
    put: native(2, (call) => own(call).put(call.value(0), call.value(1))),
    putAll: native(1, (call) => {
      putAll(call, own(call));
      return null;
    }),
    remove: native(1, (call) => own(call).remove(call.value(0))),
    clear: native(0, (call) => {
      own(call).clear();
      return null;
    }),
    containsKey: native(1, (call) => own(call).has(call.value(0))),
    keySet: native(0, (call) => keySet(own(call))),
    values: native(0, (call) => new ApexList(own(call).valueType, own(call).values())),
    size: native(0, (call) => own(call).size, 'Integer'),
    isEmpty: native(0, (call) => own(call).size === 0),
    clone: native(0, (call) => copy(own(call), (value) => value)),
    deepClone: native([0, 1, 2, 3], (call) => copy(own(call), (value) => clonedRecord(call, value))),
    equals: native(1, (call) => sameMaps(own(call), call.value(0))),
    hashCode: native(0, (call) => hashOf(call.ctx, call.self), 'Integer'),
    toString: native(0, (call) => call.ctx.text(call.self), 'String'),
  }),
};

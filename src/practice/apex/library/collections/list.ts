/** List of Apex. */
import { ApexList } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import type { ApexType } from '../../runtime/type.js';
import { sameValue, type Value } from '../../runtime/values.js';
import { byLowerName, Call, native } from '../args.js';
import { clonedRecord, elementsOf, iteratorOver } from './elements.js';
import { hashOf } from './hash.js';
import { compareRecords } from './record-order.js';

const own = (call: Call): ApexList => call.self as ApexList;

/** A place of the list; `more` places behind its end are good too. */
const place = (call: Call, more = 0): number => {
  const at = call.integer(0);
  if (at >= 0 && at < own(call).items.length + more) return at;
  return call.fail('System.ListException', `List index out of bounds: ${at}`);
};

const add = (call: Call): Value => {
  const list = own(call);
  if (call.count === 1) list.add(call.value(0));
  else list.items.splice(place(call, 1), 0, list.element.coerce(call.value(1)));
  return null;
};

/** The order of a list without a comparator. */
const ownOrder = (ctx: Ctx, left: Value, right: Value): number =>
  left instanceof ApexSObject && right instanceof ApexSObject
    ? compareRecords(ctx, left, right)
    : ctx.compare(left, right);

const sort = (call: Call): Value => {
  const { ctx } = call;
  const comparator = call.count > 0 ? call.given(0) : null;
  own(call).items.sort((left, right) =>
    comparator === null ? ownOrder(ctx, left, right) : Number(ctx.call(comparator, 'compare', [left, right]))
  );
  return null;
};

const indexOf = (call: Call): number => {
  const wanted = own(call).element.coerce(call.value(0));
  return own(call).items.findIndex((item) => sameValue(item, wanted));
};

const construct = (ctx: Ctx, typeArgs: readonly ApexType[], args: Value[]): Value => {
  const list = new ApexList(typeArgs[0] ?? ctx.type('Object'));
  const call = new Call(ctx, null, args, typeArgs);
  if (args.length > 0) for (const value of elementsOf(call, 0)) list.add(value);
  return list;
};

const CHANGES = {
  add: native([1, 2], add),
  addAll: native(1, (call) => {
    // A list may be added to itself.
    for (const value of [...elementsOf(call, 0)]) own(call).add(value);
    return null;
  }),
  set: native(2, (call) => {
    own(call).items[place(call)] = own(call).element.coerce(call.value(1));
    return null;
  }),
  remove: native(1, (call) => own(call).items.splice(place(call), 1)[0]!),
  clear: native(0, (call) => {
    own(call).items.length = 0;
    return null;
  }),
  sort: native([0, 1], sort),
};

/** List of Apex. */
export const LIST: NativeType = {
  name: 'List',
  constructs: construct,
  methods: byLowerName({
    ...CHANGES,
    get: native(1, (call) => own(call).items[place(call)]!),
    size: native(0, (call) => own(call).items.length, 'Integer'),
    isEmpty: native(0, (call) => own(call).items.length === 0),
    contains: native(1, (call) => indexOf(call) >= 0),
    indexOf: native(1, indexOf, 'Integer'),
    clone: native(0, (call) => new ApexList(own(call).element, [...own(call).items])),
    deepClone: native(
      [0, 1, 2, 3],
      (call) =>
        new ApexList(
          own(call).element,
          own(call).items.map((item) => clonedRecord(call, item))
        )
    ),
    equals: native(1, (call) => own(call).equals(call.value(0))),
    hashCode: native(0, (call) => hashOf(call.ctx, call.self), 'Integer'),
    iterator: native(0, (call) => iteratorOver(own(call).items)),
    toString: native(0, (call) => call.ctx.text(call.self), 'String'),
  }),
};

/** What a `for` loop goes over: classes of the program may be one. */
export const ITERABLE: NativeType = { name: 'Iterable', isInterface: true };

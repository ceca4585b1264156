/** Set of Apex. */
import { ApexSet } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import type { NativeType } from '../../runtime/native.js';
import type { ApexType } from '../../runtime/type.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, Call, native } from '../args.js';
import { elementsOf, iteratorOver, sameSets } from './elements.js';
import { hashOf } from './hash.js';

const own = (call: Call): ApexSet => call.self as ApexSet;

/** Does something with each of many values; true where the set has changed. */
const each = (values: readonly Value[], change: (value: Value) => boolean): boolean =>
  values.reduce<boolean>((changed, value) => change(value) || changed, false);

const retainAll = (call: Call): boolean => {
  const kept = new ApexSet(own(call).element);
  each(elementsOf(call, 0), (value) => kept.add(value));
  return each(own(call).values(), (value) => !kept.has(value) && own(call).remove(value));
};

const copy = (element: ApexType, values: readonly Value[]): ApexSet => {
  const set = new ApexSet(element);
  for (const value of values) set.add(value);
  return set;
};

const construct = (ctx: Ctx, typeArgs: readonly ApexType[], args: Value[]): Value =>
  copy(typeArgs[0] ?? ctx.type('Object'), args.length > 0 ? elementsOf(new Call(ctx, null, args, typeArgs), 0) : []);

/** Set of Apex. */
export const SET: NativeType = {
  name: 'Set',
  constructs: construct,
  methods: byLowerName({
    add: native(1, (call) => own(call).add(call.value(0))),
    addAll: native(1, (call) => each(elementsOf(call, 0), (value) => own(call).add(value))),
    remove: native(1, (call) => own(call).remove(call.value(0))),
    removeAll: native(1, (call) => each(elementsOf(call, 0), (value) => own(call).remove(value))),
    retainAll: native(1, retainAll),
    clear: native(0, (call) => {
      own(call).clear();
      return null;
    }),
    contains: native(1, (call) => own(call).has(call.value(0))),
    containsAll: native(1, (call) => elementsOf(call, 0).every((value) => own(call).has(value))),
    size: native(0, (call) => own(call).size, 'Integer'),
    isEmpty: native(0, (call) => own(call).size === 0),
    clone: native(0, (call) => copy(own(call).element, own(call).values())),
    equals: native(1, (call) => sameSets(own(call), call.value(0))),
    hashCode: native(0, (call) => hashOf(call.ctx, call.self), 'Integer'),
    iterator: native(0, (call) => iteratorOver(own(call).values())),
    toString: native(0, (call) => call.ctx.text(call.self), 'String'),
  }),
};

/** What collections have in common. */
import { ApexList, ApexMap, ApexSet } from '../../runtime/collections.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import { ApexNative, sameValue, type Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';

/** The elements of a list or set that is an argument. */
export const elementsOf = (call: Call, at: number): readonly Value[] => {
  const value = call.given(at);
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? value.values() : call.wrong(value, 'List or Set');
};

/** A record's copy as `deepClone` makes it: without its id unless asked for. */
export const clonedRecord = (call: Call, value: Value): Value => {
  if (value === null) return null;
  if (!(value instanceof ApexSObject)) return call.wrong(value, 'SObject');
  const keep = [0, 1, 2].map((at) => call.count > at && call.boolean(at));
  return call.ctx.call(value, 'clone', [keep[0]!, true, keep[1]!, keep[2]!]);
};

type Steps = { items: readonly Value[]; at: number };

/** An iterator over values as they are now. */
export const iteratorOver = (items: readonly Value[]): Value => new ApexNative<Steps>('Iterator', { items, at: 0 });

const steps = (call: Call): Steps => (call.self as ApexNative<Steps>).data;

/** Iterator of Apex: the one of a collection, and the interface of classes that are one. */
export const ITERATOR: NativeType = {
  name: 'Iterator',
  isInterface: true,
  methods: byLowerName({
    hasNext: native(0, (call) => steps(call).at < steps(call).items.length),
    next: native(0, (call) => {
      const { items, at } = steps(call);
      if (at >= items.length) return call.fail('System.NoSuchElementException', 'Iterator has no more elements');
      steps(call).at++;
      return items[at]!;
    }),
  }),
};

/** Equal collections have equal elements, each by its own `equals`. */
export const sameMaps = (left: ApexMap, right: Value): boolean =>
  right instanceof ApexMap &&
  left.size === right.size &&
  left.entries().every(([key, value]) => right.has(key) && sameValue(value, right.get(key) ?? null));

/** Equal sets have the same elements in any order. */
export const sameSets = (left: ApexSet, right: Value): boolean =>
  right instanceof ApexSet && left.size === right.size && left.values().every((value) => right.has(value));

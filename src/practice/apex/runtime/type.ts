import type { Value } from './values.js';

/** A type at run time. There is one object for each type of a transaction; `Ctx.type` finds it. */
export type ApexType = {
  /** As the platform prints it: `String`, `List<Lead>`, `Outer.Inner`. */
  readonly name: string;
  /** The name in lower case: what types are compared by. */
  readonly key: string;
  /** `List<X>`: [X]; `Map<K, V>`: [K, V]; else empty. */
  readonly args: readonly ApexType[];
  /** `instanceof`; never true for null. */
  is(value: Value): boolean;
  /**
   * The value as an assignment to a variable of this type makes it: Integer becomes Long, an Id gets 18 characters.
   * Null stays null. A value that cannot be assigned throws System.TypeException.
   */
  coerce(value: Value): Value;
};

import type { Ctx } from './context.js';
import type { ApexType } from './type.js';
import type { Value } from './values.js';

/** What a native with an effect is: a generator that yields requests to the host (`host.ts`) and returns its value. */
export type Effect = Generator<unknown, Value, Value>;

/** A method that is written in TypeScript. */
export type Native = {
  /** The counts of arguments it takes. */
  arity: readonly number[] | 'any';
  /** True: `call` returns an Effect. */
  effect?: boolean;
  /** `self` is null for a static. Arguments come as they are given: check them, and coerce where a type matters. */
  call(ctx: Ctx, self: Value, args: Value[], typeArgs: readonly ApexType[]): Value | Effect;
  /** The type of the value by name, where it helps the compiler: `String`, `List<String>`. Not needed. */
  returns?: string;
};

/** A property that is written in TypeScript. */
export type NativeProperty = {
  get(ctx: Ctx, self: Value): Value;
  set?(ctx: Ctx, self: Value, value: Value): void;
  returns?: string;
};

/** A type that is written in TypeScript. Keys of the tables are lower case. */
export type NativeType = {
  /** As the platform prints it. Types of the namespaces System and Schema are found with and without it: name them without. */
  name: string;
  statics?: Readonly<Record<string, Native>>;
  methods?: Readonly<Record<string, Native>>;
  properties?: Readonly<Record<string, NativeProperty>>;
  staticProperties?: Readonly<Record<string, NativeProperty>>;
  /** `new X(...)`. */
  constructs?(ctx: Ctx, typeArgs: readonly ApexType[], args: Value[]): Value;
  /** `instanceof`; left out for types whose values are ApexNative with this type's name, and for interfaces. */
  is?(value: Value, typeArgs: readonly ApexType[]): boolean;
  /** An interface classes of the program may implement: Comparable, Database.Batchable. */
  isInterface?: boolean;
  /** An exception of the platform: the name of its parent, `Exception` or another one. Its methods get the ApexException. */
  exception?: string;
  /** The names of an enum's values, in order. */
  values?: readonly string[];
};

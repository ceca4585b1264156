import type { Counters } from './counters.js';
import type { ApexObject, ClassInfo, Sharing } from './objects.js';
import type { Place } from './failures.js';
import type { ApexType } from './type.js';
import type { Value } from './values.js';

/** What natives may ask of the transaction that runs. One object for each transaction. */
export type Ctx = {
  /** Throws an Apex exception: `fail('System.MathException', 'Divide by 0')`. */
  fail(typeName: string, message: string): never;
  /** A type by name, with its arguments: `type('List', type('String'))`, `type('Map<Id, Lead>')`. Unknown names throw. */
  type(name: string, ...args: ApexType[]): ApexType;
  /** A type by a text such as `Map<Id, Lead>`; undefined where there is none. */
  findType(name: string): ApexType | undefined;
  /** The type of a value as it is; undefined for null. */
  typeOf(value: Value): ApexType | undefined;
  /** Calls a method of any value (of a class of the program or native) that has no effect. */
  call(target: Value, method: string, args: Value[]): Value;
  /** Whether a value has such a method. */
  has(target: Value, method: string, argumentCount: number): boolean;
  /** Makes an instance of a class of the program or a native type. Its constructor must have no effect. */
  construct(typeName: string, args: Value[]): Value;
  /** The value of a field of an instance as it is, by the field's name; an automatic property too. No accessor runs. */
  fieldOf(instance: ApexObject, name: string): Value;
  /** Sets it, with the field's type. */
  setFieldOf(instance: ApexObject, name: string, value: Value): void;
  /** An instance of a class of the program whose constructor has not run (what JSON.deserialize makes); all fields null. */
  bareInstance(typeName: string): ApexObject;
  /** The class of the program with this name. */
  classInfo(typeName: string): ClassInfo | undefined;
  /** The text of a value, as `String.valueOf` and `+` make it. */
  text(value: Value): string;
  /** The order `List.sort` gives: numbers, texts, dates, enums by ordinal, Comparable by `compareTo`; null first. */
  compare(left: Value, right: Value): number;
  /** An enum's value by the enum's name and its own: `enumValue('System.LoggingLevel', 'ERROR')`; undefined: not there. */
  enumValue(typeName: string, name: string): Value | undefined;
  /** The clock in milliseconds since 1970. */
  now(): number;
  /** The time zone of the running user, `Europe/Berlin`. */
  readonly timeZone: string;
  /** The mode of the code that runs right now: `with`, `without`, or undefined where no class on the way here has said it. */
  readonly sharing: Sharing;
  /** Where the last request to the host was made; while a native runs, where it was called. */
  place(): Place;
  readonly counters: Counters;
  /** Texts of System.debug, in order. */
  readonly log: string[];
  /** Notes a text of System.debug with its level; where and when are known. */
  debug(text: string, level: string): void;
  /** Whatever the owner of the transaction keeps with it, by a key of its own. */
  readonly shared: Map<string, unknown>;
};

/** Assert, and the older assertions of System, with the texts the platform writes. */
import { ApexDate, ApexDatetime } from '../../runtime/dates.js';
import type { Native, NativeType } from '../../runtime/native.js';
import type { ApexType } from '../../runtime/type.js';
import { ApexNative, sameValue, type Value } from '../../runtime/values.js';
import { byLowerName, decimalOf, native, type Call } from '../args.js';
import { withSuffix } from './id.js';

const failed = (call: Call, message: string): never =>
  call.fail('System.AssertException', message === '' ? 'Assertion Failed' : `Assertion Failed: ${message}`);

const printed = (call: Call, value: Value): string => (value === null ? 'null' : call.ctx.text(value));

/** The text a caller adds. Null is not taken by the class Assert. */
const own = (call: Call, at: number): string | undefined => {
  if (call.count <= at) return undefined;
  if (call.isNull(at)) return call.fail('System.NullPointerException', 'Message parameter cannot be null');
  return printed(call, call.value(at));
};

/** The words of the platform first, then those of the caller. */
const because = (call: Call, words: string, at: number): never => {
  const text = own(call, at);
  return failed(call, text === undefined ? words : words === '' ? text : `${words}: ${text}`);
};

/** What may be compared at all, by names of types. */
const GROUPS: Readonly<Record<string, string>> = {
  Integer: 'number',
  Long: 'number',
  Decimal: 'number',
  Double: 'number',
  String: 'text',
  Id: 'text',
  Date: 'day',
  Datetime: 'day',
  Boolean: 'boolean',
  Time: 'time',
  Blob: 'bytes',
};

const comparable = (call: Call, left: Value, right: Value): void => {
  const types = [left, right].map((value) => call.ctx.typeOf(value)?.name ?? '');
  const [one, other] = types.map((name) => GROUPS[name] ?? 'object');
  if (left === null || right === null || one === other) return;
  call.fail('System.TypeException', `Comparison arguments must be compatible types: ${types.join(', ')}`);
};

/** Numbers by value, ids of 15 and 18 characters alike, days as moments; all else by `equals`. */
const alike = (left: Value, right: Value): boolean => {
  if (typeof left === 'string' && typeof right === 'string') {
    return left === right || (withSuffix(left) ?? left) === (withSuffix(right) ?? right);
  }
  const [one, other] = [decimalOf(left), decimalOf(right)];
  if (one && other) return one.value.equals(other.value);
  const [day, moment] = [left, right].map((value) => (value instanceof ApexDate ? new ApexDatetime(value.ms) : value));
  return sameValue(sameKind(left, right) ? left : day!, sameKind(left, right) ? right : moment!);
};

const sameKind = (left: Value, right: Value): boolean => left instanceof ApexDate === right instanceof ApexDate;

const equality = (wanted: boolean): Native =>
  native([2, 3], (call) => {
    const [expected, actual] = [call.value(0), call.value(1)];
    if (call.count > 2 && call.isNull(2)) call.fail('System.NullPointerException', 'Argument 3 cannot be null');
    comparable(call, expected, actual);
    if (alike(expected, actual) === wanted) return null;
    const words = wanted
      ? `Expected: ${printed(call, expected)}, Actual: ${printed(call, actual)}`
      : `Same value: ${printed(call, expected)}`;
    // Here the words of the caller come first.
    return failed(call, call.count > 2 ? `${printed(call, call.value(2))}: ${words}` : words);
  });

const truth = (wanted: boolean): Native =>
  native([1, 2], (call) => {
    if (call.isNull(0)) call.fail('System.NullPointerException', 'Attempt to de-reference a null object');
    return call.boolean(0) === wanted ? null : because(call, '', 1);
  });

const nullness = (wanted: boolean, words: string): Native =>
  native([1, 2], (call) => (call.isNull(0) === wanted ? null : because(call, words, 1)));

const instance = (wanted: boolean): Native =>
  native([2, 3], (call) => {
    const wantedType = call.given(1);
    if (!(wantedType instanceof ApexNative)) return call.wrong(wantedType, 'Type');
    const type = wantedType.data as ApexType;
    if (type.is(call.value(0)) === wanted) return null;
    return because(call, `The provided object is ${wanted ? 'not ' : ''}an instance of class ${type.name}`, 2);
  });

/** The assertions of System; `assert` takes a null text. */
export const ASSERTIONS: Readonly<Record<string, Native>> = {
  assert: native([1, 2], (call) => {
    if (call.boolean(0)) return null;
    return failed(call, call.isNull(1) ? '' : printed(call, call.value(1)));
  }),
  assertEquals: equality(true),
  assertNotEquals: equality(false),
};

/** Assert of Apex. */
export const ASSERT: NativeType = {
  name: 'Assert',
  statics: byLowerName({
    areEqual: equality(true),
    areNotEqual: equality(false),
    isTrue: truth(true),
    isFalse: truth(false),
    isNull: nullness(true, 'Nullable object asserted with non null value'),
    isNotNull: nullness(false, 'Instance expected to be a non null value'),
    isInstanceOfType: instance(true),
    isNotInstanceOfType: instance(false),
    fail: native([0, 1], (call) => because(call, 'Assertion failed', 0)),
  }),
};

import { ApexList, ApexMap, ApexSet } from './collections.js';
import { exceptionName, plainKey } from './basics.js';
import { typeValue } from './builtins.js';
import { sortOrder } from './comparison.js';
import { ApexException } from './exceptions.js';
import { ApexFailure, ApexUnsupported } from './failures.js';
import { isGenerator, MembersOfValues } from './members.js';
import type { Native, NativeType } from './native.js';
import { nativeKeys } from './native-keys.js';
import { nullPointer } from './numbers.js';
import { ApexObject, type Members } from './objects.js';
import { textOf } from './text.js';
import type { ApexType } from './type.js';
import { castTo, typeNameOf } from './type-table.js';
import { ApexEnum, keyOf, keyText, sameValue, type ApexNative, type Value } from './values.js';

type Method = (this: Value, ...args: Value[]) => Value;
type Running = Generator<unknown, Value, Value>;

/** Methods of values of which only the value tells the type, and everything that makes values. */
export class Dispatch extends MembersOfValues {
  /** Natives by their names as they are written: they are asked for at every call. */
  readonly #natives = new Map<string, NativeType>();
  readonly #enums = new Map<string, readonly ApexEnum[]>();

  public text(value: Value): string {
    return textOf(value, this.host.timeZone);
  }

  /** `+` where a text may be on either side. */
  public concat = (left: Value, right: Value): Value => this.text(left) + this.text(right);

  /** `target.name(args)`; the name in lower case. */
  public invoke(target: Value, name: string, args: Value[]): Value {
    if (target === null) return nullPointer();
    const own = methodOf(target, name, args.length);
    if (own !== undefined) return own.apply(target, args);
    const native = this.#native(target, name, args.length);
    if (native !== undefined) return native.call(this as never, target, args, this.none) as Value;
    return this.#common(target, name, args);
  }

  /** The same where what is called may let the host in; `own` tells it of methods of the program. */
  public *invokeEffect(target: Value, name: string, args: Value[], own: boolean, place: number): Running {
    if (target === null) return nullPointer();
    const method = methodOf(target, name, args.length);
    if (method !== undefined) {
      const value = method.apply(target, args) as unknown;
      return own && isGenerator(value) ? yield* value : (value as Value);
    }
    const native = this.#native(target, name, args.length);
    if (native?.effect === true) return yield* this.nativeEffect(native, target, args, place);
    return this.invoke(target, name, args);
  }

  /** A native with an effect; errors of the host get the program's stack. */
  public *nativeEffect(native: Native, self: Value, args: Value[], place: number): Running {
    this.lastPlace = place;
    try {
      return yield* native.call(this as never, self, args, this.none) as Running;
    } catch (error) {
      throw this.located(error);
    }
  }

  /** A native the compiler has found. */
  public native(typeName: string, table: 'statics' | 'methods', name: string): Native {
    let type = this.#natives.get(typeName);
    if (type === undefined) this.#natives.set(typeName, (type = this.compiled.natives.get(plainKey(typeName))!));
    return type[table]![name]!;
  }

  #native(target: Value, name: string, count: number): Native | undefined {
    for (const key of nativeKeys(target)) {
      const found = this.compiled.natives.get(key)?.methods?.[name];
      if (found !== undefined && (found.arity === 'any' || found.arity.includes(count))) return found;
    }
    return undefined;
  }

  /** Methods every value has. */
  #common(target: Value, name: string, args: Value[]): Value {
    const key = `${name}$${args.length}`;
    if (key === 'tostring$0') return this.text(target);
    if (key === 'equals$1') return sameValue(target, args[0]!);
    if (key === 'hashcode$0') return hashOf(keyText(keyOf(target)));
    throw new ApexUnsupported(`${typeNameOf(target)} has no method ${name} with ${args.length} argument(s) here`);
  }

  public superCall(target: ApexObject, name: string, args: Value[]): Value {
    const method = (ApexException.prototype as unknown as Members)[`${name}$${args.length}`];
    if (target instanceof ApexException && typeof method === 'function') return (method as Method).apply(target, args);
    return this.#common(target, name, args);
  }

  public has(target: Value, method: string, argumentCount: number): boolean {
    const name = method.toLowerCase();
    return (
      methodOf(target, name, argumentCount) !== undefined || this.#native(target, name, argumentCount) !== undefined
    );
  }

  /** The name of the overload whose parameters are nearest to the values. */
  public pick(choices: ReadonlyArray<readonly [string, readonly ApexType[]]>, args: readonly Value[]): string {
    const scored = choices.flatMap(([name, types]) => {
      const steps = types.map((type, index) => this.#distance(args[index]!, type));
      return steps.includes(Infinity) ? [] : [{ name, score: steps.reduce((sum, one) => sum + one, 0) }];
    });
    const best = scored.sort((one, other) => one.score - other.score)[0];
    if (best === undefined) throw new ApexUnsupported(`No method takes (${args.map(typeNameOf).join(', ')})`);
    return best.name;
  }

  #distance(value: Value, type: ApexType): number {
    if (value === null) return 0;
    if (!type.is(value)) return Infinity;
    if (type.key === 'object') return 100;
    let steps = 0;
    for (
      let at: string | undefined = plainKey(typeNameOf(value));
      at !== undefined && at !== type.key;
      at = this.compiled.infos.get(at)?.parent
    )
      steps++;
    return steps;
  }

  public cast(type: ApexType, value: Value): Value {
    return castTo(type, value);
  }

  public typeValue(type: ApexType): ApexNative<ApexType> {
    return typeValue(type);
  }

  /** `new` of a native type or an exception of the platform. */
  public makeNative(type: ApexType, args: Value[]): Value {
    const native = this.compiled.natives.get(type.key.replace(/<.*/s, ''));
    if (native?.constructs !== undefined) return native.constructs(this as never, type.args, args);
    if (native?.exception === undefined) throw new ApexUnsupported(`${type.name} cannot be made here`);
    return this.exceptions.make(exceptionName(native)).$init(args);
  }

  /** `new` of a list, set or map. Values in braces have the right types already. */
  public collection(type: ApexType, form: 'args' | 'elements' | 'pairs' | 'size', args: Value[]): Value {
    const [first, second] = type.args;
    if (form === 'size') return new ApexList(first!, Array<Value>(this.#size(args[0]!)).fill(null));
    if (form === 'args' && args.length > 0) return this.makeNative(type, args);
    if (type.key.startsWith('list')) return new ApexList(first!, args);
    if (type.key.startsWith('set')) {
      const set = new ApexSet(first!);
      for (const one of args) set.add(one);
      return set;
    }
    const map = new ApexMap(first!, second!);
    for (let at = 0; at < args.length; at += 2) map.put(args[at]!, args[at + 1]!);
    return map;
  }

  #size(value: Value): number {
    if (typeof value !== 'number') return nullPointer();
    if (value < 0) throw new ApexFailure('System.ListException', `Invalid list size: ${value}`);
    return value;
  }

  public enumConstants(name: string): readonly ApexEnum[] {
    const key = name.toLowerCase();
    const own = this.compiled.enums.get(key);
    const native: NativeType | undefined = this.compiled.natives.get(plainKey(name));
    const known = this.#enums.get(own === undefined ? plainKey(name) : key);
    if (known !== undefined) return known;
    const made = (own?.values ?? native?.values ?? []).map(
      (one, index) => new ApexEnum(own?.name ?? native?.name ?? name, one, index)
    );
    this.#enums.set(own === undefined ? plainKey(name) : key, made);
    return made;
  }

  public enumValues(values: readonly ApexEnum[], type?: ApexType): ApexList {
    return new ApexList(type ?? this.type(values[0]?.typeName ?? 'Object'), [...values]);
  }

  public enumValueOf(values: readonly ApexEnum[], name: Value): ApexEnum {
    if (typeof name !== 'string') return nullPointer();
    const found = values.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    throw new ApexFailure('System.NoSuchElementException', `No enum constant ${values[0]?.typeName ?? ''}.${name}`);
  }

  public enumValue(typeName: string, name: string): Value | undefined {
    return this.enumConstants(typeName).find((one) => one.name.toLowerCase() === name.toLowerCase());
  }

  /** A `when` with a value; texts by case, as `equals`. */
  public when(value: Value, wanted: Value): boolean {
    return (
      sameValue(value, wanted) || (typeof value === 'bigint' && typeof wanted === 'number' && value === BigInt(wanted))
    );
  }

  public whenEnum(value: Value, name: string): boolean {
    return value instanceof ApexEnum && value.name.toLowerCase() === name;
  }

  public nativeValue(typeName: string, name: string): Value {
    const native = this.compiled.natives.get(plainKey(typeName));
    const property = native?.staticProperties?.[name.toLowerCase()];
    if (property !== undefined) return property.get(this as never, null);
    return this.enumValue(typeName, name) ?? null;
  }

  public compare(left: Value, right: Value): number {
    const order = sortOrder(left, right);
    if (order !== undefined) return order;
    if (left instanceof ApexObject && this.has(left, 'compareTo', 1))
      return Number(this.invoke(left, 'compareto', [right]));
    throw new ApexFailure('System.ListException', 'One or more of the items in this list is not Comparable.');
  }

  public override each(over: Value): Iterable<Value> {
    if (over instanceof ApexObject && this.has(over, 'iterator', 0))
      return this.#steps(this.invoke(over, 'iterator', []));
    if (over instanceof ApexObject && this.has(over, 'hasNext', 0)) return this.#steps(over);
    return super.each(over);
  }

  *#steps(iterator: Value): Generator<Value, void> {
    while (this.truth(this.invoke(iterator, 'hasnext', []))) yield this.invoke(iterator, 'next', []);
  }
}

function methodOf(target: Value, name: string, count: number): Method | undefined {
  if (!(target instanceof ApexObject)) return undefined;
  const found = (target as unknown as Members)[`${name}$${count}`];
  return typeof found === 'function' ? (found as Method) : undefined;
}

/** The hash Java gives a text. */
function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

import { withSuffix } from '../library/system/id.js';
import { plainKey, exceptionName } from './basics.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexTime } from './dates.js';
import { ApexFailure } from './failures.js';
import type { NativeType } from './native.js';
import { toDecimal, toDouble, isNumber, toLong } from './numbers.js';
import { ApexObject, type ClassInfo, type EnumInfo } from './objects.js';
import { QueryRows } from './query-rows.js';
import { ApexSObject, type SObjectShape } from './sobjects.js';
import type { ApexType } from './type.js';
import { typeParts } from './type-text.js';
import { ApexDouble, ApexEnum, ApexNative, type Value } from './values.js';

/** The name of a value's type; that of null is `null`. */
export function typeNameOf(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return value.typeName;
  return { number: 'Integer', bigint: 'Long', string: 'String', boolean: 'Boolean' }[typeof value as 'number'];
}

function invalid(value: Value, to: string): never {
  throw new ApexFailure('System.TypeException', `Invalid conversion from runtime type ${typeNameOf(value)} to ${to}`);
}

/** An Id of 18 characters. */
function idOf(value: Value): Value {
  if (typeof value !== 'string') return invalid(value, 'Id');
  const full = withSuffix(value);
  if (full === undefined) throw new ApexFailure('System.StringException', `Invalid id: ${value}`);
  return full;
}

type Rules = { readonly is: (value: Value) => boolean; readonly coerce?: (value: Value) => Value };

const PRIMITIVES: Readonly<Record<string, Rules>> = {
  object: { is: () => true },
  boolean: { is: (value) => typeof value === 'boolean' },
  integer: { is: (value) => typeof value === 'number' },
  long: {
    is: (value) => typeof value === 'bigint' || typeof value === 'number',
    coerce: (value) => (typeof value === 'number' ? BigInt(value) : value),
  },
  double: { is: isNumber, coerce: (value) => (value instanceof ApexDouble ? value : new ApexDouble(toDouble(value))) },
  decimal: { is: isNumber, coerce: toDecimal },
  string: { is: (value) => typeof value === 'string' },
  id: { is: (value) => typeof value === 'string' && withSuffix(value) !== undefined },
  date: { is: (value) => value instanceof ApexDate },
  datetime: {
    is: (value) => value instanceof ApexDatetime || value instanceof ApexDate,
    coerce: (value) => (value instanceof ApexDate ? new ApexDatetime(value.ms) : value),
  },
  time: { is: (value) => value instanceof ApexTime },
  blob: { is: (value) => value instanceof ApexBlob },
  sobject: { is: (value) => value instanceof ApexSObject },
  exception: { is: (value) => value instanceof ApexObject && value.$info.supertypes.has('exception') },
  type: { is: (value) => value instanceof ApexNative && value.typeName === 'Type' },
  iterable: { is: (value) => value instanceof ApexList || value instanceof ApexSet || hasType(value, 'iterable') },
  iterator: {
    is: (value) => (value instanceof ApexNative && value.typeName === 'Iterator') || hasType(value, 'iterator'),
  },
};

function hasType(value: Value, bare: string): boolean {
  return value instanceof ApexObject && value.$info.supertypes.has(bare);
}

/** What types are made from. */
export type TypeSources = {
  readonly infos: ReadonlyMap<string, ClassInfo>;
  readonly enums: ReadonlyMap<string, EnumInfo>;
  readonly natives: ReadonlyMap<string, NativeType>;
  sobject(lowerName: string): SObjectShape | undefined;
};

/** The types of one transaction by their names. */
export class TypeTable {
  readonly #known = new Map<string, ApexType>();

  public constructor(private readonly sources: TypeSources) {}

  /** A type by a text such as `Map<Id, Lead>`, `Lead[]`; undefined where a part of it is not known. */
  public find(text: string): ApexType | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const found = this.#parse(text.trim());
    if (found !== undefined) this.#known.set(text, found);
    return found;
  }

  /** A type by its name and arguments. */
  public of(name: string, args: readonly ApexType[]): ApexType | undefined {
    return this.find(args.length === 0 ? name : `${name}<${args.map((arg) => arg.name).join(', ')}>`);
  }

  #parse(text: string): ApexType | undefined {
    if (text.endsWith('[]')) return this.find(`List<${text.slice(0, -2)}>`);
    const { name, args: texts } = typeParts(text);
    const args = texts.map((part) => this.find(part));
    if (args.includes(undefined)) return undefined;
    const made = this.#make(name, args as ApexType[]);
    if (made === undefined) return undefined;
    const first = this.#known.get(made.name) ?? made;
    this.#known.set(made.name, first);
    return first;
  }

  #make(name: string, args: readonly ApexType[]): ApexType | undefined {
    const lower = name.toLowerCase();
    const info = this.sources.infos.get(lower);
    if (info !== undefined) return typeWith(info.name, args, { is: (value) => hasType(value, lower) });
    const values = this.sources.enums.get(lower)?.name;
    if (values !== undefined)
      return typeWith(values, args, { is: (value) => value instanceof ApexEnum && value.typeName === values });
    return this.#platform(plainKey(name), args);
  }

  #platform(key: string, args: readonly ApexType[]): ApexType | undefined {
    const native = this.sources.natives.get(key);
    const collection = this.#collection(key, args);
    if (collection !== undefined) return collection;
    const rules = PRIMITIVES[key];
    if (rules !== undefined)
      return typeWith(
        native?.name ?? BASIC_NAMES[key] ?? key,
        args,
        key === 'id' ? { is: rules.is, coerce: idOf } : key === 'sobject' ? record(rules) : rules
      );
    if (native !== undefined)
      return typeWith(
        native.exception === undefined ? native.name : exceptionName(native),
        args,
        nativeRules(native, key, args)
      );
    const shape = this.sources.sobject(key);
    return shape === undefined
      ? undefined
      : typeWith(
          shape.name,
          [],
          record({ is: (value) => value instanceof ApexSObject && value.shape.name === shape.name })
        );
  }

  #collection(key: string, args: readonly ApexType[]): ApexType | undefined {
    const [first, second] = args;
    if (key === 'list') {
      const element = first ?? this.find('Object')!;
      const fits = (value: Value): boolean => value instanceof ApexList && this.#holds(value.element, element);
      const coerce = (value: Value): Value => (value instanceof QueryRows ? new ApexList(element, value.items) : value);
      return typeWith('List', [element], { is: (value) => value instanceof QueryRows || fits(value), coerce });
    }
    if (key === 'set' && first !== undefined)
      return typeWith('Set', args, { is: (value) => value instanceof ApexSet && this.#holds(value.element, first) });
    if (key === 'map' && first !== undefined && second !== undefined)
      return typeWith('Map', args, {
        is: (value) =>
          value instanceof ApexMap && this.#holds(value.keyType, first) && this.#holds(value.valueType, second),
      });
    return undefined;
  }

  /** Whether a collection of the one type may stand for one of the other; records may both ways, they are checked when taken out. */
  #holds(own: ApexType, wanted: ApexType): boolean {
    if (own.key === wanted.key || wanted.key === 'object') return true;
    const shapes = [own, wanted].map((type) => type.key === 'sobject' || this.sources.sobject(type.key) !== undefined);
    if (shapes.every(Boolean)) return own.key === 'sobject' || wanted.key === 'sobject';
    if (own.key === 'id' || wanted.key === 'id') return own.key === 'string' || wanted.key === 'string';
    const bare = wanted.key.replace(/<.*/s, '');
    if (this.sources.infos.get(own.key)?.supertypes.has(bare) === true) return true;
    return (
      own.args.length > 0 &&
      own.args.length === wanted.args.length &&
      own.key.split('<')[0] === bare &&
      own.args.every((arg, index) => this.#holds(arg, wanted.args[index]!))
    );
  }
}

const BASIC_NAMES: Readonly<Record<string, string>> = {
  object: 'Object',
  boolean: 'Boolean',
  integer: 'Integer',
  long: 'Long',
  double: 'Double',
  decimal: 'Decimal',
  string: 'String',
  id: 'Id',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  blob: 'Blob',
  sobject: 'SObject',
  exception: 'Exception',
  type: 'Type',
  iterable: 'Iterable',
  iterator: 'Iterator',
};

/** A record; the rows of a query become the one row they have. */
function record(rules: Rules): Rules {
  return { is: (value) => rules.is(single(value)), coerce: single };
}

function single(value: Value): Value {
  return value instanceof QueryRows ? value.single() : value;
}

function nativeRules(native: NativeType, key: string, args: readonly ApexType[]): Rules {
  if (native.exception !== undefined || native.isInterface === true) {
    const own = native.is?.bind(native);
    return { is: (value) => hasType(value, key) || own?.(value, args) === true };
  }
  if (native.is !== undefined) return { is: (value) => native.is!(value, args) };
  return {
    is: (value) => (value instanceof ApexNative || value instanceof ApexEnum) && plainKey(value.typeName) === key,
  };
}

function typeWith(name: string, args: readonly ApexType[], rules: Rules): ApexType {
  const full = args.length === 0 ? name : `${name}<${args.map((arg) => arg.name).join(', ')}>`;
  const { coerce } = rules;
  return {
    name: full,
    key: plainKey(name) + (args.length === 0 ? '' : `<${args.map((arg) => arg.key).join(', ')}>`),
    args,
    is: (value) => value !== null && rules.is(value),
    coerce: (value) => {
      if (value === null) return null;
      if (coerce === idOf) return idOf(value);
      if (!rules.is(value)) return invalid(value, full);
      return coerce === undefined ? value : coerce(value);
    },
  };
}

/** A cast: as an assignment, and between numbers also the narrow way. */
export function castTo(type: ApexType, value: Value): Value {
  if (value === null || !isNumber(value)) return value === null ? null : type.coerce(value);
  if (type.key === 'integer') return Number(BigInt.asIntN(32, toLong(value)));
  return type.key === 'long' ? toLong(value) : type.coerce(value);
}

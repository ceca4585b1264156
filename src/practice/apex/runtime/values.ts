import { Decimal as DecimalBase } from 'decimal.js';

/**
 * The values Apex programs work with. Boolean, Integer, Long and String (and Id) are JavaScript's own boolean, number
 * (a 32-bit integer), bigint (64 bits) and string; everything else is an ApexValue.
 */
export type Value = null | boolean | number | bigint | string | ApexValue;

/** A decimal of enough digits for every product and quotient of Apex (34 significant digits of a quotient). */
export const Decimal = DecimalBase.clone({
  precision: 120,
  rounding: DecimalBase.ROUND_HALF_UP,
  toExpNeg: -200,
  toExpPos: 200,
});
export type Decimal = DecimalBase;

/** What is no primitive of JavaScript. Equal values have equal keys: keys find them in maps and sets. */
export abstract class ApexValue {
  /** The type's name as the platform prints it: `List<String>`, `Date`, `Outer.Inner`. */
  public abstract readonly typeName: string;

  /** What a JavaScript Map may take as its key; the value itself where only identity tells. */
  public key(): unknown {
    return this;
  }

  /** `equals` of Apex: never case-insensitive. */
  public equals(other: Value): boolean {
    return other instanceof ApexValue && this.key() === other.key();
  }
}

/** The key of any value, as `ApexValue.key`. */
export function keyOf(value: Value): unknown {
  return value instanceof ApexValue ? value.key() : value;
}

/** `equals` of any two values: strings by case, lists by elements, classes by their own `equals`. */
export function sameValue(left: Value, right: Value): boolean {
  return left instanceof ApexValue ? left.equals(right) : left === right;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A text for a key, so that keys can be parts of keys: objects get a number when first seen. */
export function keyText(key: unknown): string {
  if (typeof key === 'object' && key !== null) {
    let identity = identities.get(key);
    if (identity === undefined) identities.set(key, (identity = nextIdentity++));
    return `o${identity}`;
  }
  return `${typeof key}:${JSON.stringify(String(key))}`;
}

/** Decimal of Apex: a number and its scale, so 1.50 prints as 1.50. */
export class ApexDecimal extends ApexValue {
  /** `scale` is the number of digits behind the point; the value must not have more of them. */
  public constructor(
    public readonly value: Decimal,
    public readonly scale: number
  ) {
    super();
  }

  /** From text such as `1.50`: the scale is that of the text. */
  public static parse(text: string): ApexDecimal {
    const value = new Decimal(text);
    const digits = /\.(\d*)/.exec(text)?.[1] ?? '';
    return new ApexDecimal(value, /e/i.test(text) ? Math.max(0, value.decimalPlaces()) : digits.length);
  }

  public readonly typeName = 'Decimal';

  public override key(): unknown {
    return `\u0000d${this.value.toString()}`;
  }

  /** As the platform prints it, with all digits of its scale. */
  public override toString(): string {
    return this.value.toFixed(this.scale);
  }
}

/** Double of Apex: a 64-bit float. */
export class ApexDouble extends ApexValue {
  public constructor(public readonly value: number) {
    super();
  }

  public readonly typeName = 'Double';

  public override key(): unknown {
    return `\u0000f${this.value}`;
  }
}

/** A value of an enum. There is one object for each, so identity tells. */
export class ApexEnum extends ApexValue {
  /** `typeName` is the enum's name, `Outer.Colour`. */
  public constructor(
    public readonly typeName: string,
    public readonly name: string,
    public readonly ordinal: number
  ) {
    super();
  }
}

/** What a native type makes that no other class here stands for: a SaveResult, a Matcher, a message. Compared by identity. */
export class ApexNative<Data = unknown> extends ApexValue {
  /** `typeName` names a registered NativeType; `data` is for its natives alone. */
  public constructor(
    public readonly typeName: string,
    public data: Data
  ) {
    super();
  }
}

import { ApexValue, keyOf, keyText, sameValue, type Value } from './values.js';
import type { ApexType } from './type.js';

/** List of Apex. `items` may be read as it is; what goes in goes through `coerced` so that it has the element's type. */
export class ApexList extends ApexValue {
  public constructor(
    public readonly element: ApexType,
    public items: Value[] = []
  ) {
    super();
  }

  public get typeName(): string {
    return `List<${this.element.name}>`;
  }

  /** Adds one value, with the element's type. */
  public add(value: Value): void {
    this.items.push(this.element.coerce(value));
  }

  public override key(): unknown {
    return `\u0000L${this.items.map((item) => keyText(keyOf(item))).join()}`;
  }

  public override equals(other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof ApexList) || other.items.length !== this.items.length) return false;
    return this.items.every((item, index) => sameValue(item, other.items[index] ?? null));
  }
}

/** Map of Apex: keys in the order they came first. Keys and values take the map's types. */
export class ApexMap extends ApexValue {
  readonly #entries = new Map<unknown, [Value, Value]>();

  public constructor(
    public readonly keyType: ApexType,
    public readonly valueType: ApexType
  ) {
    super();
  }

  public get typeName(): string {
    return `Map<${this.keyType.name}, ${this.valueType.name}>`;
  }

  public get size(): number {
    return this.#entries.size;
  }

  /** The value of a key; undefined where the key is not there (its value may be null). */
  public get(key: Value): Value | undefined {
    return this.#entries.get(keyOf(this.keyType.coerce(key)))?.[1];
  }

  public has(key: Value): boolean {
    return this.#entries.has(keyOf(this.keyType.coerce(key)));
  }

  /** The value that was there before, or null. */
  public put(key: Value, value: Value): Value {
    const own = this.keyType.coerce(key);
    const found = keyOf(own);
    const entry = this.#entries.get(found);
    this.#entries.set(found, [entry?.[0] ?? own, this.valueType.coerce(value)]);
    return entry?.[1] ?? null;
  }

  /** The value that was there, or null. */
  public remove(key: Value): Value {
    const found = keyOf(this.keyType.coerce(key));
    const entry = this.#entries.get(found);
    this.#entries.delete(found);
    return entry?.[1] ?? null;
  }

  public clear(): void {
    this.#entries.clear();
  }

  public keys(): Value[] {
    return [...this.#entries.values()].map(([key]) => key);
  }

  public values(): Value[] {
    return [...this.#entries.values()].map(([, value]) => value);
  }

  public entries(): Array<[Value, Value]> {
    return [...this.#entries.values()];
  }

  public override key(): unknown {
    const parts = this.entries().map((pair) => pair.map((part) => keyText(keyOf(part))).join('='));
    return `\u0000M${parts.sort().join()}`;
  }
}

/** Set of Apex: elements in the order they came first. */
export class ApexSet extends ApexValue {
  readonly #elements = new Map<unknown, Value>();

  public constructor(public readonly element: ApexType) {
    super();
  }

  public get typeName(): string {
    return `Set<${this.element.name}>`;
  }

  public get size(): number {
    return this.#elements.size;
  }

  public has(value: Value): boolean {
    return this.#elements.has(keyOf(this.element.coerce(value)));
  }

  /** True where the set has changed. */
  public add(value: Value): boolean {
    const own = this.element.coerce(value);
    const key = keyOf(own);
    if (this.#elements.has(key)) return false;
    this.#elements.set(key, own);
    return true;
  }

  /** True where the set has changed. */
  public remove(value: Value): boolean {
    return this.#elements.delete(keyOf(this.element.coerce(value)));
  }

  public clear(): void {
    this.#elements.clear();
  }

  public values(): Value[] {
    return [...this.#elements.values()];
  }

  public override key(): unknown {
    return `\u0000S${[...this.#elements.keys()].map(keyText).sort().join()}`;
  }
}

import { ApexValue, type Value } from './values.js';

/** `with sharing` and so on; undefined where the class says nothing. */
export type Sharing = 'with' | 'without' | 'inherited' | undefined;

/** `@InvocableMethod(label='x')`; names and keys of values in lower case. */
export type Annotation = {
  readonly name: string;
  readonly values: Readonly<Record<string, string | boolean | number>>;
};

/** A method of a class, as tools and hosts need to know it. Types are written as the platform prints them. */
export type MethodInfo = {
  readonly name: string;
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly returns: string;
  readonly isStatic: boolean;
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly line: number;
};

/** A field or property. */
export type FieldInfo = {
  readonly name: string;
  readonly type: string;
  readonly isStatic: boolean;
  readonly isProperty: boolean;
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
};

/** What is known of a class or interface of the compilation. */
export type ClassInfo = {
  /** `Outer.Inner`. */
  readonly name: string;
  readonly isInterface: boolean;
  readonly isAbstract: boolean;
  readonly sharing: Sharing;
  readonly modifiers: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly methods: readonly MethodInfo[];
  /** Own fields and properties in their order. */
  readonly fields: readonly FieldInfo[];
  /** Lower-case names of everything an instance is: the class, its parents, all interfaces with their arguments left off. */
  readonly supertypes: ReadonlySet<string>;
  /** Lower-case name of the parent class. */
  readonly parent: string | undefined;
};

/** What is known of an enum of the program. */
export type EnumInfo = { readonly name: string; readonly values: readonly string[] };

/** How generated classes are seen from outside: methods by their generated names. */
export type Members = Record<string, unknown>;

/** An instance of a class of the program. Generated classes derive from it and put `$info` on their prototype. */
export abstract class ApexObject extends ApexValue {
  declare public readonly $info: ClassInfo;

  public get typeName(): string {
    return this.$info.name;
  }

  /** Classes with `equals` and `hashCode` of their own find the equal object that was asked for first. */
  public override key(): unknown {
    const own = this as unknown as Members;
    if (typeof own.hashcode$0 !== 'function' || typeof own.equals$1 !== 'function') return this;
    const hash = String((own.hashcode$0 as () => number | null).call(this));
    const bucket = bucketOf(this.$info, hash);
    const equal = bucket.find((other) => other === this || this.equals(other));
    if (equal === undefined) bucket.push(this);
    return equal ?? this;
  }

  public override equals(other: Value): boolean {
    const equals = (this as unknown as Members).equals$1;
    if (typeof equals === 'function') return (equals as (other: Value) => Value).call(this, other) === true;
    return this === other;
  }
}

const buckets = new WeakMap<ClassInfo, Map<string, ApexObject[]>>();

function bucketOf(info: ClassInfo, hash: string): ApexObject[] {
  let byHash = buckets.get(info);
  if (byHash === undefined) buckets.set(info, (byHash = new Map<string, ApexObject[]>()));
  let bucket = byHash.get(hash);
  if (bucket === undefined) byHash.set(hash, (bucket = []));
  return bucket;
}

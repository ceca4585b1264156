/**
 * Values that go from one transaction to another, as the platform writes instances of jobs down and reads them again: copies,
 * of the classes and types of the transaction that they come to. Fields that are `transient` stay behind.
 */
import { ApexList, ApexMap, ApexSet } from '../runtime/collections.js';
import { ApexException } from '../runtime/exceptions.js';
import { ApexUnsupported } from '../runtime/failures.js';
import { ApexObject, type Members } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import { ApexSObject } from '../runtime/sobjects.js';
import type { ApexType } from '../runtime/type.js';
import { ApexEnum, ApexValue, type Value } from '../runtime/values.js';

/** A copy for a transaction. What is the same object twice is one object in it too. */
export const carried = <T extends Value>(value: T, to: Runtime): T => new Carrier(to).carry(value) as T;

class Carrier {
  private readonly known = new Map<ApexValue, Value>();

  public constructor(private readonly to: Runtime) {}

  public carry(value: Value): Value {
    if (!(value instanceof ApexValue)) return value;
    const known = this.known.get(value);
    return known ?? this.copy(value);
  }

  private copy(value: ApexValue): Value {
    if (value instanceof ApexList) return this.list(value);
    if (value instanceof ApexSet) return this.set(value);
    if (value instanceof ApexMap) return this.map(value);
    if (value instanceof ApexSObject) return this.record(value);
    if (value instanceof ApexEnum) return this.to.enumValue(value.typeName, value.name) ?? value;
    if (value instanceof ApexException) throw new ApexUnsupported('a job that keeps an exception in a field');
    return value instanceof ApexObject ? this.instance(value) : value;
  }

  private type({ name }: ApexType): ApexType {
    return this.to.findType(name) ?? this.to.type('Object');
  }

  private made<T extends ApexValue>(from: T, copy: T): T {
    this.known.set(from, copy);
    return copy;
  }

  private list(value: ApexList): ApexList {
    const copy = this.made(value, new ApexList(this.type(value.element)));
    copy.items = value.items.map((item) => this.carry(item));
    return copy;
  }

  private set(value: ApexSet): ApexSet {
    const copy = this.made(value, new ApexSet(this.type(value.element)));
    for (const item of value.values()) copy.add(this.carry(item));
    return copy;
  }

  private map(value: ApexMap): ApexMap {
    const copy = this.made(value, new ApexMap(this.type(value.keyType), this.type(value.valueType)));
    for (const [key, item] of value.entries()) copy.put(this.carry(key), this.carry(item));
    return copy;
  }

  private record(value: ApexSObject): ApexSObject {
    const copy = this.made(value, new ApexSObject(value.shape));
    copy.queried = value.queried;
    for (const [name, field] of value.fields) copy.fields.set(name, field);
    for (const [name, parent] of value.parents) copy.parents.set(name, parent && this.record(parent));
    for (const [name, children] of value.children) copy.children.set(name, this.list(children));
    return copy;
  }

  private instance(value: ApexObject): ApexObject {
    const copy = this.made(value, this.to.bareInstance(value.typeName));
    const left = this.transients(value);
    for (const [name, field] of Object.entries(value as unknown as Members))
      if (name.startsWith('f_') && !left.has(name)) (copy as unknown as Members)[name] = this.carry(field as Value);
    return copy;
  }

  /** Generated names of the fields that stay behind, of the class and those above it. */
  private transients({ typeName }: ApexObject): ReadonlySet<string> {
    const left = new Set<string>();
    for (let at = this.to.classInfo(typeName); at; at = this.to.classInfo(at.parent ?? ''))
      for (const { name, modifiers } of at.fields)
        if (modifiers.some((one) => one.toLowerCase() === 'transient')) left.add(`f_${name.toLowerCase()}`);
    return left;
  }
}

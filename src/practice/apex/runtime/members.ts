import { Basis } from './basis.js';
import { ApexList, ApexSet } from './collections.js';
import { ApexFailure, ApexUnsupported } from './failures.js';
import { nativeKeys } from './native-keys.js';
import { nullPointer } from './numbers.js';
import { ApexObject, type ClassInfo, type Members as Generated } from './objects.js';
import { QueryRows } from './query-rows.js';
import { ApexSObject, type SObjectShape } from './sobjects.js';
import { typeNameOf } from './type-table.js';
import type { Value } from './values.js';

/** The count of rows a query loop hands over at once (Apex Developer Guide, SOQL For Loops). */
const BATCH = 200;

type Accessor = (this: ApexObject, ...args: Value[]) => Value | Generator<unknown, Value, Value>;

/** Fields of records, instances and native values, and elements of lists. */
export class MembersOfValues extends Basis {
  /** `target.name`. */
  public get(target: Value, name: string): Value {
    if (target instanceof ApexObject) return this.#instanceGet(target, name) as Value;
    return this.#otherGet(target, name);
  }

  /** `record.Parent.name`: null where the record has no parent, as on the platform. */
  public getThrough(parent: Value, name: string): Value {
    return parent === null ? null : this.#otherGet(parent, name);
  }

  /** The same where the getter lets the host in. */
  public *getEffect(target: Value, name: string): Generator<unknown, Value, Value> {
    if (!(target instanceof ApexObject)) return this.#otherGet(target, name);
    const value = this.#instanceGet(target, name);
    return isGenerator(value) ? yield* value : value;
  }

  /** `target.name = value`; gives the value. */
  public set(target: Value, name: string, value: Value): Value {
    if (!(target instanceof ApexObject)) return this.#otherSet(target, name, value);
    this.#instanceSet(target, name, value);
    return value;
  }

  public *setEffect(target: Value, name: string, value: Value): Generator<unknown, Value, Value> {
    if (!(target instanceof ApexObject)) return this.#otherSet(target, name, value);
    const done = this.#instanceSet(target, name, value);
    if (isGenerator(done)) yield* done;
    return value;
  }

  #instanceGet(target: ApexObject, name: string): ReturnType<Accessor> {
    const members = target as unknown as Generated;
    const getter = members[`g_${name.toLowerCase()}`];
    if (typeof getter === 'function') return (getter as Accessor).call(target);
    return this.fieldOf(target, name);
  }

  #instanceSet(target: ApexObject, name: string, value: Value): ReturnType<Accessor> {
    const setter = (target as unknown as Generated)[`p_${name.toLowerCase()}`];
    if (typeof setter === 'function') return (setter as Accessor).call(target, value);
    this.setFieldOf(target, name, value);
    return null;
  }

  public fieldOf(instance: ApexObject, name: string): Value {
    const value = (instance as unknown as Generated)[`f_${name.toLowerCase()}`];
    if (value === undefined) throw new ApexUnsupported(`${instance.typeName} has no field ${name}`);
    return value as Value;
  }

  public setFieldOf(instance: ApexObject, name: string, value: Value): void {
    const key = name.toLowerCase();
    const found = this.#declared(instance.$info, key);
    if (found === undefined) throw new ApexUnsupported(`${instance.typeName} has no field ${name}`);
    (instance as unknown as Generated)[`f_${key}`] = this.type(found).coerce(value);
  }

  /** The type of a field of a class or its parents. */
  #declared(info: ClassInfo | undefined, key: string): string | undefined {
    for (let at = info; at !== undefined; at = this.compiled.infos.get(at.parent ?? '')) {
      const field = at.fields.find((one) => !one.isStatic && one.name.toLowerCase() === key);
      if (field !== undefined) return field.type;
    }
    return undefined;
  }

  #otherGet(target: Value, name: string): Value {
    if (target === null) return nullPointer();
    if (target instanceof QueryRows) return this.#otherGet(target.single(), name);
    if (target instanceof ApexSObject) return this.#recordGet(target, name);
    for (const key of nativeKeys(target)) {
      const property = this.compiled.natives.get(key)?.properties?.[name.toLowerCase()];
      if (property !== undefined) return property.get(this as never, target);
    }
    throw new ApexUnsupported(`${typeNameOf(target)} has no field ${name}`);
  }

  #otherSet(target: Value, name: string, value: Value): Value {
    if (target === null) return nullPointer();
    if (target instanceof QueryRows) return this.#otherSet(target.single(), name, value);
    if (target instanceof ApexSObject) return this.#recordSet(target, name, value);
    for (const key of nativeKeys(target)) {
      const property = this.compiled.natives.get(key)?.properties?.[name.toLowerCase()];
      if (property?.set !== undefined) {
        property.set(this as never, target, value);
        return value;
      }
    }
    throw new ApexUnsupported(`${typeNameOf(target)} has no field ${name} to set`);
  }

  #recordGet(record: ApexSObject, name: string): Value {
    const { shape } = record;
    const key = name.toLowerCase();
    const field = shape.field(key)?.name;
    if (field !== undefined)
      return record.fields.get(field) ?? this.#missing(record, field, record.fields.has(field), null);
    const parent = shape.parent(key)?.name;
    if (parent !== undefined)
      return record.parents.get(parent) ?? this.#missing(record, parent, record.parents.has(parent), null);
    const child = shape.child(key);
    if (child === undefined) throw new ApexUnsupported(`${shape.name} has no field ${name}`);
    const children = record.children.get(child.name);
    return children ?? this.#missing(record, child.name, false, new ApexList(this.type(child.type)));
  }

  #missing(record: ApexSObject, name: string, isThere: boolean, value: Value): Value {
    if (isThere || !record.queried) return value;
    const message = `SObject row was retrieved via SOQL without querying the requested field: ${record.shape.name}.${name}`;
    throw new ApexFailure('System.SObjectException', message);
  }

  #recordSet(record: ApexSObject, name: string, value: Value): Value {
    record.requireWritable();
    const { shape } = record;
    const key = name.toLowerCase();
    const field = shape.field(key);
    const parent = shape.parent(key);
    if (field !== undefined) record.fields.set(field.name, this.type(field.type).coerce(value));
    else if (parent !== undefined)
      record.parents.set(parent.name, this.type('SObject').coerce(value) as ApexSObject | null);
    else throw new ApexUnsupported(`${shape.name} has no field ${name} to set`);
    return value;
  }

  /** `new Lead(LastName = 'x')`. */
  public record(typeName: string, pairs: ReadonlyArray<readonly [string, Value]>): ApexSObject {
    const record = new ApexSObject(this.shapeOf(typeName));
    for (const [name, value] of pairs) this.#recordSet(record, name, value);
    return record;
  }

  protected shapeOf(typeName: string): SObjectShape {
    const shape = this.compiled.names.sobject(typeName.toLowerCase());
    if (shape === undefined) throw new ApexUnsupported(`There is no object ${typeName} here`);
    return shape;
  }

  public index(list: Value, index: Value): Value {
    return this.#listAt(list, index).items[index as number] ?? null;
  }

  public setIndex(list: Value, index: Value, value: Value): Value {
    const found = this.#listAt(list, index);
    found.items[index as number] = found.element.coerce(value);
    return value;
  }

  #listAt(list: Value, index: Value): ApexList {
    if (list === null || index === null) return nullPointer();
    if (!(list instanceof ApexList) || typeof index !== 'number')
      throw new ApexUnsupported(`${typeNameOf(list)} has no elements by ${typeNameOf(index)}`);
    if (index < 0 || index >= list.items.length)
      throw new ApexFailure('System.ListException', `List index out of bounds: ${index}`);
    return list;
  }

  /** What `for (x : over)` goes through. */
  public each(over: Value): Iterable<Value> {
    if (over instanceof ApexList) return unchanged(over.items, () => over.items.length);
    if (over instanceof ApexSet) return unchanged(over.values(), () => over.size);
    if (over === null) return nullPointer();
    throw new ApexUnsupported(`A loop cannot go over a ${typeNameOf(over)}`);
  }

  /** A query's rows in lists. */
  public *batches(rows: Value): Generator<Value, void> {
    if (!(rows instanceof ApexList)) throw new ApexUnsupported('A loop over lists needs a query');
    for (let from = 0; from < rows.items.length; from += BATCH)
      yield new ApexList(rows.element, rows.items.slice(from, from + BATCH));
  }
}

/** The elements as long as the collection keeps its size. */
function* unchanged(items: readonly Value[], size: () => number): Generator<Value, void> {
  const before = size();
  for (let at = 0; at < before; at++) {
    yield items[at]!;
    if (size() !== before)
      throw new ApexFailure('System.FinalException', 'Cannot modify a collection while it is being iterated.');
  }
}

export function isGenerator(value: unknown): value is Generator<unknown, Value, Value> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value;
}

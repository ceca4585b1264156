/** `JSON.deserialize`: values of types out of JSON. */
import { ApexList, ApexMap, ApexSet } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import type { ClassInfo } from '../../runtime/objects.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import type { ApexType } from '../../runtime/type.js';
import type { Value } from '../../runtime/values.js';
import { instanceFields } from './fields.js';
import { isPrimitive, readPrimitive, untypedNumber } from './primitives.js';
import { JsonNumber, JsonObject, parseJson, JsonProblem, type Json } from './tree.js';

/** A text as JSON; what is none is a JSONException. */
export const jsonOf = (ctx: Ctx, text: string): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonProblem) return ctx.fail('System.JSONException', error.message);
    throw error;
  }
};

/** Objects become Map<String, Object>, lists List<Object>. */
export const untyped = (ctx: Ctx, json: Json): Value => {
  if (json === null || typeof json !== 'object') return json;
  if (json instanceof JsonNumber) return untypedNumber(json);
  const object = ctx.type('Object');
  if (Array.isArray(json))
    return new ApexList(
      object,
      json.map((item) => untyped(ctx, item))
    );
  const map = new ApexMap(ctx.type('String'), object);
  for (const [name, value] of json.members) map.put(name, untyped(ctx, value));
  return map;
};

/** Makes values of types. */
export class TypedReader {
  public constructor(
    private readonly ctx: Ctx,
    private readonly strict: boolean
  ) {}

  /** A value of a type. @throws System.JSONException where the JSON is not of it. */
  public read(json: Json, type: ApexType): Value {
    if (json === null) return null;
    const bare = type.key.replace(/<.*/s, '');
    if (isPrimitive(type.key)) return readPrimitive(this.ctx, type.key, json);
    if (bare === 'list' || bare === 'set') return this.elements(json, type, bare);
    if (bare === 'map') return this.map(json, type);
    const info = this.ctx.classInfo(type.name);
    if (info) return this.instance(this.members(json), info);
    if (typeof json === 'string') {
      return this.ctx.enumValue(type.name, json) ?? this.fail(`Illegal value for primitive`);
    }
    return this.record(this.members(json), type);
  }

  private elements(json: Json, type: ApexType, bare: string): Value {
    if (!Array.isArray(json)) return this.fail("Malformed JSON: Expected '[' at the beginning of List/Set");
    const values = json.map((item) => this.read(item, type.args[0]!));
    if (bare === 'list') return new ApexList(type.args[0]!, values);
    const set = new ApexSet(type.args[0]!);
    for (const value of values) set.add(value);
    return set;
  }

  private map(json: Json, type: ApexType): Value {
    const [keyType, valueType] = type.args as [ApexType, ApexType];
    const map = new ApexMap(keyType, valueType);
    for (const [name, value] of this.members(json).members)
      map.put(this.read(name, keyType), this.read(value, valueType));
    return map;
  }

  private members(json: Json): JsonObject {
    return json instanceof JsonObject ? json : this.fail("Malformed JSON: Expected '{' at the beginning of object");
  }

  /** No constructor runs. Names of fields are found whatever their case. */
  private instance(json: JsonObject, info: ClassInfo): Value {
    const fields = new Map(instanceFields(this.ctx, info).map((field) => [field.name.toLowerCase(), field]));
    const made = this.ctx.bareInstance(info.name);
    for (const [name, value] of json.members) {
      const field = fields.get(name.toLowerCase());
      if (field) this.ctx.setFieldOf(made, field.name, this.read(value, this.ctx.type(field.type)));
      else if (this.strict) this.fail(`Unknown field: ${info.name}.${name}`);
    }
    return made;
  }

  private record(json: JsonObject, type: ApexType): Value {
    const named = this.namedType(json);
    const made = this.ctx.construct(type.key === 'sobject' && named !== undefined ? named : this.madeOf(type), []);
    if (!(made instanceof ApexSObject)) return this.fail(`Apex Type unsupported in JSON: ${type.name}`);
    for (const [name, value] of json.members) if (name !== 'attributes') this.recordMember(made, name, value);
    return made;
  }

  private madeOf(type: ApexType): string {
    if (type.key === 'object' || type.key === 'sobject')
      return this.fail(`Apex Type unsupported in JSON: ${type.name}`);
    return type.name;
  }

  private recordMember(record: ApexSObject, name: string, json: Json): void {
    const lower = name.toLowerCase();
    const field = record.shape.field(lower);
    const parent = record.shape.parent(lower);
    const child = record.shape.child(lower);
    if (field) record.fields.set(field.name, this.read(json, this.ctx.type(field.type)));
    else if (parent) record.parents.set(parent.name, this.relative(json));
    else if (child) record.children.set(child.name, this.relatives(json, child.type));
    else this.fail(`No such column '${name}' on sobject of type ${record.typeName}`);
  }

  /** A record of another type: its attributes say which. */
  private relative(json: Json): ApexSObject | null {
    if (json === null) return null;
    const record = this.record(this.members(json), this.ctx.type('SObject'));
    return record as ApexSObject;
  }

  private relatives(json: Json, typeName: string): ApexList {
    const records = this.members(json).members.get('records');
    if (!Array.isArray(records)) return this.fail("Malformed JSON: Expected '[' at the beginning of List/Set");
    const rows = records.map((record) => this.relative(record));
    return new ApexList(this.ctx.type(typeName), rows);
  }

  private namedType(json: JsonObject): string | undefined {
    const attributes = json.members.get('attributes');
    const named = attributes instanceof JsonObject ? attributes.members.get('type') : undefined;
    return typeof named === 'string' ? named : undefined;
  }

  private fail(message: string): never {
    return this.ctx.fail('System.JSONException', message);
  }
}

import { plainKey } from './basics.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexObject } from './objects.js';
import { ApexSObject } from './sobjects.js';
import { ApexEnum, type Value } from './values.js';

const PRIMITIVES: Readonly<Record<string, readonly string[]>> = {
  number: ['integer'],
  bigint: ['long'],
  string: ['string', 'id'],
  boolean: ['boolean'],
};

/** The keys of the native types whose methods a value has, nearest first. */
export function nativeKeys(value: Value): readonly string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return PRIMITIVES[typeof value] ?? [];
  if (value instanceof ApexList) return ['list'];
  if (value instanceof ApexMap) return ['map'];
  if (value instanceof ApexSet) return ['set'];
  if (value instanceof ApexSObject) return [value.typeName.toLowerCase(), 'sobject'];
  if (value instanceof ApexEnum) return [plainKey(value.typeName), 'enum'];
  if (value instanceof ApexObject) return [...value.$info.supertypes];
  return [plainKey(value.typeName)];
}

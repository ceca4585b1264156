/** Reads the standard objects from the data files that `tools/catalog.mjs` made of the object references. */
import { readFileSync, readdirSync } from 'node:fs';
import { expandField, fieldMap, type CompactField } from './fields.js';
import type { ObjectDef } from './types.js';

const FOLDER = new URL('./data/', import.meta.url);

type CompactObject = {
  name: string;
  label: string;
  plural: string;
  prefix: string;
  /** What clients may do: Create Update Delete Query; S for a setup object, T for one of the Tooling API alone. */
  may: string;
  nameField: string;
  fields: Record<string, CompactField>;
};

const expand = (data: CompactObject): ObjectDef => ({
  name: data.name,
  label: data.label,
  labelPlural: data.plural,
  keyPrefix: data.prefix,
  custom: false,
  createable: data.may.includes('C'),
  updateable: data.may.includes('U'),
  deletable: data.may.includes('D'),
  queryable: data.may.includes('Q'),
  setup: data.may.includes('S'),
  tooling: data.may.includes('T'),
  fields: fieldMap(
    Object.entries(data.fields).map(([name, compact]) => expandField(name, compact, name === data.nameField))
  ),
});

let cached: ObjectDef[] | undefined;

/** Every standard object. Read once; definitions are never changed in place. */
export const standardObjects = (): ObjectDef[] => {
  cached ??= readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => expand(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CompactObject));
  return cached;
};

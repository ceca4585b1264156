/** Shapes of metadata types, as `tools/metadata-schema.mjs` read them from the references. */
import { readFileSync } from 'node:fs';

export type ElementRule = {
  name: string;
  /** `string`, `boolean`, `int`, `double` …, an enumeration or a complex type. */
  type: string;
  optional: boolean;
  repeats: boolean;
};

type Data = { types: Record<string, string[]>; enums: Record<string, string[]> };

let data: Data | undefined;

const load = (): Data =>
  (data ??= JSON.parse(readFileSync(new URL('../data/schema.json', import.meta.url), 'utf8')) as Data);

const ruleOf = (text: string): ElementRule => {
  const [name = '', type = '', flags = ''] = text.split(' ');
  return { name, type, optional: flags.includes('?'), repeats: flags.includes('*') };
};

const shapes = new Map<string, ReadonlyMap<string, ElementRule>>();

const read = (type: string): Map<string, ElementRule> => {
  const lines = load().types[type] ?? [];
  const base = lines[0]?.startsWith('extends ')
    ? read(lines[0].slice('extends '.length))
    : new Map<string, ElementRule>();
  for (const line of lines.filter((text) => !text.startsWith('extends '))) base.set(ruleOf(line).name, ruleOf(line));
  return base;
};

/** Whether a type has elements of its own. */
export const isComplex = (type: string): boolean => Object.hasOwn(load().types, type);

/** Values of an enumeration; undefined for other types. */
export const valuesOf = (type: string): string[] | undefined =>
  Object.hasOwn(load().enums, type) ? load().enums[type] : undefined;

/** Elements of a complex type by name, in the order in which they are written. */
export const shapeOf = (type: string): ReadonlyMap<string, ElementRule> => {
  let shape = shapes.get(type);
  if (!shape) shapes.set(type, (shape = read(type)));
  return shape;
};

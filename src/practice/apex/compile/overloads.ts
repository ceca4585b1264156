import { NULL } from './body.js';
import { chainOf, type ClassModel, type MethodModel, type SType } from './model.js';
import { assignable } from './types.js';

/** Methods of a class, its parents and interfaces by name and count of arguments; overridden ones left out. */
export function methodsOf(model: ClassModel, key: string, count: number): MethodModel[] {
  const found = new Map<string, MethodModel>();
  for (const one of lineage(model)) {
    for (const method of one.methods) {
      const fits = method.key === key && method.parameters.length === count;
      if (fits && !found.has(method.signature)) found.set(method.signature, method);
    }
  }
  return [...found.values()];
}

/** The class, its parents, and all interfaces of the program they have. */
export function lineage(model: ClassModel): Set<ClassModel> {
  const found = new Set<ClassModel>(chainOf(model));
  for (const one of found) {
    const up = one.interfaces.flatMap((type) => (type.of?.kind === 'class' ? chainOf(type.of) : []));
    for (const other of up) found.add(other);
  }
  return found;
}

type Callable = { readonly parameters: readonly SType[] };

/** The one that fits the arguments' types best; undefined where only their values can tell. */
export function best<One extends Callable>(
  all: readonly One[],
  args: ReadonlyArray<SType | undefined>
): One | undefined {
  if (all.length <= 1) return all[0];
  const known = args.map((arg) => (arg?.key === NULL.key ? undefined : arg));
  const exact = all.filter((one) => one.parameters.every((type, index) => type.key === known[index]?.key));
  if (exact.length === 1) return exact[0];
  const possible = all.filter((one) => one.parameters.every((type, index) => assignable(known[index], type)));
  if (possible.length === 1) return possible[0];
  if (args.some((arg) => arg === undefined)) return undefined;
  return possible.find((one) => possible.every((other) => one === other || narrower(one, other)));
}

function narrower(one: Callable, other: Callable): boolean {
  return one.parameters.every((type, index) => assignable(type, other.parameters[index]!));
}

import type { ClassModel, MethodModel } from './model.js';

/**
 * The generated names of methods. Where all methods of a name and count of arguments have the same parameters, the
 * method is `name$2`; else each signature has a name of its own, and `name$2` chooses between them when it is called.
 */
export class Signatures {
  readonly #known = new Map<string, string[]>();

  public constructor(classes: readonly ClassModel[]) {
    for (const method of classes.flatMap((one) => one.methods)) {
      const key = plainName(method);
      const list = this.#known.get(key) ?? [];
      if (!list.includes(method.signature)) this.#known.set(key, [...list, method.signature]);
    }
  }

  /** Whether the plain name of a method only chooses. */
  public overloaded(method: MethodModel): boolean {
    return (this.#known.get(plainName(method)) ?? []).length > 1;
  }

  public nameOf(method: MethodModel): string {
    const list = this.#known.get(plainName(method)) ?? [];
    return list.length > 1 ? `${plainName(method)}$${list.indexOf(method.signature)}` : plainName(method);
  }
}

/** `name$2`; static ones are apart: `s_name$2`. */
export function plainName(method: MethodModel): string {
  return `${method.isStatic ? 's_' : ''}${method.key}$${method.parameters.length}`;
}

/** The key of a method in the call graph. */
export function methodKey(method: MethodModel): string {
  const name = `${method.key}$${method.parameters.length}`;
  return method.isStatic ? `s:${method.owner.key}.${name}` : `m:${name}`;
}

/** The key of a method alone. */
export function ownKey(method: MethodModel): string {
  return `o:${method.owner.key}.${method.key}(${method.signature})`;
}

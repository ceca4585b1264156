import { unsupported } from '../parse/errors.js';
import { interfacesOf, type ClassModel, type MethodModel } from './model.js';
import { methodKey } from './signatures.js';

/** Methods natives call themselves, and the interface a class has to have for it; undefined: any class. */
const CALLBACKS: Readonly<Record<string, string | undefined>> = {
  compareto$1: 'comparable',
  compare$2: 'comparator',
  iterator$0: 'iterable',
  hasnext$0: 'iterator',
  next$0: 'iterator',
  equals$1: undefined,
  hashcode$0: undefined,
  tostring$0: undefined,
};

/** Natives cannot let the host in: what they call back must have no effect. */
export function checkCallbacks(classes: readonly ClassModel[], effects: ReadonlySet<string>): void {
  for (const method of classes.flatMap((one) => one.methods)) {
    if (!isCallback(method) || !effects.has(methodKey(method))) continue;
    const error = unsupported(`a query or DML in ${method.name}, which the platform calls itself`, method.decl.at);
    error.source = method.owner.unit.name;
    throw error;
  }
}

function isCallback(method: MethodModel): boolean {
  const key = `${method.key}$${method.parameters.length}`;
  if (method.isStatic || !(key in CALLBACKS)) return false;
  const wanted = CALLBACKS[key];
  return wanted === undefined || interfacesOf(method.owner).some((type) => type.key.replace(/<.*/s, '') === wanted);
}

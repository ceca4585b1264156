import { unsupported } from '../parse/errors.js';
import { EFFECT, type CallGraph } from './effects.js';
import { interfacesOf, type ClassModel, type MethodModel } from './model.js';
import { methodKey, ownKey } from './signatures.js';

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

/**
 * Natives cannot let the host in: what they call back must have no effect. Marks methods that have one; what reaches it through
 * one of these only is no fault of its own.
 * @returns whether there are any that were not marked before
 */
export function markCallbacks(classes: readonly ClassModel[], graph: CallGraph): boolean {
  const callbacks = classes.flatMap((one) => one.methods).filter(isCallback);
  const keys = new Set(callbacks.map(methodKey));
  const found = callbacks.filter((one) => !one.broken && graph.reaches(ownKey(one), EFFECT, (key) => keys.has(key)));
  for (const method of found)
    method.broken = unsupported(`a query or DML in ${method.name}, which the platform calls itself`, method.decl.at);
  return found.length > 0;
}

function isCallback(method: MethodModel): boolean {
  const key = `${method.key}$${method.parameters.length}`;
  if (method.isStatic || !(key in CALLBACKS)) return false;
  const wanted = CALLBACKS[key];
  return wanted === undefined || interfacesOf(method.owner).some((type) => type.key.replace(/<.*/s, '') === wanted);
}

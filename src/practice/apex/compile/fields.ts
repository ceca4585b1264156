import type { Pos } from '../parse/ast.js';
import type { Body, Code } from './body.js';
import { chainOf, nestOf, type ClassModel, type FieldModel } from './model.js';
import { checkVisible } from './visibility.js';

/** A value of a static member: the class is initialised before, where it is not the one that runs. */
export function initialised(body: Body, model: ClassModel, code: string, at: Pos): string {
  if (!model.hasStaticInit || chainOf(body.model).includes(model)) return code;
  return `(z_${model.js} || ${body.call(`z:${model.key}`, `zi_${model.js}()`, at)}, ${code})`;
}

/** The field a name alone means: one of this class, its parents, or the classes around. */
export function fieldInScope(body: Body, name: string): FieldModel | undefined {
  const key = name.toLowerCase();
  for (const around of nestOf(body.model)) {
    const field = fieldOf(around, key);
    if (field !== undefined && (field.isStatic || (around === body.model && !body.options.isStatic))) return field;
  }
  return undefined;
}

/** A field of a class or its parents by its name in lower case. */
export function fieldOf(model: ClassModel, key: string): FieldModel | undefined {
  return chainOf(model)
    .map((one) => one.fields.get(key))
    .find((one) => one !== undefined);
}

/** Where the value of a static field is kept. */
export function staticName(field: FieldModel): string {
  return `v_${field.owner.js}$${field.key}`;
}

/** The value of a field; `target` is left out for static ones. */
export function readField(body: Body, field: FieldModel, target: string, at: Pos): Code {
  const { type } = field;
  checkVisible(body, field, { kind: 'Variable', name: field.name, at });
  const runs = field.getter && body.options.property !== field;
  if (field.isStatic) {
    const key = `sg:${field.owner.key}.${field.key}`;
    const code = runs ? body.call(key, `${body.mark(at)}${field.owner.js}.sg_${field.key}()`, at) : staticName(field);
    return { type, code: initialised(body, field.owner, code, at) };
  }
  if (!runs) return { type, code: `${target}.${body.mark(at)}f_${field.key}` };
  return { type, code: body.call(`g:${field.key}`, `${target}.${body.mark(at)}g_${field.key}()`, at) };
}

/** What is final gets its value where it is made (Apex Developer Guide, Using the final Keyword). */
function checkFinal(body: Body, { owner, isStatic, modifiers }: FieldModel, at: Pos): void {
  const parts = isStatic ? ['z:'] : ['c:', 'i:'];
  const isMade = body.model === owner && parts.some((part) => body.options.key.startsWith(part));
  if (modifiers.includes('final') && !isMade)
    body.refuse('Final members can only be assigned in their declaration, init blocks, or constructors', at);
}

/** Gives a field a value that has its type already; the code's value is that value. */
export function writeField(body: Body, field: FieldModel, to: { target: string; value: string; at: Pos }): string {
  const { target, value, at } = to;
  checkVisible(body, field, { kind: 'Variable', name: field.name, at });
  checkFinal(body, field, at);
  const runs = field.setter && body.options.property !== field;
  if (field.isStatic && !runs) return initialised(body, field.owner, `${staticName(field)} = ${value}`, at);
  if (!runs) return `${target}.${body.mark(at)}f_${field.key} = ${value}`;
  const kept = body.temp();
  const [key, accessor] = field.isStatic
    ? [`sp:${field.owner.key}.${field.key}`, `${field.owner.js}.sp_${field.key}`]
    : [`p:${field.key}`, `${target}.${body.mark(at)}p_${field.key}`];
  const set = body.call(key, `${accessor}(${kept} = ${value})`, at);
  return field.isStatic ? initialised(body, field.owner, `(${set}, ${kept})`, at) : `(${set}, ${kept})`;
}

import type { CallExpr, Expr, FieldExpr, IndexExpr, Pos } from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import type { NativeType } from '../runtime/native.js';
import type { Body, Code } from './body.js';
import { memberCall } from './calls.js';
import { fieldInScope, fieldOf, readField } from './fields.js';
import type { EnumModel, SType } from './model.js';
import { freePath, nativeType, programType } from './paths.js';
import { platformPath } from './platform.js';
import { staticCall } from './static-calls.js';

/** A link of a chain; `guards` are what makes the whole chain null: the tests of `?.` on the way. */
type Link = Code & { readonly guards: readonly string[]; readonly isParent?: boolean };

export type ChainExpr = FieldExpr | CallExpr | IndexExpr;

/** `a.b`, `a.b()`, `a[0]` and chains of them; `?.` leaves the rest of the chain out. */
export function chainCode(body: Body, expr: ChainExpr): Code {
  const { code, type, guards } = link(body, expr);
  return guards.length === 0 ? { code, type } : { code: `(${guards.join(' || ')} ? null : ${code})`, type };
}

function link(body: Body, expr: Expr): Link {
  if (expr.kind === 'index') return indexLink(body, expr);
  if (expr.kind !== 'field' && expr.kind !== 'call') return { ...body.expr(expr), guards: [] };
  const alone = expr.kind === 'field' ? pathValue(body, expr) : staticCall(body, expr);
  if (alone !== undefined) return { ...alone, guards: [] };
  if (expr.target === undefined || expr.target.kind === 'super') return { ...body.expr(expr), guards: [] };
  const before = link(body, expr.target);
  const { target, guards } = expr.safe ? guarded(body, before) : { target: before, guards: before.guards };
  const value =
    expr.kind === 'call'
      ? memberCall(body, target, expr)
      : before.isParent
        ? parentValue(body, target, expr)
        : memberValue(body, target, expr);
  return { ...value, guards, isParent: isParent(body, before, expr) };
}

/** Whether a name is a relationship upward of a record: `lead.Owner`. */
const isParent = (body: Body, { type }: Code, { kind, name }: FieldExpr | CallExpr): boolean =>
  kind === 'field' &&
  type?.kind === 'sobject' &&
  body.shared.names.sobject(type.key)?.parent(name.toLowerCase()) !== undefined;

/** A field of the parent of a record; null where there is no parent. */
const parentValue = (body: Body, target: Code, { name, at }: FieldExpr): Code => ({
  code: `${body.mark(at)}$.getThrough(${target.code}, ${JSON.stringify(name)})`,
  type: memberType(body, target.type, { name, at }),
});

function guarded(body: Body, before: Link): { target: Code; guards: readonly string[] } {
  const kept = body.temp();
  return {
    target: { code: kept, type: before.type },
    guards: [...before.guards, `(${kept} = ${before.code}) === null`],
  };
}

function indexLink(body: Body, expr: IndexExpr): Link {
  const before = link(body, expr.target);
  const index = body.expr(expr.index);
  return {
    code: `${body.mark(expr.at)}$.index(${before.code}, ${index.code})`,
    type: before.type?.args[0],
    guards: before.guards,
  };
}

/** A field of a value. */
export function memberValue(body: Body, target: Code, { name, at }: { name: string; at: Pos }): Code {
  const model = target.type?.of;
  if (model?.kind === 'class') {
    const field = fieldOf(model, name.toLowerCase());
    if (field !== undefined) return readField(body, field, target.code, at);
    return body.refuse(`Variable does not exist: ${name} on ${model.name}`, at);
  }
  const key = `g:${name.toLowerCase()}`;
  body.edge(key);
  const get = body.shared.effects.has(key) ? 'getEffect' : 'get';
  const code = `${body.mark(at)}$.${get}(${target.code}, ${JSON.stringify(name)})`;
  const type = memberType(body, target.type, { name, at });
  return { code: get === 'get' ? code : `(yield* ${code})`, type };
}

/** The type of a field of an SObject or a property of a native type; refuses fields that do not exist. */
export function memberType(
  body: Body,
  target: SType | undefined,
  { name, at }: { name: string; at: Pos }
): SType | undefined {
  if (target?.kind === 'sobject') return sobjectMember(body, target, { name, at });
  const returns = target?.native?.properties?.[name.toLowerCase()]?.returns;
  return returns === undefined ? undefined : body.shared.types.parse(returns);
}

function sobjectMember(body: Body, target: SType, { name, at }: { name: string; at: Pos }): SType | undefined {
  const { types, names } = body.shared;
  const shape = names.sobject(target.key);
  const key = name.toLowerCase();
  const field = shape?.field(key);
  if (field !== undefined) return types.parse(field.type);
  const parent = shape?.parent(key);
  if (parent !== undefined) return parent.type === 'SObject' ? undefined : types.parse(parent.type);
  const child = shape?.child(key);
  if (child !== undefined) return types.parse(`List<${child.type}>`);
  return body.refuse(`Field does not exist: ${name} on ${target.name}`, at);
}

/** What a path of names alone means: a static field, an enum's value, Trigger.new, a value of the host. */
function pathValue(body: Body, expr: FieldExpr): Code | undefined {
  const path = freePath(body, expr);
  if (path === undefined) return undefined;
  const owners = path.slice(0, -1);
  if (owners.length === 1 && owners[0]!.toLowerCase() === 'trigger') return triggerValue(body, expr);
  const model = programType(body, owners);
  if (model !== undefined) return model.kind === 'enum' ? enumValue(body, model, expr) : classValue(body, model, expr);
  const native = nativeType(body, owners);
  const own = native === undefined ? undefined : nativeValue(body, native, expr);
  if (own !== undefined) return own;
  const known = body.shared.names.resolves(path);
  if (known === 0 && native === undefined && platformPath(path) !== undefined)
    throw unsupported(path.join('.'), expr.at);
  if (known !== path.length) return undefined;
  return { code: `${body.mark(expr.at)}$.hostValue(${JSON.stringify(path)})`, type: undefined };
}

function classValue(body: Body, model: NonNullable<SType['of']> & { kind: 'class' }, { name, at }: FieldExpr): Code {
  const field = fieldOf(model, name.toLowerCase());
  if (field?.isStatic !== true) return body.refuse(`Variable does not exist: ${name} on ${model.name}`, at);
  return readField(body, field, '', at);
}

function enumValue(body: Body, model: EnumModel, { name, at }: FieldExpr): Code {
  const index = model.decl.values.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  if (index < 0) body.refuse(`Variable does not exist: ${name} on ${model.name}`, at);
  return { code: `${model.js}[${index}]`, type: body.shared.types.of(model) };
}

function nativeValue(body: Body, native: NativeType, { name, at }: FieldExpr): Code | undefined {
  const property = native.staticProperties?.[name.toLowerCase()];
  const isValue = native.values?.some((one) => one.toLowerCase() === name.toLowerCase()) ?? false;
  if (property === undefined && !isValue) return undefined;
  const type = isValue
    ? body.basic(native.name)
    : property?.returns === undefined
      ? undefined
      : body.shared.types.parse(property.returns);
  return { code: `${body.mark(at)}$.nativeValue(${JSON.stringify(native.name)}, ${JSON.stringify(name)})`, type };
}

const TRIGGER_FLAGS = new Set(['isbefore', 'isafter', 'isinsert', 'isupdate', 'isdelete', 'isundelete', 'isexecuting']);

function triggerValue(body: Body, { name, at }: FieldExpr): Code {
  const key = name.toLowerCase();
  const type = TRIGGER_FLAGS.has(key) ? body.basic('Boolean') : key === 'size' ? body.basic('Integer') : undefined;
  return { code: `${body.mark(at)}$.trigger(${JSON.stringify(key)})`, type };
}

/** A name alone: a variable or a field. */
export function nameCode(body: Body, { name, at }: { name: string; at: Pos }): Code {
  const type = body.local(name);
  if (type !== undefined) return { code: `l_${name.toLowerCase()}`, type };
  const field = fieldInScope(body, name);
  if (field === undefined) return body.refuse(`Variable does not exist: ${name}`, at);
  return readField(body, field, 'this', at);
}

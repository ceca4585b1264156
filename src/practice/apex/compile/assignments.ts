import type { AssignExpr, Expr, StepExpr } from '../parse/ast.js';
import type { Body, Code } from './body.js';
import { memberType, memberValue } from './chains.js';
import { fieldInScope, fieldOf, readField, writeField } from './fields.js';
import type { FieldModel, SType } from './model.js';
import { binaryCode } from './operators.js';
import { freePath, programType } from './paths.js';

/** What can be assigned to. `setup` keeps what is used twice; `write` takes a value of the target's type. */
type Target = {
  readonly type: SType | undefined;
  readonly setup: readonly string[];
  read(): Code;
  write(value: string): string;
};

/** `=`, `+=` and so on. */
export function assignCode(body: Body, expr: AssignExpr): Code {
  const { op } = expr;
  const target = targetOf(body, expr.target, op !== undefined);
  if (op === undefined) {
    const value = target.type === undefined ? body.expr(expr.value).code : body.as(expr.value, target.type);
    return { code: `(${target.write(value)})`, type: target.type };
  }
  if (op === '&&' || op === '||' || op === '??') return body.refuse(`Unknown operator: ${op}=`, expr.at);
  const changed = binaryCode(body, op, { left: target.read(), right: body.expr(expr.value), at: expr.at });
  return { code: written(body, target, changed, expr), type: target.type };
}

function written(body: Body, target: Target, value: Code, { at }: Expr): string {
  const typed = target.type === undefined ? value.code : body.coerced(value, target.type, at);
  return `(${[...target.setup, target.write(typed)].join(', ')})`;
}

/** `++` and `--`. */
export function stepCode(body: Body, expr: StepExpr): Code {
  const target = targetOf(body, expr.target, true);
  const by = expr.op === '++' ? 1 : -1;
  const read = target.read().code;
  if (expr.prefix) {
    const value = `${body.mark(expr.at)}step(${read}, ${by})`;
    return { code: `(${[...target.setup, target.write(value)].join(', ')})`, type: target.type };
  }
  const before = body.temp();
  const write = target.write(`${body.mark(expr.at)}step(${before}, ${by})`);
  return { code: `(${[...target.setup, `${before} = ${read}`, write, before].join(', ')})`, type: target.type };
}

function targetOf(body: Body, expr: Expr, twice: boolean): Target {
  if (expr.kind === 'name') return nameTarget(body, expr);
  if (expr.kind === 'index') return indexTarget(body, expr, twice);
  if (expr.kind !== 'field' || expr.safe) return body.refuse('Expression cannot be assigned', expr.at);
  const path = freePath(body, expr.target);
  const model = path === undefined ? undefined : programType(body, path);
  if (model?.kind === 'class') {
    const field = fieldOf(model, expr.name.toLowerCase());
    if (field?.isStatic !== true) return body.refuse(`Variable does not exist: ${expr.name} on ${model.name}`, expr.at);
    return fieldTarget(body, field, { target: '', setup: [], at: expr.at });
  }
  return memberTarget(body, expr, twice);
}

function nameTarget(body: Body, expr: Expr & { kind: 'name' }): Target {
  const type = body.local(expr.name);
  const js = `l_${expr.name.toLowerCase()}`;
  if (type !== undefined)
    return { type, setup: [], read: () => ({ code: js, type }), write: (value) => `${js} = ${value}` };
  const field = fieldInScope(body, expr.name);
  if (field === undefined) return body.refuse(`Variable does not exist: ${expr.name}`, expr.at);
  return fieldTarget(body, field, { target: 'this', setup: [], at: expr.at });
}

function fieldTarget(
  body: Body,
  field: FieldModel,
  on: { target: string; setup: readonly string[]; at: Expr['at'] }
): Target {
  return {
    type: field.type,
    setup: on.setup,
    read: () => readField(body, field, on.target, on.at),
    write: (value) => writeField(body, field, { target: on.target, value, at: on.at }),
  };
}

/** A value's code, kept in a temporary where it is used twice. */
function kept(body: Body, code: string, twice: boolean): { code: string; setup: readonly string[] } {
  if (!twice || code === 'this') return { code, setup: [] };
  const name = body.temp();
  return { code: name, setup: [`${name} = ${code}`] };
}

function memberTarget(body: Body, expr: Expr & { kind: 'field' }, twice: boolean): Target {
  const owner = body.expr(expr.target);
  const { code: target, setup } = kept(body, owner.code, twice);
  const { name, at } = expr;
  if (owner.type?.of?.kind === 'class') {
    const field = fieldOf(owner.type.of, name.toLowerCase());
    if (field === undefined) return body.refuse(`Variable does not exist: ${name} on ${owner.type.name}`, at);
    return fieldTarget(body, field, { target, setup, at });
  }
  const type = memberType(body, owner.type, { name, at });
  const rest = `(${target}, ${JSON.stringify(name)}`;
  const key = `p:${name.toLowerCase()}`;
  return {
    type,
    setup,
    read: () => memberValue(body, { code: target, type: owner.type }, { name, at }),
    write: (value) => {
      body.edge(key);
      if (!body.shared.effects.has(key)) return `${body.mark(at)}$.set${rest}, ${value})`;
      return `(${body.mark(at)}yield* $.setEffect${rest}, ${value}))`;
    },
  };
}

function indexTarget(body: Body, expr: Expr & { kind: 'index' }, twice: boolean): Target {
  const list = body.expr(expr.target);
  const target = kept(body, list.code, twice);
  const index = kept(body, body.expr(expr.index).code, twice);
  const type = list.type?.args[0];
  const rest = `(${target.code}, ${index.code}`;
  return {
    type,
    setup: [...target.setup, ...index.setup],
    read: () => ({ code: `${body.mark(expr.at)}$.index${rest})`, type }),
    write: (value) => `${body.mark(expr.at)}$.setIndex${rest}, ${value})`,
  };
}

import type { Expr } from '../parse/ast.js';
import type { NativeType } from '../runtime/native.js';
import { plainKey } from '../runtime/basics.js';
import type { Body } from './body.js';
import { fieldInScope } from './fields.js';
import type { ClassModel, EnumModel } from './model.js';

/** The names of `a.b.c`; undefined for everything else. */
export function namesOf(expr: Expr): string[] | undefined {
  if (expr.kind === 'name') return [expr.name];
  if (expr.kind !== 'field' || expr.safe) return undefined;
  const target = namesOf(expr.target);
  return target === undefined ? undefined : [...target, expr.name];
}

/** The names of an expression whose first name is no variable: what may be a type or a value of the host. */
export function freePath(body: Body, expr: Expr): string[] | undefined {
  const path = namesOf(expr);
  if (path === undefined || body.local(path[0]!) !== undefined) return undefined;
  return fieldInScope(body, path[0]!) === undefined ? path : undefined;
}

/** The class or enum of the program a path names. */
export function programType(body: Body, path: readonly string[]): ClassModel | EnumModel | undefined {
  return body.shared.types.program(path.join('.'), body.model);
}

/** The native type a path names. */
export function nativeType(body: Body, path: readonly string[]): NativeType | undefined {
  return body.shared.types.natives.get(plainKey(path.join('.')));
}

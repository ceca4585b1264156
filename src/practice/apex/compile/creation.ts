import type { Expr, NewExpr, Pos } from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import type { Body, Code } from './body.js';
import { memberType } from './chains.js';
import { initialised } from './fields.js';
import { isException, type ClassModel, type SType } from './model.js';
import { best } from './overloads.js';
import { assignable, clashes } from './types.js';
import { checkVisible, modified } from './visibility.js';

/** `new`. */
export function newCode(body: Body, expr: NewExpr): Code {
  const type = body.shared.types.resolve(expr.type, body.model);
  const bare = type.key.replace(/<.*/s, '');
  if (['list', 'set', 'map'].includes(bare)) return { code: collection(body, type, expr), type };
  if (type.missing !== undefined) throw unsupported(type.missing, expr.at);
  if (expr.form !== 'args' && expr.args.length > 0)
    return body.refuse(`${type.name} takes no values in braces`, expr.at);
  if (type.of?.kind === 'class') return { code: instance(body, type.of, expr), type };
  if (type.kind === 'sobject') return { code: record(body, type, expr), type };
  if (type.native?.constructs === undefined && type.native?.exception === undefined)
    return body.refuse(`Type cannot be constructed: ${type.name}`, expr.at);
  const args = expr.args.map((arg) => body.expr(arg).code).join(', ');
  return { code: `${body.mark(expr.at)}$.makeNative(${body.shared.typeConstant(type)}, [${args}])`, type };
}

function collection(body: Body, type: SType, expr: NewExpr): string {
  const constant = body.shared.typeConstant(type);
  const args = expr.args.map((arg, index) =>
    expr.form === 'elements'
      ? body.as(arg, type.args[0]!)
      : expr.form === 'pairs'
        ? body.as(arg, type.args[index % 2]!)
        : body.expr(arg).code
  );
  return `${body.mark(expr.at)}$.collection(${constant}, ${JSON.stringify(expr.form)}, [${args.join(', ')}])`;
}

function record(body: Body, type: SType, expr: NewExpr): string {
  const pairs = expr.args.map((arg) => {
    const { name, value, at } = namedArgument(body, arg);
    const field = memberType(body, type, { name, at });
    return `[${JSON.stringify(name)}, ${field === undefined ? body.expr(value).code : body.as(value, field)}]`;
  });
  return `${body.mark(expr.at)}$.record(${JSON.stringify(type.name)}, [${pairs.join(', ')}])`;
}

function namedArgument(body: Body, arg: Expr): { name: string; value: Expr; at: Pos } {
  if (arg.kind === 'assign' && arg.op === undefined && arg.target.kind === 'name')
    return { name: arg.target.name, value: arg.value, at: arg.at };
  return body.refuse('Invalid constructor syntax, name=value pairs can only be used for SObjects', arg.at);
}

function instance(body: Body, model: ClassModel, expr: NewExpr): string {
  if (model.decl.kind === 'interface' || model.decl.modifiers.includes('abstract'))
    return body.refuse(`Type cannot be constructed: ${model.name}`, expr.at);
  const code = constructorCall(body, model, { target: `new ${model.js}()`, args: expr.args, at: expr.at });
  return initialised(body, model, code, expr.at);
}

/** A call of a constructor on an object that is there already: the new one, `this`, or `super`. */
export function constructorCall(
  body: Body,
  model: ClassModel,
  call: { target: string; args: readonly Expr[]; at: Pos }
): string {
  const count = call.args.length;
  const args = call.args.map((arg) => body.expr(arg));
  const types = args.map((arg) => arg.type);
  const all = model.constructors.filter((one) => one.parameters.length === count);
  const chosen = best(all, types);
  const builtIn = builtInName(model, types);
  const name = builtIn ?? constructorName(model, count, chosen?.signature);
  const written = builtIn === undefined ? (chosen ?? all[0])?.decl : undefined;
  if (written !== undefined)
    checkVisible(body, { owner: model, ...modified(written) }, { kind: 'Constructor', name: model.name, at: call.at });
  const fitting = all.some((one) => one.parameters.every((type, index) => !clashes(types[index], type)));
  if (!fitting && builtIn === undefined) {
    const given = types.map((type) => type?.name ?? 'Object').join(', ');
    return body.refuse(`Constructor not defined: [${model.name}].<Constructor>(${given})`, call.at);
  }
  const list = args.map((arg) => arg.code).join(', ');
  return body.call(`c:${model.key}$${count}`, `${call.target}.${body.mark(call.at)}${name}(${list})`, call.at);
}

/** The name of a constructor nobody wrote, where the arguments are for it and for none of those written. */
function builtInName(model: ClassModel, types: ReadonlyArray<SType | undefined>): string | undefined {
  const count = types.length;
  const same = model.constructors.filter((one) => one.parameters.length === count);
  if (!isException(model))
    return model.constructors.length === 0 && count === 0 ? constructorName(model, 0) : undefined;
  const taken = same.some((one) => one.parameters.every((type, index) => assignable(types[index], type)));
  return count > 2 || taken ? undefined : exceptionConstructor(model, count);
}

/** The generated name of a constructor every exception has; apart from one that was written with as many parameters. */
export function exceptionConstructor(model: ClassModel, count: number): string {
  const written = model.constructors.some((one) => one.parameters.length === count);
  return `${constructorName(model, count)}${written ? '$b' : ''}`;
}

/** The generated name of a constructor; without a signature that of the one that chooses. */
export function constructorName(model: ClassModel, count: number, signature?: string): string {
  const same = model.constructors.filter((one) => one.parameters.length === count);
  const plain = `${model.js}$${count}`;
  if (signature === undefined || same.length <= 1) return plain;
  return `${plain}$${same.findIndex((one) => one.signature === signature)}`;
}

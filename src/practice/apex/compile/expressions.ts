import type { BinaryExpr, Expr, LiteralExpr, SoqlExpr, UnaryExpr } from '../parse/ast.js';
import { unsupported } from '../parse/errors.js';
import { assignCode, stepCode } from './assignments.js';
import { NULL, type Body, type Code } from './body.js';
import { ownCall, superCall } from './calls.js';
import { chainCode, nameCode } from './chains.js';
import { constructorCall, newCode } from './creation.js';
import { binaryCode, eitherType } from './operators.js';

/** Any expression. */
export function exprCode(body: Body, expr: Expr): Code {
  switch (expr.kind) {
    case 'literal':
      return literalCode(body, expr);
    case 'name':
      return nameCode(body, expr);
    case 'this':
      return thisCode(body, expr);
    case 'super':
      return body.refuse('super stands for nothing alone', expr.at);
    case 'field':
    case 'index':
      return chainCode(body, expr);
    case 'call':
      if (expr.target === undefined) return ownCall(body, expr);
      return expr.target.kind === 'super' ? superCall(body, expr) : chainCode(body, expr);
    case 'new':
      return newCode(body, expr);
    case 'assign':
      return assignCode(body, expr);
    case 'step':
      return stepCode(body, expr);
    default:
      return otherCode(body, expr);
  }
}

type Other = Exclude<
  Expr,
  { kind: 'literal' | 'name' | 'this' | 'super' | 'field' | 'index' | 'call' | 'new' | 'assign' | 'step' }
>;

function otherCode(body: Body, expr: Other): Code {
  switch (expr.kind) {
    case 'binary':
      return binary(body, expr);
    case 'unary':
      return unary(body, expr);
    case 'ternary': {
      const [yes, no] = [body.expr(expr.yes), body.expr(expr.no)];
      return { code: `(${body.test(expr.test)} ? ${yes.code} : ${no.code})`, type: eitherType(yes.type, no.type) };
    }
    case 'cast': {
      const type = body.made(expr.type);
      const operand = body.expr(expr.operand);
      if (operand.type?.key === type.key) return operand;
      return { code: `${body.mark(expr.at)}$.cast(${body.shared.typeConstant(type)}, ${operand.code})`, type };
    }
    case 'instanceof': {
      const type = body.made(expr.type);
      return {
        code: `${body.shared.typeConstant(type)}.is(${body.expr(expr.operand).code})`,
        type: body.basic('Boolean'),
      };
    }
    case 'classLiteral': {
      const type = body.made(expr.type);
      return { code: `$.typeValue(${body.shared.typeConstant(type)})`, type: body.basic('Type') };
    }
    case 'soql':
      return soqlCode(body, expr, 'value');
    case 'chain':
      return chainedConstructor(body, expr);
    case 'missing':
      throw unsupported(expr.what, expr.at);
  }
}

function thisCode(body: Body, expr: Expr): Code {
  if (body.options.isStatic) return body.refuse('this cannot be used in a static context', expr.at);
  return { code: 'this', type: body.shared.types.of(body.model) };
}

const MIN_INTEGER = -2147483648n;
const MAX_INTEGER = 2147483647n;

function literalCode(body: Body, expr: LiteralExpr): Code {
  switch (expr.type) {
    case 'Integer': {
      const value = BigInt(expr.text);
      if (value < MIN_INTEGER || value > MAX_INTEGER) return body.refuse('Illegal integer', expr.at);
      return { code: value < 0n ? `(${value})` : String(value), type: body.basic('Integer') };
    }
    case 'Long': {
      const value = BigInt(expr.text);
      if (BigInt.asIntN(64, value) !== value) return body.refuse('Illegal long', expr.at);
      return { code: `(${value}n)`, type: body.basic('Long') };
    }
    case 'Decimal':
      return { code: `$.decimal(${JSON.stringify(expr.text)})`, type: body.basic('Decimal') };
    case 'String':
      return { code: quoted(expr.text), type: body.basic('String') };
    case 'Boolean':
      return { code: expr.text, type: body.basic('Boolean') };
    case 'null':
      return { code: 'null', type: NULL };
  }
}

/** A text as JavaScript; the two signs JSON leaves alone that JavaScript once took for ends of lines are escaped too. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\u007f', '\\u007f');
}

function binary(body: Body, expr: BinaryExpr): Code {
  const { op, at } = expr;
  if (op === '&&' || op === '||')
    return { code: `(${body.test(expr.left)} ${op} ${body.test(expr.right)})`, type: body.basic('Boolean') };
  const [left, right] = [body.expr(expr.left), body.expr(expr.right)];
  if (op === '??') return { code: `(${left.code} ?? ${right.code})`, type: eitherType(left.type, right.type) };
  return binaryCode(body, op, { left, right, at });
}

const UNARY = { '-': 'neg', '+': 'plus', '~': 'bitNot' } as const;

function unary(body: Body, expr: UnaryExpr): Code {
  if (expr.op === '!') return { code: `!${body.test(expr.operand)}`, type: body.basic('Boolean') };
  const { code, type } = body.expr(expr.operand);
  return { code: `${body.mark(expr.at)}$.${UNARY[expr.op]}(${code})`, type };
}

/** A query: its text, the values of its binds, and where it stands. */
export function soqlCode(body: Body, expr: SoqlExpr, context: 'value' | 'loop'): Code {
  const binds = expr.binds.map((bind) => body.expr(bind).code).join(', ');
  const args = `${quoted(expr.text)}, [${binds}], ${JSON.stringify(context)}, ${body.place(expr.at)}`;
  return { code: body.effect(`$.query(${args})`, expr.at), type: undefined };
}

function chainedConstructor(body: Body, expr: Expr & { kind: 'chain' }): Code {
  const model = expr.to === 'this' ? body.model : body.model.parent;
  if (!body.options.key.startsWith('c:') || model === undefined)
    return body.refuse(`${expr.to}(...) is a call of a constructor and stands at the start of one`, expr.at);
  return { code: constructorCall(body, model, { target: expr.to, args: expr.args, at: expr.at }), type: undefined };
}

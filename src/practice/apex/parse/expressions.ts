import * as tree from '@apexdevtools/apex-parser';
import type {
  ExpressionContext,
  ExpressionListContext,
  LiteralContext,
  PrimaryContext,
} from '@apexdevtools/apex-parser';
import type { BinaryOperator, Expr, LiteralExpr, Missing } from './ast.js';
import { creatorExpr } from './creators.js';
import { ApexCompileError } from './errors.js';
import { soqlExpr } from './soql.js';
import { posOf, sourceOf, unquoted } from './tokens.js';
import { typeName } from './types.js';

type Reader = { readonly type: new (...args: never[]) => object; readonly read: (context: never) => Expr };

/** Ties a kind of the parse tree to what reads it. */
function reader<Context extends object>(
  type: new (...args: never[]) => Context,
  read: (context: Context) => Expr
): Reader {
  return { type, read };
}

/** An expression; what has no reader is refused by name where it is reached. */
export function expr(context: ExpressionContext): Expr {
  return readWith(EXPRESSIONS, context);
}

/** Expressions between commas; none where the list is not there. */
export function exprs(context: ExpressionListContext | null): Expr[] {
  return (context?.expression_list() ?? []).map(expr);
}

function readWith(readers: readonly Reader[], context: ExpressionContext | PrimaryContext): Expr {
  const found = readers.find(({ type }) => context instanceof type);
  if (found === undefined) return { kind: 'missing', what: `"${sourceOf(context)}"`, at: posOf(context) };
  return found.read(context as never);
}

type TwoSided = ExpressionContext & {
  expression_list(): ExpressionContext[];
  expression(i: number): ExpressionContext;
};

/** The operator is all that stands between the two sides: `>>>` is three tokens, `<=` two. */
function binary(context: TwoSided): Expr {
  const [left, right] = [context.expression(0), context.expression(1)];
  const op = operatorBetween(context);
  const at = { line: context.start.line, column: context.start.column + 1 };
  return { kind: 'binary', at, op: (op === '<>' ? '!=' : op) as BinaryOperator, left: expr(left), right: expr(right) };
}

function operatorBetween(context: TwoSided): string {
  const children = (context as unknown as { children: tree.ApexParseTree[] }).children;
  return children
    .slice(1, -1)
    .map((child) => child.getText())
    .join('');
}

function dotted(context: tree.DotExpressionContext): Expr {
  const call = context.dotMethodCall();
  const target = expr(context.expression());
  const safe = context.QUESTIONDOT() !== null;
  if (call === null)
    return { kind: 'field', at: posOf(context.anyId()), target, name: context.anyId().getText(), safe };
  const args = exprs(call.expressionList());
  return { kind: 'call', at: posOf(call), target, name: call.anyId().getText(), args, safe };
}

function called(context: tree.MethodCallExpressionContext): Expr {
  const call = context.methodCall();
  const at = posOf(context);
  const args = exprs(call.expressionList());
  if (call.THIS() !== null) return { kind: 'chain', at, to: 'this', args };
  if (call.SUPER() !== null) return { kind: 'chain', at, to: 'super', args };
  return { kind: 'call', at, target: undefined, name: call.id().getText(), args, safe: false };
}

function assigned(context: tree.AssignExpressionContext): Expr {
  const [target, value] = context.expression_list().map(expr);
  const op = operatorBetween(context).slice(0, -1);
  return {
    kind: 'assign',
    at: posOf(context),
    op: op === '' ? undefined : (op as BinaryOperator),
    target: target!,
    value: value!,
  };
}

function stepped(context: tree.PreOpExpressionContext | tree.PostOpExpressionContext, prefix: boolean): Expr {
  const op = context.INC() === null ? '--' : '++';
  return { kind: 'step', at: posOf(context), op, prefix, target: expr(context.expression()) };
}

/** A minus before digits belongs to the literal, so that -2147483648 is an Integer. */
function signed(context: tree.PreOpExpressionContext): Expr {
  if (context.INC() !== null || context.DEC() !== null) return stepped(context, true);
  const operand = expr(context.expression());
  const op = context.SUB() === null ? '+' : '-';
  if (op === '-' && operand.kind === 'literal' && ['Integer', 'Long', 'Decimal'].includes(operand.type))
    return { ...operand, text: operand.text.startsWith('-') ? operand.text.slice(1) : `-${operand.text}` };
  return { kind: 'unary', at: posOf(context), op, operand };
}

function literal(context: LiteralContext): LiteralExpr | Missing {
  const at = posOf(context);
  const text = context.getText();
  if (context.IntegerLiteral() !== null) return { kind: 'literal', at, type: 'Integer', text };
  if (context.LongLiteral() !== null) return { kind: 'literal', at, type: 'Long', text: text.slice(0, -1) };
  if (context.NumberLiteral() !== null) return number(text, at);
  if (context.BooleanLiteral() !== null) return { kind: 'literal', at, type: 'Boolean', text: text.toLowerCase() };
  if (context.NULL() !== null) return { kind: 'literal', at, type: 'null', text: 'null' };
  return { kind: 'literal', at, type: 'String', text: unquoted(text) };
}

function number(text: string, at: LiteralExpr['at']): LiteralExpr | Missing {
  if (/[df]$/i.test(text)) return { kind: 'missing', what: `the literal ${text}; write ${text.slice(0, -1)}`, at };
  return { kind: 'literal', at, type: 'Decimal', text: text.startsWith('.') ? `0${text}` : text };
}

const PRIMARIES: readonly Reader[] = [
  reader(tree.ThisPrimaryContext, (c) => ({ kind: 'this', at: posOf(c) })),
  reader(tree.SuperPrimaryContext, (c) => ({ kind: 'super', at: posOf(c) })),
  reader(tree.LiteralPrimaryContext, (c) => literal(c.literal())),
  reader(tree.TypeRefPrimaryContext, (c) => ({ kind: 'classLiteral', at: posOf(c), type: typeName(c.typeRef()) })),
  reader(tree.IdPrimaryContext, (c) => ({ kind: 'name', at: posOf(c), name: c.id().getText() })),
  reader(tree.SoqlPrimaryContext, (c) => soqlExpr(c.soqlLiteral(), expr)),
  reader(tree.SoslPrimaryContext, (c) => ({ kind: 'missing', what: 'SOSL', at: posOf(c) })),
];

const TWO_SIDED = [
  tree.Arth1ExpressionContext,
  tree.Arth2ExpressionContext,
  tree.BitExpressionContext,
  tree.CmpExpressionContext,
  tree.EqualityExpressionContext,
  tree.BitAndExpressionContext,
  tree.BitNotExpressionContext,
  tree.BitOrExpressionContext,
  tree.LogAndExpressionContext,
  tree.LogOrExpressionContext,
  tree.CoalExpressionContext,
];

const EXPRESSIONS: readonly Reader[] = [
  reader(tree.PrimaryExpressionContext, (c) => readWith(PRIMARIES, c.primary())),
  reader(tree.DotExpressionContext, dotted),
  reader(tree.MethodCallExpressionContext, called),
  reader(tree.SubExpressionContext, (c) => expr(c.expression())),
  reader(tree.AssignExpressionContext, assigned),
  reader(tree.NewExpressionContext, (c) => creatorExpr(c, expr, exprs)),
  ...TWO_SIDED.map((type) => reader<TwoSided>(type as never, binary)),
  reader(tree.PreOpExpressionContext, signed),
  reader(tree.PostOpExpressionContext, (c) => stepped(c, false)),
  reader(tree.NegExpressionContext, (c) => ({
    kind: 'unary',
    at: posOf(c),
    op: c.BANG() === null ? '~' : '!',
    operand: expr(c.expression()),
  })),
  reader(tree.CondExpressionContext, (c) => {
    const [test, yes, no] = c.expression_list().map(expr);
    return { kind: 'ternary', at: posOf(c), test: test!, yes: yes!, no: no! };
  }),
  reader(tree.CastExpressionContext, (c) => ({
    kind: 'cast',
    at: posOf(c),
    type: typeName(c.typeRef()),
    operand: expr(c.expression()),
  })),
  reader(tree.InstanceOfExpressionContext, (c) => ({
    kind: 'instanceof',
    at: posOf(c),
    operand: expr(c.expression()),
    type: typeName(c.typeRef()),
  })),
  reader(tree.ArrayExpressionContext, (c) => {
    const [target, index] = c.expression_list().map(expr);
    return { kind: 'index', at: posOf(c), target: target!, index: index! };
  }),
];

/** A literal of a `when`: a number with its sign, a text, null, or a name of an enum's value. */
export function whenValue(context: tree.WhenLiteralContext): Expr {
  const at = posOf(context);
  if (context.LPAREN() !== null) return whenValue(context.whenLiteral());
  const text = context.getText();
  if (context.qualifiedName() !== null) return names(context.qualifiedName().id_list());
  if (context.NULL() !== null) return { kind: 'literal', at, type: 'null', text: 'null' };
  if (context.IntegerLiteral() !== null) return { kind: 'literal', at, type: 'Integer', text: withSigns(text, at) };
  if (context.LongLiteral() !== null)
    return { kind: 'literal', at, type: 'Long', text: withSigns(text.slice(0, -1), at) };
  return { kind: 'literal', at, type: 'String', text: unquoted(text) };
}

function withSigns(text: string, at: LiteralExpr['at']): string {
  const [, signs = '', digits = ''] = /^([+-]*)(\d+)$/.exec(text) ?? [];
  if (digits === '') throw new ApexCompileError(`Not a number: ${text}`, at);
  return signs.replaceAll('+', '').length % 2 === 1 ? `-${digits}` : digits;
}

function names(ids: readonly tree.IdContext[]): Expr {
  const [first, ...rest] = ids;
  const start: Expr = { kind: 'name', at: posOf(first!), name: first!.getText() };
  return rest.reduce<Expr>(
    (target, id) => ({ kind: 'field', at: posOf(id), target, name: id.getText(), safe: false }),
    start
  );
}

import type { BinaryOperator, Pos } from '../parse/ast.js';
import { NULL, type Body, type Code } from './body.js';
import type { SType } from './model.js';

/** The function of the runtime for each operator of two values. */
const FUNCTIONS: Readonly<Record<Exclude<BinaryOperator, '&&' | '||' | '??'>, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '&': 'bitAnd',
  '|': 'bitOr',
  '^': 'bitXor',
  '<<': 'shl',
  '>>': 'shr',
  '>>>': 'ushr',
  '<': 'lt',
  '>': 'gt',
  '<=': 'le',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
  '===': 'same',
  '!==': 'notSame',
};

/** The same for two Integers, where that is quicker. */
const INTEGERS: Readonly<Partial<Record<BinaryOperator, string>>> = { '+': 'addI', '-': 'subI', '*': 'mulI' };

/** All functions generated code calls by their names alone. */
export const OPERATOR_FUNCTIONS: readonly string[] = [
  ...Object.values(FUNCTIONS),
  ...Object.values(INTEGERS),
  'concat',
  'step',
];

const COMPARISONS = new Set(['<', '>', '<=', '>=', '==', '!=', '===', '!==']);

const ARITHMETIC = new Set(['-', '*', '/', '<<', '>>', '>>>']);

const NO_NUMBERS = new Set(['string', 'id', 'boolean', 'void']);

/** From the narrowest to the widest. */
const NUMBERS = ['integer', 'long', 'double', 'decimal'];

/** An operator of two values; not those that may leave the right side out. */
export function binaryCode(
  body: Body,
  op: Exclude<BinaryOperator, '&&' | '||' | '??'>,
  { left, right, at }: { left: Code; right: Code; at: Pos }
): Code {
  if (ARITHMETIC.has(op) && [left, right].some(({ type }) => type !== undefined && NO_NUMBERS.has(type.key)))
    return body.refuse('Arithmetic expressions must use numeric arguments', at);
  const name = functionOf(op, left.type?.key, right.type?.key);
  return {
    code: `${body.mark(at)}${name}(${left.code}, ${right.code})`,
    type: resultType(body, op, left.type, right.type),
  };
}

function functionOf(op: Exclude<BinaryOperator, '&&' | '||' | '??'>, left?: string, right?: string): string {
  if (op === '+' && (left === 'string' || right === 'string' || left === 'id' || right === 'id')) return 'concat';
  if (left === 'integer' && right === 'integer') return INTEGERS[op] ?? FUNCTIONS[op];
  return FUNCTIONS[op];
}

function resultType(body: Body, op: BinaryOperator, left?: SType, right?: SType): SType | undefined {
  if (COMPARISONS.has(op)) return body.basic('Boolean');
  if (op === '+' && [left?.key, right?.key].some((key) => key === 'string' || key === 'id'))
    return body.basic('String');
  if (left === undefined || right === undefined) return undefined;
  if (op === '<<' || op === '>>' || op === '>>>') return left;
  if (['date', 'datetime', 'time', 'boolean'].includes(left.key)) return left;
  const wide = Math.max(NUMBERS.indexOf(left.key), NUMBERS.indexOf(right.key));
  return NUMBERS.includes(left.key) && NUMBERS.includes(right.key) ? body.basic(NUMBERS[wide]!) : undefined;
}

/** The type of a value that comes from one of two expressions. */
export function eitherType(one: SType | undefined, other: SType | undefined): SType | undefined {
  if (one?.key === NULL.key) return other;
  if (other?.key === NULL.key || one?.key === other?.key) return one;
  return undefined;
}

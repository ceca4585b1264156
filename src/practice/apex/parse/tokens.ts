import type { ApexParserRuleContext } from '@apexdevtools/apex-parser';
import type { Annotation } from '../runtime/objects.js';
import type { Pos } from './ast.js';

/** The place a part of the tree begins at. */
export function posOf(context: ApexParserRuleContext): Pos {
  return { line: context.start.line, column: context.start.column + 1 };
}

/** The source of a part of the tree from one character to another, both included; by default all of it. */
export function sourceOf(
  context: ApexParserRuleContext,
  from: number = context.start.start,
  to: number = context.stop?.stop ?? context.start.stop
): string {
  return from > to ? '' : context.start.getInputStream().getText(from, to);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  b: '\b',
  r: '\r',
  f: '\f',
};

/** The text a string literal stands for, quotes and escapes undone. The lexer has refused other escapes. */
export function unquoted(literal: string): string {
  const inner = literal.startsWith("'''") ? literal.slice(3, -3).replace(/^[ \t]*\r?\n/, '') : literal.slice(1, -1);
  return inner.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_all, escape: string) =>
    escape.length === 5 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape)
  );
}

/** An annotation's value: text, truth or number. */
export function annotationValue(text: string): Annotation['values'][string] {
  if (text.startsWith("'")) return unquoted(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return Number(text);
}

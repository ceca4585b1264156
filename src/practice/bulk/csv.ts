/** The one place where the practice org writes CSV. Every value is quoted, as Bulk API result files are. Pure. */
import type { Value } from '../contracts.js';

export type CsvFormat = { delimiter: string; newline: string };

/** The six delimiters of Bulk API 2.0 by their names. */
export const delimiters: Readonly<Record<string, string>> = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
};

export const lineEndings: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n' };

/** One value between quotes; null is an empty one. */
export const quoteCsv = (value: Value | undefined): string => {
  if (value === null || value === undefined) return '""';
  const text = typeof value === 'string' ? value : String(value);
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
};

/** One line with its line ending. */
export const csvLine = (values: ReadonlyArray<Value | undefined>, { delimiter, newline }: CsvFormat): string => {
  let line = quoteCsv(values[0]);
  for (let i = 1; i < values.length; i++) line += delimiter + quoteCsv(values[i]);
  return line + newline;
};

/** Which character separates the cells of a file. */
import { fold, namesOf, type ColumnSpec } from './columns.js';
import { firstRecord } from './records.js';

/** In the order of preference where the header decides nothing. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A line that only Excel writes and reads; it is not part of the table. */
const SEP = /^\uFEFF?"?sep=([,;\t|])"?(?:\r\n|\n|\r|$)/i;

/** The delimiter, the text from the header on, and the line on which that begins. */
export type Dialect = { delimiter: string; text: string; firstLine: number };

/**
 * Excel's `sep=` line says it; else it is the delimiter by which the header has the most names we know, then the one that gives
 * the most columns.
 */
export function dialectOf(text: string, columns: readonly ColumnSpec[]): Dialect {
  const said = SEP.exec(text);
  if (said) return { delimiter: said[1]!, text: text.slice(said[0].length), firstLine: 2 };
  const names = namesOf(columns);
  const tried = DELIMITERS.map((delimiter) => {
    const cells = firstRecord(text, delimiter);
    return { delimiter, known: cells.filter((cell) => names.has(fold(cell))).length, cells: cells.length };
  });
  const best = tried.reduce((a, b) => (b.known > a.known || (b.known === a.known && b.cells > a.cells) ? b : a));
  return { delimiter: best.delimiter, text, firstLine: 1 };
}

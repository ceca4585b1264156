/** Rows that were asked for and not carried out, whatever said no: the file, the plan, or the org. */
import { z } from 'zod';
import type { BadRow } from './csv/index.js';

/** As results show it. */
export const rejectedSchema = z.object({
  /** Line of the file that was read. */
  line: z.number().int().optional(),
  record: z.string(),
  reason: z.string(),
});

/** With the cells of its line, so that it can be written to a file again. */
export type RejectedRow = z.infer<typeof rejectedSchema> & { cells?: string[] };

/** A line of a file that could not be read. Its first cells say which record it is about. */
export const rejectedLine = ({ line, cells, reason }: BadRow): RejectedRow => ({
  line,
  cells,
  record: cells
    .filter((cell) => cell.trim() !== '')
    .slice(0, 2)
    .join(', '),
  reason,
});

/** Without the cells. */
export const shownRejected = ({ line, record, reason }: RejectedRow): z.infer<typeof rejectedSchema> => ({
  line,
  record,
  reason,
});

/** In the order of the file; what has no line comes first. */
export const byLine = (rows: readonly RejectedRow[]): RejectedRow[] =>
  [...rows].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));

/** Rows that came from a file, in its order. */
export const rejectedLines = (rows: readonly RejectedRow[]): BadRow[] =>
  byLine(rows).flatMap(({ line, cells, reason }) => (line !== undefined && cells ? [{ line, cells, reason }] : []));

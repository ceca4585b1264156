/** Cells that a spreadsheet would run, made harmless by an apostrophe, and read back as they were. */

/**
 * What a spreadsheet may take for a formula (full-width signs too), also behind blanks. Cells that have apostrophes before it
 * are among them: they get one more, so that taking one away always gives the cell that was written.
 */
const FORMULA = /^'*[\t\r]|^[\s']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The cell as it is written. */
export const protect = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** The cell that was written. `+420 …` without an apostrophe stays as it is. */
export const unprotect = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);

/** Texts of an org or a file on a terminal. */

// eslint-disable-next-line no-control-regex -- it is they that are replaced
const CONTROLS = /[\u0000-\u001F\u007F-\u009F]/g;

/** The text with its control characters replaced: a name must not move the cursor, colour the screen or hide what stands on it. */
export const shown = (text: string): string => text.replace(CONTROLS, '\uFFFD');

/** A row of a table with all its texts made so. */
export const shownRow = <R extends Record<string, unknown>>(row: R): R =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? shown(value) : value])
  ) as R;

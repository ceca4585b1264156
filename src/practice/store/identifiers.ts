/** The only place where a name becomes a part of SQL text. Names come from the catalogue, never from a client. */

/** Quotes an identifier for SQLite. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

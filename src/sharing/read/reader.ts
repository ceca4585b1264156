/** How the readers ask: what cannot be read becomes a note with the reason, what does not exist in the org is simply off. */
import type { Connection } from '@salesforce/core';
import { queryAll } from '../../org/read/index.js';
import type { Note } from '../model.js';

export class Reader {
  public readonly notes: Note[] = [];

  public constructor(public readonly conn: Connection) {}

  /** The rows, or none and a note. `source` says what is missing then. */
  public async rows<T extends object>(source: string, soql: string): Promise<T[]> {
    return (await this.attempt(source, queryAll<T>(this.conn, soql))) ?? [];
  }

  /** The result, or undefined and a note. */
  public async attempt<T>(source: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (isFatal(error)) throw error;
      this.note(source, error as Error);
      return undefined;
    }
  }

  public note(source: string, error: Error | string): void {
    const reason = lastLine(typeof error === 'string' ? error : error.message);
    if (!this.notes.some((note) => note.source === source && note.reason === reason))
      this.notes.push({ source, reason });
  }
}

/** The platform shows the query and points into it before it says what is wrong. */
const lastLine = (message: string): string => message.trim().split('\n').at(-1)!.replace(/\s+/g, ' ');

type Failure = { errorCode?: string; name?: string; cause?: { code?: string } };

/** Errors after which nothing else can be read either. */
function isFatal(error: unknown): boolean {
  const { errorCode, name, cause } = error as Failure;
  const code = errorCode ?? name ?? '';
  return (
    /INVALID_SESSION_ID|INVALID_AUTH_HEADER|Bad_OAuth_Token|RefreshTokenAuthError|REQUEST_LIMIT|API_DISABLED|API_CURRENTLY_DISABLED|ERROR_HTTP_5|SERVER_UNAVAILABLE/.test(
      code
    ) || cause?.code !== undefined
  );
}

/** Whether an error says that the org has no such object or field: the feature behind it is off. */
export const isOff = (error: unknown): boolean =>
  /INVALID_TYPE|INVALID_FIELD/.test((error as Failure).errorCode ?? (error as Failure).name ?? '');

/** Ids that fit into one condition of 4,000 characters (platform-facts H). */
const IDS_A_QUERY = 150;

export function chunks<T>(items: readonly T[], size = IDS_A_QUERY): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

/** Many queries in few API calls. Each answers with its rows, or with why they are not known. */
import type { Connection } from '@salesforce/core';
import {
  all,
  groupsOfValues,
  isIn,
  queryTogether,
  select,
  type Condition,
  type QueryAnswer,
  type Select,
} from '../org/read/index.js';

/** `hidden`: the org says that there is no such thing, as it does where a user may not see it. */
export type Rows<T> = { known: true; value: T[] } | { known: false; reason: string; hidden: boolean };

/** The rows, or none where they are not known: for what is only added to an answer. */
export const rowsOrNone = <T>(rows: Rows<T>): T[] => (rows.known ? rows.value : []);

/** Rows of a question, once the batch has been asked. */
export type Answer<T> = () => Rows<T>;

export class Batch {
  private readonly queries: string[] = [];
  private answers: Array<QueryAnswer<object>> = [];

  /** Adds a question. `what` says in an error what cannot be seen. */
  public add<T extends object>(what: string, query: Select): Answer<T> {
    return this.addAll(what, [select(query)]);
  }

  /** Adds a question about many records, some hundred a query. `where` holds for all of them. */
  public addFor<T extends object>(
    what: string,
    query: Omit<Select, 'where'>,
    field: string,
    ids: readonly string[],
    where?: Condition
  ): Answer<T> {
    const queries = groupsOfValues(ids).map((group) => {
      const among = isIn(field, group);
      return select({ ...query, where: where ? all(where, among) : among });
    });
    return this.addAll(what, queries);
  }

  /** Asks everything, five queries a call. */
  public async ask(conn: Connection): Promise<void> {
    this.answers = await queryTogether<object>(conn, this.queries);
  }

  private addAll<T extends object>(what: string, queries: readonly string[]): Answer<T> {
    const from = this.queries.length;
    this.queries.push(...queries);
    return () => {
      const answers = this.answers.slice(from, from + queries.length);
      const failed = answers.find(({ error }) => error !== undefined);
      if (failed?.error) return failure(what, failed.error);
      return { known: true, value: answers.flatMap(({ records }) => (records ?? []) as T[]) };
    };
  }
}

function failure(what: string, error: Error & { errorCode?: string }): Rows<never> {
  const hidden = /INVALID_TYPE|INVALID_FIELD|INSUFFICIENT_ACCESS/.test(error.errorCode ?? '');
  const reason = hidden ? `you may not see ${what}.` : `${what}: ${error.message.replace(/\s+/g, ' ').trim()}`;
  return { known: false, reason, hidden };
}

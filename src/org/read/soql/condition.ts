import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Condition } from './literal.js';

/** A condition that a user typed and that cannot be used. `problem` is a sentence part for the error text. */
export class ConditionError extends Error {
  public constructor(public readonly problem: string) {
    super(problem);
    this.name = 'ConditionError';
  }
}

/** Clauses that change what a query returns, by the name under which the parser reports them. */
const CLAUSES: Partial<Record<keyof Query, string>> = {
  limit: 'LIMIT',
  offset: 'OFFSET',
  orderBy: 'ORDER BY',
  groupBy: 'GROUP BY',
  having: 'HAVING',
  for: 'FOR',
  update: 'UPDATE',
  withDataCategory: 'WITH DATA CATEGORY',
  withSecurityEnforced: 'WITH SECURITY_ENFORCED',
  withAccessLevel: 'WITH USER_MODE or SYSTEM_MODE',
  usingScope: 'USING SCOPE',
};

/**
 * Turns the text behind WHERE into a condition. It is parsed as part of a query, nothing but WHERE may be found in the
 * tree, and it is written anew from the tree, so that no other clause can slip in.
 * @throws ConditionError
 */
export async function parseCondition(object: string, text: string): Promise<Condition> {
  const { parseQuery, composeQuery } = await import('@jetstreamapp/soql-parser-js');
  const prefix = `SELECT Id FROM ${object} WHERE `;
  let query: Query;
  try {
    query = parseQuery(prefix + text);
  } catch (error) {
    throw new ConditionError(firstLine((error as Error).message));
  }
  const extra = (Object.keys(query) as Array<keyof Query>).filter(
    (key) => !['fields', 'sObject', 'where'].includes(key)
  );
  if (extra.length > 0)
    throw new ConditionError(`it has the clause ${extra.map((key) => CLAUSES[key] ?? key).join(', ')}`);
  if (!query.where || query.sObject !== object) throw new ConditionError('it is not a condition');
  return composeQuery(query).slice(prefix.length) as Condition;
}

function firstLine(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}

/**
 * WITH SECURITY_ENFORCED: what a query selects and where it selects from must be within the user's reach; conditions and order
 * are not looked at (Apex Developer Guide, Filter SOQL Queries Using WITH SECURITY_ENFORCED). Records are seen as without it.
 */
import type { PracticeOrg, Session } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import { ApexFailure } from '../runtime/failures.js';
import { inaccessibleIn } from './natives/inaccessible.js';

/** Texts in quotes, brackets, and the words that clauses begin with. */
const MARKS = /'(?:\\.|[^'\\])*'|[()]|\b(?:WHERE|USING|HAVING|ORDER|LIMIT|OFFSET|GROUP)\b/gi;

/** A query and its subqueries without what is not selected. Groups stay: without them the query would not compile. */
function selection(soql: string): string {
  const kept: string[] = [];
  let from = 0;
  let depth = 0;
  /** Depth of the clause that is left out. */
  let left: number | undefined;
  for (const { 0: mark, index } of soql.matchAll(MARKS)) {
    if (mark.startsWith("'")) continue;
    const isOver = left === depth && (mark === ')' || /^GROUP$/i.test(mark));
    if (isOver) [from, left] = [index, undefined];
    if (mark === '(') depth++;
    else if (mark === ')') depth--;
    else if (left === undefined && !/^GROUP$/i.test(mark)) {
      kept.push(soql.slice(from, index));
      left = depth;
    }
  }
  return left === undefined ? kept.join('') + soql.slice(from) : kept.join('');
}

/**
 * @param session what the user may do himself
 * @throws ApexFailure System.QueryException where he may not see an object or a field; that of objects is not verified
 */
export function requireVisible(org: PracticeOrg, session: Session, soql: string): void {
  try {
    org.queries.columns(selection(soql), { session });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const text = 'Insufficient permissions: secure query included inaccessible field';
    throw new ApexFailure('System.QueryException', text, inaccessibleIn(org.catalog, error));
  }
}

/** What the org recorded of who got which lead. */
import type { Connection } from '@salesforce/core';
import { normalStamp, rowsOf, type Condition } from '../../org/read/index.js';
import { asPackageMissing } from '../rotation/records/index.js';
import { ASSIGNMENT, ASSIGNMENT_FIELDS, type AssignmentOutcome } from './objects.js';

/** A recorded change of owner. Ids have 18 characters; what is empty is empty text. */
export type Assignment = {
  lead: string;
  run: string;
  before: string;
  after: string;
  outcome: AssignmentOutcome | '';
  reason: string;
  rotation: string;
  account: string;
  /** When the record was made. */
  at: string;
};

/**
 * Records in pages, in the order of their ids, which is that of their making, or of other fields.
 * @throws PackageMissing where the org has no such object, or the running user does not see it
 */
export async function* readAssignments(
  conn: Connection,
  where?: Condition,
  orderBy: readonly string[] = ['Id']
): AsyncGenerator<Assignment[]> {
  const query = { from: ASSIGNMENT, fields: [...ASSIGNMENT_FIELDS, 'CreatedDate'], where, orderBy };
  try {
    for await (const rows of rowsOf(conn, query)) yield rows.map(assignmentOf);
  } catch (error) {
    throw asPackageMissing(error);
  }
}

const assignmentOf = ([
  lead = '',
  run = '',
  before = '',
  after = '',
  outcome = '',
  reason = '',
  rotation = '',
  account = '',
  at = '',
]: string[]): Assignment => ({
  lead,
  run,
  before,
  after,
  outcome: outcome as AssignmentOutcome | '',
  reason,
  rotation,
  account,
  at: normalStamp(at),
});

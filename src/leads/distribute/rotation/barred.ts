/** To whom a lead does not go a second time: who declined it, or let it lie until it was pulled back. */
import type { Connection } from '@salesforce/core';
import { isIn } from '../../../org/read/index.js';
import { readAssignments, type AssignmentOutcome } from '../../assignments/index.js';
import type { NeverBack } from '../../rotation/model.js';

const OUTCOME: Record<NeverBack, AssignmentOutcome> = { declined: 'Declined', 'pulled-back': 'PulledBack' };

/** A lead, who does not get it again, and why. */
export type Barred = { lead: string; owner: string; why: NeverBack };

/**
 * Leads that some owners lost.
 * @param owners by id of the queue or user
 * @throws PackageMissing where the org has no records of assignments
 */
export async function* readBarred(
  conn: Connection,
  rules: readonly NeverBack[],
  owners: ReadonlyMap<string, unknown>
): AsyncGenerator<Barred[]> {
  if (rules.length === 0 || owners.size === 0) return;
  const outcomes = rules.map((rule) => OUTCOME[rule]);
  for await (const page of readAssignments(conn, isIn('Outcome__c', outcomes))) {
    yield page.flatMap(({ lead, before, outcome }): Barred[] =>
      owners.has(before) ? [{ lead, owner: before, why: outcome === 'Declined' ? 'declined' : 'pulled-back' }] : []
    );
  }
}

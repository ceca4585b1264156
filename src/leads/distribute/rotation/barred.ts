/** To whom a lead does not go a second time: who declined it, or let it lie until it was pulled back. */
import type { Connection } from '@salesforce/core';
import { all, isIn } from '../../../org/read/index.js';
import { readAssignments, type AssignmentOutcome } from '../../assignments/index.js';
import type { NeverBack } from '../../rotation/model.js';

const OUTCOME: Record<NeverBack, AssignmentOutcome> = { declined: 'Declined', 'pulled-back': 'PulledBack' };

/** A lead, who does not get it again, and why. */
export type Barred = { lead: string; owner: string; why: NeverBack };

/**
 * Leads that some owners lost.
 * @param owners ids of queues and users
 * @throws PackageMissing where the org has no records of assignments
 */
export async function* readBarred(
  conn: Connection,
  rules: readonly NeverBack[],
  owners: readonly string[]
): AsyncGenerator<Barred[]> {
  if (rules.length === 0 || owners.length === 0) return;
  const outcomes = rules.map((rule) => OUTCOME[rule]);
  for await (const page of readAssignments(conn, all(isIn('Outcome__c', outcomes), isIn('Owner_Before__c', owners)))) {
    yield page.map(({ lead, before, outcome }) => ({
      lead,
      owner: before,
      why: outcome === 'Declined' ? 'declined' : 'pulled-back',
    }));
  }
}

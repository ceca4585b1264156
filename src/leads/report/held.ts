/** What owners have now: leads that are open, converted, and open without a sign that the owner has touched them. */
import type { Connection } from '@salesforce/core';
import { compare, countsOf } from '../../org/read/index.js';
import { AGE_CLASSES, ageClassOf, leadsOf, readHeld, standingOf, type Scope, type Sources } from '../holding/index.js';

/** Leads of an owner that were looked at, by the class of their age, in the order of AGE_CLASSES. */
export type Looked = { open: number[]; untouched: number[]; unclear: number };

export type Held = { open: Map<string, number>; converted: Map<string, number>; looked: Map<string, Looked> };

/**
 * @param owners ids of all owners of the report
 * @param looked ids of those whose open leads are looked at one by one
 */
export async function readHeldNow(
  conn: Connection,
  owners: readonly string[],
  looked: readonly string[],
  sources: Sources
): Promise<Held> {
  const counted = (isConverted: boolean): Promise<Map<string, number>> =>
    countsOf(conn, { from: 'Lead', by: 'OwnerId', where: compare('IsConverted', '=', isConverted) }, owners);
  return { open: await counted(false), converted: await counted(true), looked: await look(conn, looked, sources) };
}

async function look(conn: Connection, ids: readonly string[], sources: Sources): Promise<Map<string, Looked>> {
  const found = new Map(ids.map((id) => [id, noLeads()]));
  if (ids.length === 0) return found;
  const scope: Scope = { text: '', owners: [], ...leadsOf(ids) };
  const judging = { sources, now: Date.now(), ignored: new Set<never>() };
  for await (const page of readHeld(conn, scope, sources)) {
    for (const { lead, evidence } of page) {
      const { held, verdict } = standingOf(lead, evidence, judging);
      const owner = found.get(lead.ownerId);
      if (owner) count(owner, ageClassOf(held), verdict);
    }
  }
  return found;
}

const noLeads = (): Looked => ({ open: AGE_CLASSES.map(() => 0), untouched: AGE_CLASSES.map(() => 0), unclear: 0 });

function count(owner: Looked, age: number, verdict: 'untouched' | 'touched' | 'unknown'): void {
  owner.open[age]! += 1;
  if (verdict === 'untouched') owner.untouched[age]! += 1;
  if (verdict === 'unknown') owner.unclear += 1;
}

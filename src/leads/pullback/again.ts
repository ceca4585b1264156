/** A saved plan is looked at again: what owners did since shows in activities, which do not change the lead itself. */
import type { Connection } from '@salesforce/core';
import { readRowSet, type Plan, type PlannedRow } from '../../runs/index.js';
import { readHeld, Sorted } from '../holding/index.js';
import { pullbackDetailsSchema } from './details.js';
import { judge, pullbackFingerprint } from './plan.js';
import { readPullback, type PullbackSnapshot } from './request.js';

/** Leads of a saved plan that their owners have touched since it was made. */
export class TouchedMeanwhile extends Error {
  public constructor(
    public readonly leads: number,
    public readonly first: string
  ) {
    super(`${leads} leads were touched since the plan was made: ${first}`);
    this.name = 'TouchedMeanwhile';
  }
}

/**
 * What a saved plan relies on, as the org is now.
 * @throws TouchedMeanwhile, and what `readPullback` throws
 */
export async function pullbackNow(conn: Connection, plan: Plan): Promise<string> {
  const { request } = pullbackDetailsSchema.parse(plan.details);
  const step = plan.steps.find(({ kind }) => kind === 'update-rows');
  if (step?.kind !== 'update-rows') return pullbackFingerprint(await readPullback(conn, request));
  // Who has left a queue since then still holds leads of the plan.
  const snapshot = await readPullback(conn, request, await ownersIn(step.rows.file));
  const touched = await touchedRows(conn, snapshot, readRowSet(step.rows.file));
  if (touched.length > 0) throw new TouchedMeanwhile(touched.length, touched.slice(0, 3).join('; '));
  return pullbackFingerprint(snapshot);
}

/** Owners who lose leads by a row set. */
async function ownersIn(file: string): Promise<Set<string>> {
  const owners = new Set<string>();
  for await (const rows of readRowSet(file)) for (const { was } of rows) owners.add(was);
  return owners;
}

/** Planned leads that are not to be pulled back any more, with the reason. Those with another owner are left to the run. */
async function touchedRows(
  conn: Connection,
  snapshot: PullbackSnapshot,
  rows: AsyncGenerator<PlannedRow[]>
): Promise<string[]> {
  const planned = new Sorted('the rows of the plan', rows, ({ id }) => id);
  const touched: string[] = [];
  for await (const page of readHeld(conn, snapshot.scope, snapshot.judging.sources, snapshot.where)) {
    for (const held of page) {
      const [row] = await planned.of(held.lead.id);
      const { left, standing } = judge(snapshot, held);
      const isOurs = row?.was === held.lead.ownerId;
      if (isOurs && left !== undefined) touched.push(`${row.id} (${standing.reason})`);
    }
  }
  await planned.close();
  return touched;
}

/** Where leads went: who has them after the run, and by which entries. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { groupsOfValues, isIn, queryAll, select } from '../../org/read/index.js';
import { readAssigned, type RunFolder } from '../../runs/index.js';
import type { AssignDetails } from './details.js';
import { ASSIGN_STEP } from './plan.js';

export const wentSchema = z.object({
  /** Leads that have another owner now, by owner. */
  owners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      leads: z.number().int(),
      /** Places of the entries that give leads to this owner. */
      entries: z.array(z.number().int()),
    })
  ),
  /** Leads that kept their owner. */
  stayed: z.number().int(),
});

export type Went = z.infer<typeof wentSchema>;

/** Counts the file that the run has left. */
export async function readWent(conn: Connection, folder: RunFolder, details: AssignDetails): Promise<Went> {
  const counts = new Map<string, number>();
  let stayed = 0;
  for await (const { before, after } of readAssigned(folder, ASSIGN_STEP)) {
    if (before === after) stayed += 1;
    else counts.set(after, (counts.get(after) ?? 0) + 1);
  }
  const names = await namesOf(conn, [...counts.keys()], details.names);
  const owners = [...counts].map(([id, leads]) => ({
    id,
    name: names.get(id) ?? id,
    leads,
    entries: entriesFor(details, id),
  }));
  return { owners: owners.sort((a, b) => b.leads - a.leads || (a.name < b.name ? -1 : 1)), stayed };
}

async function namesOf(
  conn: Connection,
  ids: readonly string[],
  known: Readonly<Record<string, string>>
): Promise<Map<string, string>> {
  const names = new Map(Object.entries(known));
  for (const object of ['Group', 'User']) {
    const prefix = object === 'Group' ? '00G' : '005';
    const missing = ids.filter((id) => id.startsWith(prefix) && !names.has(id));
    for (const group of groupsOfValues(missing)) {
      const soql = select({ from: object, fields: ['Id', 'Name'], where: isIn('Id', group) });
      for (const { Id, Name } of await queryAll<{ Id: string; Name: string }>(conn, soql)) names.set(Id, Name);
    }
  }
  return names;
}

/** Several entries may name one owner; the org does not say which of them it was. */
const entriesFor = ({ entries }: AssignDetails, id: string): number[] =>
  (entries ?? []).flatMap(({ number, targetId }) => (targetId === id ? [number] : []));

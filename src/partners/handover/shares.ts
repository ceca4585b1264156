/** Shares that somebody gave by hand and that end with the old owner: kept in a file, so that they can be given again. */
import { protect } from '../../org/read/index.js';
import { Graph } from '../../sharing/analyse/graph.js';
import { buildWorld } from '../../sharing/analyse/world.js';
import type { SharingSnapshot } from '../../sharing/model.js';
import { CsvWriter, type RunFolder } from '../../runs/index.js';
import type { HandoverSnapshot, ShareRow } from './read.js';

const HEADER = [
  'Object',
  'RecordId',
  'UserOrGroupId',
  'Shared with',
  'AccessLevel',
  'ContactAccessLevel',
  'OpportunityAccessLevel',
  'CaseAccessLevel',
];

/** Where a run folder has them. */
export const sharesFile = (folder: RunFolder): string => folder.stepFile('manual-shares', 'csv');

/** Writes the shares into the run folder, where there are any. */
export async function writeShares(
  folder: RunFolder,
  { accountShares, leadShares }: HandoverSnapshot,
  sharing: SharingSnapshot
): Promise<void> {
  const accounts = accountShares.known ? accountShares.value : [];
  const leads = leadShares.known ? leadShares.value : [];
  if (accounts.length + leads.length === 0) return;
  const graph = new Graph(buildWorld(sharing, { managerRoles: [], partnerRoles: 1 }));
  await using writer = await CsvWriter.create(sharesFile(folder), HEADER);
  for (const [object, rows] of [
    ['Account', accounts],
    ['Lead', leads],
  ] as const) {
    for (const row of rows) writer.add(cellsOf(object, row, protect(graph.ofId(row.UserOrGroupId).label)));
    await writer.flush();
  }
  await writer.close();
}

const cellsOf = (object: 'Account' | 'Lead', row: ShareRow, label: string): string[] => [
  object,
  row[`${object}Id`] ?? '',
  row.UserOrGroupId,
  label,
  row[`${object}AccessLevel`] ?? '',
  row.ContactAccessLevel ?? '',
  row.OpportunityAccessLevel ?? '',
  row.CaseAccessLevel ?? '',
];

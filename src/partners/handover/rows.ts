/** Row sets of a handover: owners of accounts, then of leads. */
import type { Connection } from '@salesforce/core';
import { readLeads } from '../../leads/distribute/select-leads.js';
import { createRowSet, createUpdateStep, type RunFolder, type UpdateRowsStep } from '../../runs/index.js';
import type { OwnedAccount } from '../owned-accounts.js';
import type { Side } from './people.js';
import { openLeadsOf } from './read.js';

export const ACCOUNT_STEP = 'accounts';
export const LEAD_STEP = 'leads';

type Written = { count: number; since: string };

/** Rows of the accounts. They are sorted by id already. */
export async function writeAccounts(folder: RunFolder, accounts: readonly OwnedAccount[], to: Side): Promise<Written> {
  await using rows = await createRowSet(folder.rows(ACCOUNT_STEP), 'OwnerId');
  let since = '';
  for (const { id, name, ownerId, stamp } of accounts) {
    rows.add([id, to.id, ownerId, stamp, `partner account ${name}`]);
    if (stamp > since) since = stamp;
    await rows.flush();
  }
  await rows.close();
  return { count: accounts.length, since };
}

/** Rows of the open leads that somebody owns, read page by page. */
export async function writeLeads(
  conn: Connection,
  folder: RunFolder,
  from: Side,
  to: Side,
  onProgress: (read: number) => void
): Promise<Written> {
  await using rows = await createRowSet(folder.rows(LEAD_STEP), 'OwnerId');
  const selection = { kind: 'condition', where: openLeadsOf(from.id), text: `open leads of ${from.name}` } as const;
  let [count, since] = [0, ''];
  for await (const { leads } of readLeads(conn, selection, () => undefined)) {
    for (const { id, ownerId, stamp } of leads) {
      rows.add([id, to.id, ownerId, stamp, 'open lead of the former manager']);
      if (stamp > since) since = stamp;
    }
    count += leads.length;
    await rows.flush();
    onProgress(count);
  }
  await rows.close();
  return { count, since };
}

/** The step that sets the owner of rows written before; none for no rows. */
export async function ownerStep(
  folder: RunFolder,
  about: Pick<UpdateRowsStep, 'id' | 'title' | 'object' | 'undo'>,
  { count, since }: Written,
  to: Side
): Promise<UpdateRowsStep[]> {
  if (count === 0) return [];
  return [await createUpdateStep(folder, { ...about, field: 'OwnerId', since, values: [to.id] }, count)];
}

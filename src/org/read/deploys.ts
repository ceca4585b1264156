/** Deploys that the org is working on, whoever started them. */
import type { Connection } from '@salesforce/core';
import { isIn } from './soql/literal.js';
import { select } from './soql/select.js';

/** Ids of deploys that are not at their end. */
export async function openDeploys(conn: Connection): Promise<string[]> {
  const soql = select({
    from: 'DeployRequest',
    fields: ['Id'],
    where: isIn('Status', ['Pending', 'InProgress', 'Canceling', 'FinalizingDeploy']),
  });
  const { records } = await conn.tooling.query<{ Id: string }>(soql);
  return records.map(({ Id }) => Id);
}

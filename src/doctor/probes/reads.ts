/** Questions that reading answers. */
import type { Connection } from '@salesforce/core';
import { all, compare, queryAll, readableRecords, select, type Condition } from '../../org/read/index.js';
import { notAsked, type Answer, type Probe } from '../types.js';

type Said = Pick<Answer, 'answer' | 'evidence'>;

async function firstId(conn: Connection, from: string, where?: Condition): Promise<string | undefined> {
  const [row] = await queryAll<{ Id: string }>(
    conn,
    select({ from, fields: ['Id'], where, orderBy: ['Id'], limit: 1 })
  );
  return row?.Id;
}

/** Whether the shares of a folder of this type can be read by REST. */
async function folderShares(conn: Connection, type: string): Promise<Said> {
  const id = await firstId(conn, 'Folder', all(compare('Type', '=', type), compare('DeveloperName', '!=', null)));
  if (id === undefined) return notAsked(`There is no ${type.toLowerCase()} folder to ask about.`);
  try {
    await conn.request(`${conn.baseUrl()}/folders/${id}/shares`);
    return { answer: 'answered', evidence: `The shares of folder ${id} were read.` };
  } catch (error) {
    return { answer: 'refused', evidence: (error as Error).message };
  }
}

const documentFolderShares: Probe = {
  question: 'documentFolderShares',
  fact: 'B5',
  ask: ({ conn }) => folderShares(conn, 'Document'),
};

const reportFolderShares: Probe = {
  question: 'reportFolderShares',
  fact: 'B5',
  ask: ({ conn }) => folderShares(conn, 'Report'),
};

const accessOfOthers: Probe = {
  question: 'recordAccessOfOthers',
  fact: 'B6',
  async ask({ conn }) {
    const lead = await firstId(conn, 'Lead');
    const active = compare('IsActive', '=', true);
    const other = await firstId(conn, 'User', all(active, compare('Username', '!=', conn.getUsername() ?? '')));
    if (lead === undefined || other === undefined) return notAsked('There is no lead, or no other user, to ask about.');
    try {
      const readable = await readableRecords(conn, other, [lead]);
      return { answer: 'answered', evidence: `User ${other} can${readable.has(lead) ? '' : 'not'} read lead ${lead}.` };
    } catch (error) {
      return { answer: 'refused', evidence: (error as Error).message };
    }
  },
};

export const readProbes: readonly Probe[] = [reportFolderShares, documentFolderShares, accessOfOthers];

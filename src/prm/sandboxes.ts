import type { Connection } from '@salesforce/core';
import { compare, select } from '../org/read/index.js';

/** 15-character ids of the sandboxes of a production org; undefined where the user may not see them. */
export async function readSandboxes(conn: Connection): Promise<string[] | undefined> {
  const where = compare('SandboxOrganization', '!=', null);
  const soql = select({ from: 'SandboxProcess', fields: ['SandboxOrganization'], where });
  try {
    const { records } = await conn.tooling.query<{ SandboxOrganization: string }>(soql);
    return records.map(({ SandboxOrganization: id }) => id.slice(0, 15));
  } catch (error) {
    if (/INVALID_TYPE|INSUFFICIENT_ACCESS/.test((error as { errorCode?: string }).errorCode ?? '')) return undefined;
    throw error;
  }
}

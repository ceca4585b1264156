/** What the org says about the access of a user to records. */
import type { Connection } from '@salesforce/core';
import { queryAll } from './query.js';
import { all, compare, isIn } from './soql/literal.js';
import { select } from './soql/select.js';

/** Records one query may ask for (platform-facts B6). */
const RECORDS_A_QUERY = 200;

/** Of the records given, those that the user can read. */
export async function readableRecords(
  conn: Connection,
  user: string,
  records: readonly string[]
): Promise<Set<string>> {
  const readable = new Set<string>();
  for (let at = 0; at < records.length; at += RECORDS_A_QUERY) {
    const where = all(compare('UserId', '=', user), isIn('RecordId', records.slice(at, at + RECORDS_A_QUERY)));
    const soql = select({ from: 'UserRecordAccess', fields: ['RecordId', 'HasReadAccess'], where });
    for (const row of await queryAll<{ RecordId: string; HasReadAccess: boolean }>(conn, soql)) {
      if (row.HasReadAccess) readable.add(row.RecordId);
    }
  }
  return readable;
}

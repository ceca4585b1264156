/** Rows of Channel_Run__c: the lock that runs of different computers take in the org (design: In the org). */
import type { Connection } from '@salesforce/core';
import { any, compare, getText, normalStamp, select } from '../read/index.js';

const OBJECT = 'Channel_Run__c';
const FIELDS = ['Id', 'Run_Key__c', 'Lock_Key__c', 'Owner_Token__c', 'Holder__c', 'Lease_Until__c'];

type LeaseRow = Record<'Id' | 'Run_Key__c', string> &
  Record<'Lock_Key__c' | 'Owner_Token__c' | 'Holder__c' | 'Lease_Until__c', string | null>;

/** A row that holds a lock, or held one. Times in milliseconds since the epoch. */
export type Lease = {
  id: string;
  run: string;
  lock: string | null;
  token: string | null;
  holder: string;
  until: number;
};

/** What the org holds, and its own time when it answered: leases end by its clock, not by that of a computer. */
export type Leases = { rows: Lease[]; now: number };

/** Rows of a lock and of a run. @throws Error with `errorCode` INVALID_TYPE where the package is not there */
export async function readLeases(conn: Connection, lock: string, run: string): Promise<Leases> {
  const where = any(compare('Lock_Key__c', '=', lock), compare('Run_Key__c', '=', run));
  const soql = select({ from: OBJECT, fields: FIELDS, where });
  const path = `${conn.baseUrl()}/query?q=${encodeURIComponent(soql)}`;
  const { text, headers } = await getText(conn, path, 'application/json');
  const { records } = JSON.parse(text) as { records: LeaseRow[] };
  const date = Date.parse(headers.get('date') ?? '');
  return { rows: records.map(leaseOf), now: Number.isNaN(date) ? Date.now() : date };
}

const leaseOf = (row: LeaseRow): Lease => ({
  id: row.Id,
  run: row.Run_Key__c,
  lock: row.Lock_Key__c,
  token: row.Owner_Token__c,
  holder: row.Holder__c ?? '',
  until: row.Lease_Until__c === null ? 0 : Date.parse(normalStamp(row.Lease_Until__c)),
});

/** What a run writes into its row. */
export type LeaseValues = {
  kind?: string;
  state?: 'Running' | 'Done' | 'Partly Done' | 'Stopped';
  lock?: string | null;
  token?: string | null;
  holder?: string;
  until?: number | null;
  startedAt?: string;
  endedAt?: string;
};

/** Makes or changes the row of a run; the same call twice does the same. @throws DUPLICATE_VALUE where another row has the lock */
export async function saveLease(conn: Connection, run: string, values: LeaseValues): Promise<void> {
  await patch(conn, `Run_Key__c/${encodeURIComponent(run)}`, fieldsOf(values));
}

/** Takes the lock from a row whose lease has ended. */
export async function endLease(conn: Connection, id: string): Promise<void> {
  await patch(conn, encodeURIComponent(id), fieldsOf({ lock: null, token: null, until: null }));
}

function fieldsOf({ kind, state, lock, token, holder, until, startedAt, endedAt }: LeaseValues): object {
  return {
    Kind__c: kind,
    State__c: state,
    Lock_Key__c: lock,
    Owner_Token__c: token,
    Holder__c: holder,
    Lease_Until__c: typeof until === 'number' ? new Date(until).toISOString() : until,
    Started_At__c: startedAt,
    Ended_At__c: endedAt,
  };
}

async function patch(conn: Connection, record: string, fields: object): Promise<void> {
  await conn.request({
    method: 'PATCH',
    url: `${conn.baseUrl()}/sobjects/${OBJECT}/${record}`,
    body: JSON.stringify(fields),
    headers: { 'content-type': 'application/json' },
  });
}

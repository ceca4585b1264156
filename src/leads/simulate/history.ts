/** Leads that did arrive, read from the org. */
import type { Connection } from '@salesforce/core';
import { all, compare, parseCondition, rowsOf, type Condition } from '../../org/read/index.js';
import type { Rotation } from '../rotation/model.js';
import type { Arrival, Arrivals } from './arrivals.js';

export type HistoryRequest = {
  /** Whose leads are replayed, where `where` says nothing else. */
  rotation: Rotation;
  days: number;
  /** Text behind WHERE, instead of the rotation's own. */
  where?: string;
};

const DAY = 86_400_000;

const FIELDS = ['Id', 'CreatedDate', 'Company', 'Email'];

/** What of the org's leads is replayed. @throws ConditionError */
export async function historyOf(request: HistoryRequest, now: Date): Promise<{ where: Condition; text: string }> {
  const { rotation, days, where } = request;
  const text = where ?? rotation.leads;
  const recent = compare('CreatedDate', '>=', new Date(now.getTime() - days * DAY));
  const words = `leads of the last ${days} days${text === undefined ? '' : `, ${text}`}`;
  return text === undefined
    ? { where: recent, text: words }
    : { where: all(recent, await parseCondition('Lead', text)), text: words };
}

/**
 * The leads in the order in which they were created.
 * @param onRead told how many were read so far
 */
export async function readHistory(
  conn: Connection,
  { where, text }: { where: Condition; text: string },
  onRead: (leads: number) => void
): Promise<Arrivals & { leads: readonly Arrival[] }> {
  const leads: Arrival[] = [];
  for await (const rows of rowsOf(conn, { from: 'Lead', fields: FIELDS, where })) {
    for (const [lead = '', created = '', company = '', email = ''] of rows) {
      leads.push({ at: Date.parse(created), lead, company, email });
    }
    onRead(leads.length);
  }
  leads.sort((a, b) => a.at - b.at || (a.lead < b.lead ? -1 : 1));
  return { kind: 'history', text, leads };
}

/** Who took leads out of queues: from the history of leads, where the org keeps it (the field Owner has to be tracked). */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { all, compare, queryAll, queryPages, select, type Page } from '../../org/read/index.js';

const claimSchema = z.object({
  queueId: z.string(),
  queue: z.string(),
  user: z.string(),
  leads: z.number().int(),
});

/** Claims, or why they are not known. */
export const claimsSchema = z.union([
  z.object({ known: z.literal(true), value: z.array(claimSchema) }),
  z.object({ known: z.literal(false), reason: z.string() }),
]);

/** Leads that somebody took from a queue for himself. */
export type Claim = z.infer<typeof claimSchema>;

export type Claims = z.infer<typeof claimsSchema>;

/** Days for which claims are counted where nobody says otherwise. */
export const CLAIM_DAYS = 7;

const DAY = 86_400_000;

/** First moment for which claims of the last days count. */
export const daysAgo = (days: number, now = Date.now()): Date => new Date(now - days * DAY);

type HistoryRow = {
  LeadId: string;
  OldValue: string | null;
  NewValue: string | null;
  CreatedById: string;
  CreatedBy: { Name: string } | null;
};

const FIELDS = ['LeadId', 'OldValue', 'NewValue', 'CreatedById', 'CreatedBy.Name'];
const OWNER = compare('Field', '=', 'Owner');

/** Rows that are looked at; in an org with more changes of owners than that, claims cannot be told from the rest in time. */
const MOST_ROWS = 50_000;

export const NOT_TRACKED =
  'the org keeps no history of lead owners. Switch it on in Setup > Object Manager > Lead > Fields & Relationships > Set History Tracking: Lead Owner.';

/** Claims since a time, the busiest first. */
export async function readClaims(
  conn: Connection,
  queues: ReadonlyArray<{ id: string; name: string }>,
  since: Date
): Promise<Claims> {
  try {
    const rows = await historySince(conn, since);
    if (rows === undefined) return { known: false, reason: `more than ${MOST_ROWS} leads changed hands in this time.` };
    if (rows.length === 0 && !(await isTracked(conn))) return { known: false, reason: NOT_TRACKED };
    return { known: true, value: claimsIn(rows, queues) };
  } catch (error) {
    if (!/INVALID_TYPE|INVALID_FIELD/.test((error as { errorCode?: string }).errorCode ?? '')) throw error;
    return { known: false, reason: NOT_TRACKED };
  }
}

async function historySince(conn: Connection, since: Date): Promise<HistoryRow[] | undefined> {
  const where = all(OWNER, compare('CreatedDate', '>=', since));
  const rows: HistoryRow[] = [];
  const pages: AsyncGenerator<Page<HistoryRow>> = queryPages(
    conn,
    select({ from: 'LeadHistory', fields: FIELDS, where })
  );
  for await (const { totalSize, records } of pages) {
    if (totalSize > MOST_ROWS) return undefined;
    rows.push(...records);
  }
  return rows;
}

/** Whether the history has ever noted an owner: a field that is not tracked leaves none. */
async function isTracked(conn: Connection): Promise<boolean> {
  const soql = select({ from: 'LeadHistory', fields: ['Id'], where: OWNER, limit: 1 });
  return (await queryAll(conn, soql)).length > 0;
}

/** The history has ids and names of owners in rows of their own; the ids are looked at. */
function claimsIn(rows: readonly HistoryRow[], queues: ReadonlyArray<{ id: string; name: string }>): Claim[] {
  const names = new Map(queues.map(({ id, name }) => [id, name]));
  const claims = new Map<string, Claim>();
  for (const { OldValue, NewValue, CreatedById, CreatedBy } of rows) {
    const queue = names.get(OldValue ?? '');
    if (queue === undefined || NewValue !== CreatedById) continue;
    const key = `${OldValue} ${CreatedById}`;
    const claim = claims.get(key) ?? { queueId: OldValue!, queue, user: CreatedBy?.Name ?? CreatedById, leads: 0 };
    claims.set(key, { ...claim, leads: claim.leads + 1 });
  }
  return [...claims.values()].sort((a, b) => b.leads - a.leads || a.user.localeCompare(b.user));
}

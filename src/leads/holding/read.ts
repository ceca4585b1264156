/** Open leads with what is recorded of each. All are read in the order of their ids, side by side, and none is kept. */
import type { Connection } from '@salesforce/core';
import { all, isInQuery, normalStamp, rowsOf, select, type Condition } from '../../org/read/index.js';
import { readAssignments } from '../assignments/index.js';
import type { Evidence, Handed, HeldLead, Sources, Touch } from './facts.js';
import type { Scope } from './scope.js';
import { Sorted } from './sorted.js';

export type Held = { lead: HeldLead; evidence: Evidence };

const FIELDS = [
  'Id',
  'OwnerId',
  'SystemModstamp',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'IsUnreadByOwner',
  'Status',
  'LastActivityDate',
];

type Recorded = { lead: string } & Handed;
type Noted = { lead: string; field: string; to: string; at: number; by: string };
type Activity = { lead: string; touches: Touch[] };

/** @param where further condition on the leads */
export async function* readHeld(
  conn: Connection,
  scope: Scope,
  sources: Sources,
  where?: Condition
): AsyncGenerator<Held[]> {
  const evidence = new EvidenceOfLeads(conn, scope.inner, sources);
  const chosen = where === undefined ? scope.leads : all(scope.leads, where);
  try {
    for await (const rows of rowsOf(conn, { from: 'Lead', fields: FIELDS, where: chosen, orderBy: ['Id'] })) {
      const held: Held[] = [];
      const wanted = rows.map(leadOf).filter(({ ownerId }) => scope.only?.has(ownerId) ?? true);
      for (const lead of wanted) held.push({ lead, evidence: await evidence.of(lead.id) });
      yield held;
    }
  } finally {
    await evidence.close();
  }
}

const leadOf = ([id = '', ownerId = '', stamp = '', ...rest]: string[]): HeldLead => {
  const [created = '', createdBy = '', modified = '', modifiedBy = '', unread, status = '', activity = ''] = rest;
  return {
    id,
    ownerId,
    stamp: normalStamp(stamp),
    created: Date.parse(created),
    createdBy,
    modified: Date.parse(modified),
    modifiedBy,
    unread: unread === 'true',
    status,
    activity,
  };
};

/** What is recorded of leads that are asked for in the order of their ids. */
export class EvidenceOfLeads {
  private readonly assigned: Sorted<Recorded>;
  private readonly noted: Sorted<Noted>;
  private readonly activities: ReadonlyArray<Sorted<Activity>>;

  /** @param leads which leads they are, as an inner query can say it; absent for all */
  public constructor(
    private readonly conn: Connection,
    private readonly leads: Condition | undefined,
    { assignments, trackedSince, tasks, events }: Sources
  ) {
    this.assigned = new Sorted('assignments', assignments ? this.readAssigned() : none(), ({ lead }) => lead);
    this.noted = new Sorted('the history', trackedSince === undefined ? none() : this.readNoted(), ({ lead }) => lead);
    const objects = [...(tasks ? ['Task'] : []), ...(events ? ['Event'] : [])];
    this.activities = objects.map((from) => new Sorted(from, this.readActivities(from), ({ lead }) => lead));
  }

  public async of(id: string): Promise<Evidence> {
    const assigned = (await this.assigned.of(id)).at(-1);
    const noted = await this.noted.of(id);
    const touches: Touch[] = noted.flatMap(({ field, by, at }) =>
      field === OWNER ? [] : [{ kind: 'change' as const, by, at }]
    );
    for (const stream of this.activities) for (const one of await stream.of(id)) touches.push(...one.touches);
    return { ...(assigned ? { assigned } : {}), ...handedBy(noted), touches };
  }

  public async close(): Promise<void> {
    await Promise.all([this.assigned, this.noted, ...this.activities].map((stream) => stream.close()));
  }

  private ofLeads(field: string): Condition | undefined {
    return this.leads && isInQuery(field, select({ from: 'Lead', fields: ['Id'], where: this.leads }));
  }

  private async *readAssigned(): AsyncGenerator<Recorded[]> {
    for await (const rows of readAssignments(this.conn, this.ofLeads('Lead__c'), ['Lead__c', 'Id']))
      yield rows.map(({ lead, after, at }) => ({ lead, to: after, at: Date.parse(at) }));
  }

  private async *readNoted(): AsyncGenerator<Noted[]> {
    const fields = ['LeadId', 'Field', 'NewValue', 'CreatedDate', 'CreatedById'];
    const orderBy = ['LeadId', 'CreatedDate'];
    for await (const rows of rowsOf(this.conn, { from: 'LeadHistory', fields, where: this.ofLeads('LeadId'), orderBy }))
      yield rows.map(([lead = '', field = '', to = '', at = '', by = '']) => ({
        lead,
        field,
        to,
        at: Date.parse(at),
        by,
      }));
  }

  private async *readActivities(from: string): AsyncGenerator<Activity[]> {
    const fields = ['WhoId', 'CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate'];
    const where = this.ofLeads('WhoId');
    for await (const rows of rowsOf(this.conn, { from, fields, where, orderBy: ['WhoId'] }))
      yield rows.map(([lead = '', ...times]) => ({ lead, touches: touchesOf(times) }));
  }
}

/** Field of the history that notes owners: a row with names, and one with ids. [D] */
const OWNER = 'Owner';

const ID = /^(005|00G)[A-Za-z0-9]{12,15}$/;

/** The latest change of the owner; whom it names where a row with ids is there. */
function handedBy(noted: readonly Noted[]): { noted?: Handed } {
  const owners = noted.filter(({ field }) => field === OWNER);
  const at = owners.at(-1)?.at;
  if (at === undefined) return {};
  return { noted: { at, to: owners.findLast((row) => row.at === at && ID.test(row.to))?.to ?? '' } };
}

/** An activity is touched by who makes it and by who changes it last; open tasks go to a new owner by others' hands. */
const touchesOf = ([createdBy = '', created = '', modifiedBy = '', modified = '']: readonly string[]): Touch[] => [
  { kind: 'activity', by: createdBy, at: Date.parse(created) },
  { kind: 'activity', by: modifiedBy, at: Date.parse(modified) },
];

async function* none(): AsyncGenerator<never[]> {
  // Nothing to read.
}

/** The plan of a probe: one lead goes to somebody by SOAP with a mail, and comes back. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { all, compare, normalStamp, queryAll, select, type OrgIdentity } from '../../org/read/index.js';
import {
  createRowSet,
  createUpdateStep,
  fingerprint,
  PLAN_FORMAT,
  callsOfUpdate,
  totalCalls,
  type Plan,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import { checkAccess } from '../distribute/index.js';
import { OWNER_FIELD, OWNER_STEP } from '../owners-step.js';
import type { TargetProblem } from '../distribute/targets.js';
import type { Owner } from '../owner-names.js';
import { to18 } from '../record-id.js';
import { deliverability } from './org.js';
import { ownerFor, resolveOwners } from '../reassign/owners.js';

export const PROBE_KIND = 'lead.notify-probe';

const BACK_STEP = 'back';

/** A probe that cannot be planned; the key names the message. */
export class ProbeError extends Error {
  public constructor(
    public readonly key: 'to' | 'queue' | 'self' | 'noLead' | 'lead' | 'theirs',
    public readonly detail: string,
    public readonly problem?: TargetProblem
  ) {
    super(`${key}: ${detail}`);
    this.name = 'ProbeError';
  }
}

export const probeDetailsSchema = z.object({
  lead: z.object({ id: z.string(), name: z.string(), company: z.string() }),
  to: z.object({ id: z.string(), name: z.string(), email: z.string(), partner: z.boolean() }),
  /** Id of the owner who gets the lead back. */
  back: z.string(),
});

export type ProbeDetails = z.infer<typeof probeDetailsSchema>;

/** Hash of what a plan relies on. */
const probeFingerprint = ({ to, back }: Pick<ProbeDetails, 'to' | 'back'>): string =>
  fingerprint({ to: to.id, email: to.email, back });

type Request = { conn: Connection; org: OrgIdentity; folder: RunFolder; lead?: string; to: string };

/** @throws ProbeError, RequestError */
export async function buildProbe({ conn, org, folder, lead: wanted, to }: Request): Promise<Plan> {
  await checkAccess(conn);
  const me = await userBy(conn, 'Username', org.username);
  const owner = await recipient(conn, to, me.Id);
  const { Email } = await userBy(conn, 'Id', owner.id);
  const lead = await leadOf(conn, wanted, me.Id);
  if (lead.OwnerId === owner.id) throw new ProbeError('theirs', owner.name);
  const details: ProbeDetails = {
    lead: { id: lead.Id, name: lead.Name, company: lead.Company },
    to: { id: owner.id, name: owner.name, email: Email, partner: owner.accountId !== undefined },
    back: lead.OwnerId,
  };
  const give = { lead: lead.Id, owner: owner.id, was: lead.OwnerId, stamp: lead.SystemModstamp };
  const steps = [
    {
      ...(await step(folder, OWNER_STEP, `Give the lead to ${owner.name} by SOAP, with a mail`, give)),
      mail: 'soap' as const,
    },
    // Its stamp is that of the step before by then; who owns it tells whether somebody came between.
    await step(folder, BACK_STEP, 'Give the lead back', { ...give, owner: lead.OwnerId, was: owner.id, stamp: '' }),
  ];
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PROBE_KIND,
    title: `Try whether ${owner.name} is mailed`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: probeFingerprint(details),
    steps,
    warnings: deliverability(org),
    cost: { ...totalCalls(steps.map(callsOfUpdate)), emails: 1, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

/** What a saved plan relies on, as the org is now: its user and his address. Who can take no leads any more says nothing. */
export async function probeNow(conn: Connection, { to, back }: ProbeDetails): Promise<string> {
  const owner = ownerFor(await resolveOwners(conn, [to.id]), to.id);
  if ('key' in owner) return '';
  const { Email: email } = await userBy(conn, 'Id', owner.id);
  return probeFingerprint({ to: { ...to, email }, back });
}

/** The owner to be mailed. The org does not mail who gives a lead to himself. */
async function recipient(conn: Connection, to: string, me: string): Promise<Owner> {
  const owner = ownerFor(await resolveOwners(conn, [to]), to);
  if ('key' in owner) throw new ProbeError('to', to, owner);
  if (owner.kind === 'Queue') throw new ProbeError('queue', owner.name);
  if (owner.id === me) throw new ProbeError('self', owner.name);
  return owner;
}

type UserRow = { Id: string; Email: string };

async function userBy(conn: Connection, field: 'Id' | 'Username', value: string): Promise<UserRow> {
  const soql = select({ from: 'User', fields: ['Id', 'Email'], where: compare(field, '=', value) });
  const [row] = await queryAll<UserRow>(conn, soql);
  if (!row) throw new Error(`The org does not show the user ${value}.`);
  return row;
}

type LeadRow = { Id: string; Name: string; Company: string; OwnerId: string; SystemModstamp: string };

/** The lead that is named, else the newest open one of the running user. */
async function leadOf(conn: Connection, wanted: string | undefined, me: string): Promise<LeadRow> {
  const id = wanted === undefined ? undefined : to18(wanted);
  if (wanted !== undefined && !id?.startsWith('00Q')) throw new ProbeError('lead', wanted);
  const which = id === undefined ? compare('OwnerId', '=', me) : compare('Id', '=', id);
  const where = all(which, compare('IsConverted', '=', false));
  const fields = ['Id', 'Name', 'Company', 'OwnerId', 'SystemModstamp'];
  const [row] = await queryAll<LeadRow>(conn, select({ from: 'Lead', fields, where, orderBy: ['Id'], limit: 1 }));
  if (!row) throw wanted === undefined ? new ProbeError('noLead', '') : new ProbeError('lead', wanted);
  return row;
}

type Row = { lead: string; owner: string; was: string; stamp: string };

async function step(
  folder: RunFolder,
  id: string,
  title: string,
  { lead, owner, was, stamp }: Row
): Promise<UpdateRowsStep> {
  await using rows = await createRowSet(folder.rows(id), OWNER_FIELD);
  const normal = stamp === '' ? '' : normalStamp(stamp);
  rows.add([lead, owner, was, normal, 'probe of owner mails']);
  await rows.close();
  const since = normal || new Date(0).toISOString();
  const about = { id, title, object: 'Lead', field: OWNER_FIELD, since, values: [owner], undo: 'exact' as const };
  return createUpdateStep(folder, about, 1);
}

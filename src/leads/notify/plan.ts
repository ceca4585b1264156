/** Plans the mails of a reassignment: what they say, how many there are, and by which way they go. */
import type { Connection } from '@salesforce/core';
import {
  hasReassignApex,
  readRecords,
  renderStoredTemplate,
  renderTexts,
  type OrgIdentity,
} from '../../org/read/index.js';
import { fingerprint, type RunFolder } from '../../runs/index.js';
import type { Owner } from '../owner-names.js';
import type { Notify, ReassignDetails } from '../reassign/details.js';
import type { Moves, Notifying } from '../reassign/plan.js';
import { chooseAlert, type ChosenAlert } from './alert.js';
import { NotifyError } from './errors.js';
import { deliverability, liveSites, mailsLeft } from './org.js';
import { isProven, type Probe } from './probes.js';
import { mailsFor } from './recipients.js';
import { bringAlert, mailStep } from './steps.js';

export type NotifyRequest = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  owners: readonly Owner[];
  /** What `--template` says. */
  wanted?: string;
  /** What `--route` says. */
  route?: Notify['route'];
  /** What is known of mails by SOAP in this org. */
  probes: readonly Probe[];
};

/** Hash of what the mails rely on: who gets them beside the owner, and what they say. */
const contentOf = ({ name, exists, template, others, uncounted }: ChosenAlert): string =>
  fingerprint({ name, exists, template: { ...template }, others, uncounted });

/** Mails by the e-mail header of SOAP, only where a probe has shown that they arrive. */
function planBySoap(request: NotifyRequest, moves: Moves): Promise<Notifying> {
  const { org, owners, probes } = request;
  const isGiven = owners.filter(({ id }) => moves.leads.has(id));
  for (const kind of ['partner', 'internal'] as const) {
    const isOf = ({ accountId }: Owner): boolean => (kind === 'partner') === (accountId !== undefined);
    if (isGiven.some(isOf) && !isProven(probes, kind)) throw new NotifyError('notProven', [kind, org.username]);
  }
  return planByWrite(request, moves, 'soap', EXPERIMENTAL);
}

/** Mails by the change of owners itself: the org writes them. */
async function planByWrite(
  { conn, org }: NotifyRequest,
  { leads }: Moves,
  route: 'apex' | 'soap',
  warning: string
): Promise<Notifying> {
  const each = await mailsFor(conn, [...leads.keys()]);
  // The org mails nobody about what he gives to himself (platform-facts D1).
  const [me] = await readRecords<{ Id: string }>(conn, {
    from: 'User',
    fields: ['Id'],
    by: 'Username',
    values: [org.username],
  });
  const one = (id: string): number | null => (id === me?.Id ? 0 : (each.get(id) ?? null));
  const mails = new Map([...leads].map(([id, count]) => [id, times(count, one(id))]));
  const total = [...mails.values()].includes(null) ? null : sum(mails);
  return {
    notify: {
      ...{ route, alert: null, template: null, wanted: null, brings: [], others: [] },
      ...{ mails: total, sample: null, left: null, fingerprint: '' },
    },
    ...{ before: [], after: [], byWrite: route, mails, warnings: [warning, ...deliverability(org)] },
  };
}

const EXPERIMENTAL = 'Mails by SOAP are experimental, and leads go 200 a call.';

/** The setting is in LeadConfigSettings, off by default (platform-facts D1). */
const BY_APEX =
  'The org sends these mails only where its lead settings let it: an owner who uses Lightning Experience is mailed where ' +
  'shouldSendNotificationEmailWhenLeadOwnerUpdatesViaApexInLEX is on, which it is not by default (Setup > Lead Settings). ' +
  'Give one lead to a colleague first, and see whether the mail arrives.';

const times = (count: number, one: number | null): number | null => (one === null ? null : count * one);

/**
 * By the way that is asked for; else by Apex of the package where it is installed and no template is wanted, else by an e-mail
 * alert.
 * @throws NotifyError
 */
export async function planMails(request: NotifyRequest, moves: Moves): Promise<Notifying> {
  const { conn, route, wanted } = request;
  if (route === 'soap') return planBySoap(request, moves);
  const mayBeApex = route === 'apex' || (route === undefined && wanted === undefined);
  if (mayBeApex && (await hasReassignApex(conn))) return planByWrite(request, moves, 'apex', BY_APEX);
  if (route === 'apex') throw new NotifyError('noApex');
  return planByAlert(request, moves);
}

async function planByAlert(request: NotifyRequest, moves: Moves): Promise<Notifying> {
  const { conn, org, folder, owners, wanted } = request;
  const sites = await liveSites(conn);
  const alert = await chooseAlert(conn, wanted, sites.length === 1 ? sites[0] : undefined);
  const mails = await mailsByOwner(conn, alert, moves);
  const total = [...mails.values()].some((count) => count === null) ? null : sum(mails);
  const left = await mailsLeft(conn);
  requireLeft(sum(mails), left);
  const before = await bringAlert(folder, org.id, conn.version, alert);
  return {
    notify: {
      ...{ route: 'alert', alert: alert.name, template: alert.template.fullName, wanted: wanted ?? null },
      brings: before.map(({ title }) => title),
      mails: total,
      others: [...alert.others, ...alert.uncounted],
      sample: await sampleOf(conn, alert, moves.first),
      left,
      fingerprint: contentOf(alert),
    },
    before,
    after: [await mailStep(folder, moves.owners, alert.name)],
    mails,
    warnings: warningsOf({ org, alert, owners, sites, total, left }),
  };
}

const sum = (mails: ReadonlyMap<string, number | null>): number =>
  [...mails.values()].reduce<number>((total, count) => total + (count ?? 0), 0);

/** Mails beyond the limit vanish, and no call says so (help, email alert limits). */
function requireLeft(mails: number, left: number | null): void {
  if (left !== null && mails > left) throw new NotifyError('limit', [String(mails), String(left)]);
}

async function mailsByOwner(
  conn: Connection,
  { others, uncounted }: ChosenAlert,
  { leads }: Moves
): Promise<Map<string, number | null>> {
  const each = await mailsFor(conn, [...leads.keys()]);
  return new Map(
    [...leads].map(([id, count]) => {
      const one = each.get(id) ?? null;
      return [id, one === null || uncounted.length > 0 ? null : count * (one + others.length)];
    })
  );
}

async function sampleOf(conn: Connection, { template }: ChosenAlert, lead: string): Promise<Notify['sample']> {
  if (template.id !== undefined) return { lead, ...(await renderStoredTemplate(conn, template.id, lead)) };
  const [subject = '', body = ''] = await renderTexts(conn, [template.subject, template.body], lead);
  return { lead, subject, body };
}

type Known = {
  org: OrgIdentity;
  alert: ChosenAlert;
  owners: readonly Owner[];
  sites: readonly string[];
  total: number | null;
  left: number | null;
};

function warningsOf({ org, alert, owners, sites, total, left }: Known): string[] {
  const isPartner = owners.some(({ accountId }) => accountId !== undefined);
  const hasLink = sites.some((url) => alert.template.body.includes(url));
  const told: Array<[boolean, string]> = [
    [
      isPartner && !hasLink,
      'The mail has no link to a site of partners. {!Lead.Link} opens the org itself, where partners cannot log in.',
    ],
    [
      total === null,
      'A queue has groups or roles as members, or the alert has recipients that cannot be counted: there are more mails than shown.',
    ],
    [left === null, 'You may not see the limits of the org. Mails beyond its daily limit vanish without a word.'],
  ];
  return [...deliverability(org), ...told.flatMap(([holds, text]) => (holds ? [text] : []))];
}

/** What the mails of a saved plan rely on, as the org is now. @throws NotifyError where there are too few left today */
export async function mailsNow(conn: Connection, { notify, owners }: ReassignDetails): Promise<Notify | null> {
  if (notify?.route === 'apex' && !(await hasReassignApex(conn))) throw new NotifyError('noApex');
  if (notify?.route !== 'alert') return notify;
  const sites = await liveSites(conn);
  const alert = await chooseAlert(conn, notify.wanted ?? undefined, sites.length === 1 ? sites[0] : undefined);
  requireLeft(
    owners.reduce((total, { mails }) => total + (mails ?? 0), 0),
    await mailsLeft(conn)
  );
  return { ...notify, fingerprint: contentOf(alert) };
}

/** Plans the end of partnerships: reads, lists what is lost for good, writes nothing but files of the run folder. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  fingerprint,
  PLAN_FORMAT,
  type Plan,
  type RecordsStep,
  type RunFolder,
  totalCalls,
} from '../../runs/index.js';
import { namedAccounts, type NamedAccounts } from '../named-accounts.js';
import { byId, type OwnedAccount } from '../owned-accounts.js';
import type { PartnerUserRow } from '../portal.js';
import { NOT_ALL } from '../sight.js';
import type { DisableDetails } from './details.js';
import { DisableError } from './errors.js';
import { DEACTIVATED_AT_ONCE, lossesOf } from './losses.js';
import { accountAccess, groupsOf, readDisable, type DisableSnapshot } from './read.js';

export const DISABLE_KIND = 'partner.disable';
export const USER_STEP = 'users';
export const PARTNER_STEP = 'partners';

export type DisableRequest = {
  /** Deactivate all partner users, not only those that the platform takes. */
  deactivateRest: boolean;
} & NamedAccounts;

/** Builds the plan. @throws DisableError, PartnerNameError */
export async function buildDisable(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  request: DisableRequest
): Promise<Plan> {
  const ids = await namedAccounts(conn, request);
  if (!ids) throw new DisableError('noAccounts');
  const { hasPersons } = await accountAccess(conn);
  const snapshot = await readDisable(conn, org, ids, hasPersons);
  const ending = snapshot.accounts.filter(({ isPartner }) => isPartner);
  const leaving = request.deactivateRest ? activeUsers(snapshot) : [];
  const steps = await writeSteps(folder, ending, leaving);
  const details: DisableDetails = {
    accounts: lossesOf(snapshot, ending),
    skipped: snapshot.accounts.filter(({ isPartner }) => !isPartner).map((account) => skippedOf(snapshot, account)),
    deactivateRest: request.deactivateRest,
    deactivated: leaving.map(({ Id, Name, Username }) => ({ id: Id, name: Name, username: Username })),
    named: [...ids].sort(),
    unknown: unknownOf(snapshot),
  };
  const plan = planOf(org, steps, details, fingerprintOf(details, snapshot));
  await folder.writePlan(plan);
  return plan;
}

/** Active partner users of all named accounts, also of those that are no partners by now, by id. */
function activeUsers({ users }: DisableSnapshot): PartnerUserRow[] {
  const active = users.known ? users.value.filter(({ IsActive }) => IsActive) : [];
  return active.sort((a, b) => (a.Id < b.Id ? -1 : 1));
}

const skippedOf = ({ persons }: DisableSnapshot, { id, name }: OwnedAccount): DisableDetails['skipped'][number] => ({
  id,
  name,
  reason: persons.has(id) ? 'person-account' : 'not-partner',
});

/**
 * Users first: then nothing depends on which of them the platform would have taken. Neither step is taken back, as the
 * roles of the users are gone for good.
 */
async function writeSteps(
  folder: RunFolder,
  ending: readonly OwnedAccount[],
  leaving: readonly PartnerUserRow[]
): Promise<RecordsStep[]> {
  const common = (name: string): Omit<RecordsStep, 'id' | 'kind' | 'title' | 'object' | 'rows'> => ({
    operation: 'update',
    fields: [{ name, type: 'boolean' }],
    key: [],
    keyIsUnique: false,
    takeBack: 'delete',
    undo: 'none',
  });
  const row = (id: string, label: string, stamp: string) => ({ id, label, stamp, values: ['false'], was: ['true'] });
  const steps: RecordsStep[] = [];
  if (leaving.length > 0) {
    const about = { ...common('IsActive'), id: USER_STEP, title: 'Deactivate the partner users', object: 'User' };
    // Logins change users all the time: only whether they are active counts, and that twice does no harm.
    const rows = leaving.map(({ Id, Name, Username }) => row(Id, `${Name} (${Username})`, ''));
    steps.push(await createRecordsStep(folder, about, rows));
  }
  if (ending.length > 0) {
    const about = { ...common('IsPartner'), id: PARTNER_STEP, title: 'End the partnerships', object: 'Account' };
    const rows = [...ending].sort(byId).map(({ id, name, stamp }) => row(id, name, stamp));
    steps.push(await createRecordsStep(folder, about, rows));
  }
  return steps;
}

function unknownOf({ seesAll, portalRoles, users, openLeads, sharing, shares }: DisableSnapshot): string[] {
  const reasons = [portalRoles, users, openLeads, ...shares.values()].flatMap((rows) =>
    rows.known ? [] : [rows.reason]
  );
  return [
    ...new Set([
      ...(seesAll ? [] : [NOT_ALL]),
      ...reasons,
      ...sharing.notes.map(({ source, reason }) => `${source}: ${reason}`),
    ]),
  ];
}

/** Everything that is lost: whoever agreed to it has agreed to nothing else. Leads come and go and do not count. */
const fingerprintOf = ({ accounts, deactivated, deactivateRest }: DisableDetails, snapshot: DisableSnapshot): string =>
  fingerprint({
    accounts: accounts.map(({ openLeads: _leads, ...loss }) => loss),
    deactivated: deactivated.map(({ id }) => id),
    deactivateRest,
    groups: groupsOf(snapshot.sharing, snapshot.portalRoles).sort(),
  });

function planOf(org: OrgIdentity, steps: RecordsStep[], details: DisableDetails, hash: string): Plan {
  const { accounts, deactivated } = details;
  return {
    format: PLAN_FORMAT,
    kind: DISABLE_KIND,
    title: `End ${accounts.length} partnerships, deactivate ${deactivated.length} users`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: hash,
    steps,
    warnings: warningsOf(details),
    // Users are not looked at before they are written, accounts are.
    cost: {
      ...totalCalls(steps.map((step) => callsOfRecords(step, step.object === 'User' ? 0 : undefined))),
      emails: 0,
      licences: 0,
    },
    details,
  };
}

/** What is to be known beside the losses. */
export function warningsOf({ accounts, deactivateRest, unknown }: DisableDetails): string[] {
  const many = deactivateRest ? [] : accounts.filter(({ users }) => (users?.beyond ?? 0) > 0);
  return [
    ...many.map(
      ({ name, users }) =>
        `${name} has ${users!.active.length} active partner users. Salesforce deactivates up to ${DEACTIVATED_AT_ONCE} and ` +
        `does not say which, so at least ${users!.beyond} stay active. With --deactivate-rest all are deactivated.`
    ),
    ...unknown.map((reason) => `Not known: ${reason}`),
  ];
}

/** Reads what is lost with a partner account. */
import type { Connection } from '@salesforce/core';
import { all, compare, countOf, readRecords, type OrgIdentity } from '../../org/read/index.js';
import { emptySnapshot, type SharingSnapshot } from '../../sharing/model.js';
import { Batch, type Answer, type Rows } from '../batch.js';
import { accountsById, byId, type OwnedAccount } from '../owned-accounts.js';
import { askOpenLeads, askPartnerUsers, askPortalRoles, type PartnerUserRow, type PortalRoleRow } from '../portal.js';
import { readRoleSharing } from '../role-sharing.js';
import type { CountRow } from '../rows.js';
import { askSight } from '../sight.js';
import { DisableError } from './errors.js';

/** Shares with one group. */
export type SharedRow = { UserOrGroupId: string; total: number };

export type DisableSnapshot = {
  /** Whether the running user sees all records; the numbers are lower limits otherwise. */
  seesAll: boolean;
  accounts: OwnedAccount[];
  /** Ids of those that are person accounts. */
  persons: ReadonlySet<string>;
  portalRoles: Rows<PortalRoleRow>;
  users: Rows<PartnerUserRow>;
  openLeads: Rows<CountRow>;
  sharing: SharingSnapshot;
  /** By object. */
  shares: Map<string, Rows<SharedRow>>;
};

/** Whether the running user may end a partnership, and whether the org has person accounts. @throws DisableError */
export async function accountAccess(conn: Connection): Promise<{ hasPersons: boolean }> {
  const { updateable, fields } = await conn.describe('Account');
  const flag = fields.find(({ name }) => name === 'IsPartner');
  // A missing field has an error of its own, which the reading of accounts brings.
  if (flag && (!updateable || !flag.updateable)) throw new DisableError('access');
  return { hasPersons: fields.some(({ name }) => name === 'IsPersonAccount') };
}

/** Reads accounts and everything that hangs on those that are partners. A few calls for each 500 of them. */
export async function readDisable(
  conn: Connection,
  org: OrgIdentity,
  ids: readonly string[],
  hasPersons: boolean
): Promise<DisableSnapshot> {
  const accounts = (await accountsById(conn, ids)).sort(byId);
  const persons = hasPersons ? await personsAmong(conn, ids) : new Set<string>();
  const batch = new Batch();
  const [roles, users] = [askPortalRoles(batch, ids), askPartnerUsers(batch, ids)];
  const seesAll = askSight(batch, org.username);
  const [sharing] = await Promise.all([
    accounts.some(({ isPartner }) => isPartner) ? readRoleSharing(conn, org) : emptySnapshot(org),
    batch.ask(conn),
  ]);
  const [portalRoles, people] = [roles(), users()];
  const openLeads = await readOpenLeads(conn, people);
  const shares = await readShares(conn, groupsOf(sharing, portalRoles));
  return { seesAll: seesAll(), accounts, persons, portalRoles, users: people, openLeads, sharing, shares };
}

async function personsAmong(conn: Connection, ids: readonly string[]): Promise<Set<string>> {
  const fields = ['Id', 'IsPersonAccount'];
  type Row = { Id: string; IsPersonAccount: boolean };
  const rows = await readRecords<Row>(conn, { from: 'Account', fields, by: 'Id', values: ids });
  return new Set(rows.filter(({ IsPersonAccount }) => IsPersonAccount).map(({ Id }) => Id));
}

/** Ids of the groups of portal roles. */
export function groupsOf({ groups }: SharingSnapshot, roles: Rows<PortalRoleRow>): string[] {
  const ids = new Set(roles.known ? roles.value.map(({ Id }) => Id) : []);
  return groups.filter(({ relatedId }) => relatedId !== undefined && ids.has(relatedId)).map(({ id }) => id);
}

async function readOpenLeads(conn: Connection, users: Rows<PartnerUserRow>): Promise<Rows<CountRow>> {
  if (!users.known) return users;
  const batch = new Batch();
  const ids = users.value.map(({ Id }) => Id);
  const answer = askOpenLeads(batch, ids);
  await batch.ask(conn);
  return answer();
}

const STANDARD = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity'].map((name) => `${name}Share`);

/** Causes that follow from something else, of shares of custom objects: those may have causes of their own. */
const DERIVED = ['Owner', 'Rule', 'GuestRule'];

/** Shares given to groups, of the usual objects and of custom ones. */
async function readShares(conn: Connection, groups: readonly string[]): Promise<Map<string, Rows<SharedRow>>> {
  if (groups.length === 0) return new Map();
  const { sobjects } = await conn.describeGlobal();
  const names = sobjects.map(({ name }) => name).filter((name) => STANDARD.includes(name) || name.endsWith('__Share'));
  const batch = new Batch();
  const answers = names.map((name): [string, Answer<SharedRow>] => [name, askShares(batch, name, groups)]);
  await batch.ask(conn);
  return new Map(answers.map(([name, answer]) => [objectOf(name), answer()]));
}

function askShares(batch: Batch, share: string, groups: readonly string[]): Answer<SharedRow> {
  const where = share.endsWith('__Share')
    ? all(...DERIVED.map((cause) => compare('RowCause', '!=', cause)))
    : compare('RowCause', '=', 'Manual');
  const fields = ['UserOrGroupId', countOf('Id', 'total')];
  return batch.addFor(share, { from: share, fields, groupBy: ['UserOrGroupId'] }, 'UserOrGroupId', groups, where);
}

const objectOf = (share: string): string => share.replace(/__Share$/, '__c').replace(/Share$/, '');

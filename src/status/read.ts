/** Reads the status of an org's channel. Sections are read side by side; one that fails leaves the others alone. */
import type { Connection } from '@salesforce/core';
import { CLAIM_DAYS, daysAgo, readClaims, type Claim } from '../leads/queues/claims.js';
import {
  all,
  compare,
  countOf,
  countsBy,
  hasReassignApex,
  isIn,
  queryAll,
  select,
  type Condition,
  type OrgIdentity,
} from '../org/read/index.js';
import { isOn, readCommunities } from '../prm/settings.js';
import { PARTNER_LICENCES } from './licences.js';
import type { Status } from './result.js';
import { section } from './section.js';

const PARTNER_USER = compare('UserType', '=', 'PowerPartner');

export async function readStatus(conn: Connection, org: OrgIdentity, openRuns: string[]): Promise<Status> {
  const queueRows = readQueueRows(conn);
  const [settings, prm, licences, partnerAccounts, partnerUsers, sites, leads, queues, claims, mails] =
    await Promise.all([
      section(readSettings(conn)),
      section(readPrm(conn)),
      section(readLicences(conn)),
      section(readPartnerAccounts(conn)),
      section(readPartnerUsers(conn)),
      section(readSites(conn)),
      section(readLeads(conn)),
      section(readQueues(conn, queueRows)),
      section(readRecentClaims(conn, queueRows)),
      section(readMails(conn)),
    ]);
  const { id, name, domain, kind, edition, instance, username, createdDate } = org;
  const about = { id, name, domain, kind, edition, instance, username, createdDate };
  return {
    org: about,
    settings,
    prm,
    licences,
    partnerAccounts,
    partnerUsers,
    sites,
    leads,
    queues,
    claims,
    mails,
    openRuns,
  };
}

/** The way that mails to new owners take unless one is named. */
const readMails = async (conn: Connection): Promise<{ route: 'apex' | 'alert' }> => ({
  route: (await hasReassignApex(conn)) ? 'apex' : 'alert',
});

type Settings = { digitalExperiences: boolean; partnerFields: boolean };

async function readSettings(conn: Connection): Promise<Settings> {
  const { fields } = await conn.describe('Account');
  const { sobjects } = await conn.describeGlobal();
  return {
    digitalExperiences: sobjects.some(({ name }) => name === 'Network'),
    partnerFields: fields.some(({ name }) => name === 'IsPartner'),
  };
}

type LicenceRow = {
  Name: string;
  LicenseDefinitionKey: string;
  Status: string;
  TotalLicenses: number;
  UsedLicenses: number;
};
type Licence = { name: string; key: string; status: string; total: number; used: number; left: number };

async function readPrm(conn: Connection): Promise<{ enabled: boolean }> {
  return { enabled: isOn(await readCommunities(conn), 'enableEnablePRM') };
}

async function readLicences(conn: Connection): Promise<Licence[]> {
  const fields = ['Name', 'LicenseDefinitionKey', 'Status', 'TotalLicenses', 'UsedLicenses'];
  const where = isIn('LicenseDefinitionKey', PARTNER_LICENCES);
  const rows = await queryAll<LicenceRow>(conn, select({ from: 'UserLicense', fields, where, orderBy: ['Name'] }));
  return rows.map(({ Name, LicenseDefinitionKey, Status, TotalLicenses, UsedLicenses }) => ({
    name: Name,
    key: LicenseDefinitionKey,
    status: Status,
    total: TotalLicenses,
    used: UsedLicenses,
    left: TotalLicenses - UsedLicenses,
  }));
}

async function readPartnerAccounts(conn: Connection): Promise<{ partner: number; withPartnerUsers: number }> {
  const [partner, withUsers] = await Promise.all([
    countRows(conn, 'Account', compare('IsPartner', '=', true)),
    countsBy(conn, { from: 'User', by: 'AccountId', where: all(PARTNER_USER, compare('AccountId', '!=', null)) }),
  ]);
  return { partner, withPartnerUsers: withUsers.size };
}

async function readPartnerUsers(
  conn: Connection
): Promise<{ active: number; neverLoggedIn: number; inactive: number }> {
  const active = compare('IsActive', '=', true);
  const [states, neverLoggedIn] = await Promise.all([
    countsBy(conn, { from: 'User', by: 'IsActive', where: PARTNER_USER }),
    countRows(conn, 'User', all(PARTNER_USER, active, compare('LastLoginDate', '=', null))),
  ]);
  return { active: states.get('true') ?? 0, neverLoggedIn, inactive: states.get('false') ?? 0 };
}

type NetworkRow = { Id: string; Name: string; Status: string; UrlPathPrefix: string | null };
type Site = { name: string; status: string; path: string; members: number };

async function readSites(conn: Connection): Promise<Site[]> {
  const fields = ['Id', 'Name', 'Status', 'UrlPathPrefix'];
  const [networks, members] = await Promise.all([
    queryAll<NetworkRow>(conn, select({ from: 'Network', fields, orderBy: ['Name'] })),
    countsBy(conn, { from: 'NetworkMember', by: 'NetworkId' }),
  ]);
  return networks.map(({ Id, Name, Status, UrlPathPrefix }) => ({
    name: Name,
    status: Status,
    path: UrlPathPrefix ?? '',
    members: members.get(Id) ?? 0,
  }));
}

const OPEN = compare('IsConverted', '=', false);
const IN_QUEUE = compare('Owner.Type', '=', 'Queue');

async function readLeads(conn: Connection): Promise<{ open: number; inQueues: number; converted: number }> {
  const [open, inQueues, converted] = await Promise.all([
    countRows(conn, 'Lead', OPEN),
    countRows(conn, 'Lead', all(OPEN, IN_QUEUE)),
    countRows(conn, 'Lead', compare('IsConverted', '=', true)),
  ]);
  return { open, inQueues, converted };
}

type Queue = { id: string; name: string; takesLeads: boolean; openLeads: number };

type QueueRow = { Id: string; Name: string };

/** All queues of the org; two sections look at them. */
const readQueueRows = (conn: Connection): Promise<QueueRow[]> =>
  queryAll<QueueRow>(conn, select({ from: 'Group', fields: ['Id', 'Name'], where: compare('Type', '=', 'Queue') }));

/** Queues that take leads or hold some, the fullest first. */
async function readQueues(conn: Connection, rows: Promise<QueueRow[]>): Promise<Queue[]> {
  const [queues, sobjects, counts] = await Promise.all([
    rows,
    queryAll<{ QueueId: string }>(
      conn,
      select({ from: 'QueueSobject', fields: ['QueueId'], where: compare('SobjectType', '=', 'Lead') })
    ),
    countsBy(conn, { from: 'Lead', by: 'OwnerId', where: all(OPEN, IN_QUEUE) }),
  ]);
  const able = new Set(sobjects.map(({ QueueId }) => QueueId));
  return queues
    .map(({ Id, Name }) => ({ id: Id, name: Name, takesLeads: able.has(Id), openLeads: counts.get(Id) ?? 0 }))
    .filter(({ takesLeads, openLeads }) => takesLeads || openLeads > 0)
    .sort((a, b) => b.openLeads - a.openLeads || (a.name < b.name ? -1 : 1));
}

/** Who took leads out of queues lately. @throws Error with the reason where that is not known */
async function readRecentClaims(conn: Connection, rows: Promise<QueueRow[]>): Promise<Claim[]> {
  const named = (await rows).map(({ Id, Name }) => ({ id: Id, name: Name }));
  const claims = await readClaims(conn, named, daysAgo(CLAIM_DAYS));
  if (!claims.known) throw new Error(claims.reason);
  return claims.value;
}

async function countRows(conn: Connection, from: string, where: Condition): Promise<number> {
  const [row] = await queryAll<{ total: number }>(conn, select({ from, fields: [countOf('Id', 'total')], where }));
  return row?.total ?? 0;
}

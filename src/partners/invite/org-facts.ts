/** What the org says about inviting: profiles with licences, sites, roles, and the values its picklists allow. */
import type { Connection } from '@salesforce/core';
import { compare, inOneBreath, queryTogether, select, textOf } from '../../org/read/index.js';
import { readCommunities } from '../../prm/settings.js';
import { PARTNER_LICENCES } from '../../status/licences.js';
import { Batch, rowsOrNone } from '../batch.js';
import { ownPermissions } from '../questions.js';
import { sightOf } from '../sight.js';
import type { MemberGroupRow, MemberRow, OwnPermissionsRow } from '../rows.js';

/** A licence of partner users. `total` and `used` are seats; null where they cannot be seen. */
export type Licence = {
  key: string;
  name: string;
  active: boolean;
  total: number | null;
  used: number | null;
  /** Logins of the month; null where the licence counts its users (platform-facts C4). */
  logins: { entitled: number; used: number | null } | null;
};

/** A profile that partner users may have. */
export type PartnerProfile = { id: string; name: string; licence: Licence };

/** A site as far as it matters for mails: one whose mails cannot be told apart has `welcomes` undefined. */
export type MailSite = { id: string; name: string; live: boolean; welcomes: boolean };

export type OrgFacts = {
  profiles: PartnerProfile[];
  sites: MailSite[];
  /** Profiles that are members of each site, by id of the site. */
  memberProfiles: Map<string, Set<string>>;
  /** Whether all sites and their members can be seen. */
  seesSites: boolean;
  /** Whether all records can be seen. */
  seesAll: boolean;
  /** Username of the running user. */
  viewer: string;
  defaults: { locale: string; language: string; timeZone: string };
  picklists: { locale: string[]; language: string[]; timeZone: string[] };
};

type ProfileRow = {
  Id: string;
  Name: string;
  UserLicense: {
    LicenseDefinitionKey: string;
    Name: string;
    Status: string;
    TotalLicenses: number | null;
    UsedLicenses: number | null;
    MonthlyLoginsEntitlement: number | null;
    MonthlyLoginsUsed: number | null;
  } | null;
};
type NetworkRow = { Id: string; Name: string; Status: string; OptionsSendWelcomeEmail: boolean };
type OrganizationRow = { DefaultLocaleSidKey: string; LanguageLocaleKey: string; TimeZoneSidKey: string };

/** Reads it in two calls. @throws the org's error where users or profiles cannot be read */
export async function readOrgFacts(conn: Connection, viewer: string): Promise<OrgFacts> {
  const batch = new Batch();
  const networks = batch.add<NetworkRow>('sites', {
    from: 'Network',
    fields: ['Id', 'Name', 'Status', 'OptionsSendWelcomeEmail'],
    orderBy: ['Name'],
  });
  const groups = batch.add<MemberGroupRow>('member groups of sites', {
    from: 'NetworkMemberGroup',
    fields: ['NetworkId', 'ParentId', 'AssignmentStatus'],
  });
  const own = batch.add<OwnPermissionsRow>('permission set assignments', ownPermissions(viewer));
  const organization = batch.add<OrganizationRow>('the organization', {
    from: 'Organization',
    fields: ['DefaultLocaleSidKey', 'LanguageLocaleKey', 'TimeZoneSidKey'],
  });
  const [, profiles, { fields }] = await inOneBreath(conn, () =>
    Promise.all([batch.ask(conn), readProfiles(conn), conn.describe('User')])
  );
  const values = (name: string): string[] => {
    const picklist = fields.find((field) => field.name === name)?.picklistValues ?? [];
    return picklist.filter(({ active }) => active).map(({ value }) => String(value));
  };
  const { records: seesAll, sites: seesSites } = sightOf(own());
  const memberProfiles = new Map<string, Set<string>>();
  for (const { NetworkId, ParentId, AssignmentStatus } of rowsOrNone(groups())) {
    if (/remove|failed/i.test(AssignmentStatus)) continue;
    memberProfiles.set(NetworkId, (memberProfiles.get(NetworkId) ?? new Set()).add(ParentId));
  }
  const [about] = rowsOrNone(organization());
  return {
    profiles,
    sites: rowsOrNone(networks()).map(({ Id, Name, Status, OptionsSendWelcomeEmail }) => ({
      id: Id,
      name: Name,
      live: Status === 'Live',
      welcomes: OptionsSendWelcomeEmail,
    })),
    memberProfiles,
    seesSites,
    seesAll,
    viewer,
    defaults: {
      locale: about?.DefaultLocaleSidKey ?? 'en_US',
      language: about?.LanguageLocaleKey ?? 'en_US',
      timeZone: about?.TimeZoneSidKey ?? 'GMT',
    },
    picklists: {
      locale: values('LocaleSidKey'),
      language: values('LanguageLocaleKey'),
      timeZone: values('TimeZoneSidKey'),
    },
  };
}

/** Profiles whose users are partner users (platform-facts C4). */
async function readProfiles(conn: Connection): Promise<PartnerProfile[]> {
  const seat = ['LicenseDefinitionKey', 'Name', 'Status', 'TotalLicenses', 'UsedLicenses'];
  const licence = [...seat, 'MonthlyLoginsEntitlement', 'MonthlyLoginsUsed'];
  const soql = select({
    from: 'Profile',
    fields: ['Id', 'Name', ...licence.map((name) => `UserLicense.${name}`)],
    where: compare('UserType', '=', 'PowerPartner'),
    orderBy: ['Name'],
  });
  const [answer] = await queryTogether<ProfileRow>(conn, [soql]);
  if (answer!.error) throw answer!.error;
  return answer!.records.flatMap(({ Id, Name, UserLicense }) => {
    if (!UserLicense || !PARTNER_LICENCES.includes(UserLicense.LicenseDefinitionKey)) return [];
    const { LicenseDefinitionKey: key, Status, TotalLicenses, UsedLicenses } = UserLicense;
    const { MonthlyLoginsEntitlement: entitled, MonthlyLoginsUsed: used } = UserLicense;
    const logins = entitled === null ? null : { entitled, used };
    const seats = { total: TotalLicenses, used: UsedLicenses, logins };
    return [{ id: Id, name: Name, licence: { key, name: UserLicense.Name, active: Status === 'Active', ...seats } }];
  });
}

/** Profiles that come with a licence; they are blocked unless a setting allows them (platform-facts, fact 8). */
const STANDARD = new Set([
  'Partner Community User',
  'Partner Community Login User',
  'Gold Partner User',
  'Partner User',
]);

export const isStandardExternal = ({ name }: PartnerProfile): boolean => STANDARD.has(name);

/** Whether users may get standard external profiles; undefined where the setting cannot be read. */
export async function allowsStandardProfiles(conn: Connection): Promise<boolean | undefined> {
  try {
    return textOf((await readCommunities(conn)).body, 'enableOotbProfExtUserOpsEnable') === 'true';
  } catch {
    return undefined;
  }
}

export type ExistingUser = {
  id: string;
  contactId: string;
  username: string;
  active: boolean;
  lastLogin: string | null;
  profileId: string;
};

type UserRow = {
  Id: string;
  ContactId: string;
  Username: string;
  IsActive: boolean;
  LastLoginDate: string | null;
  ProfileId: string;
};

/** Portal roles that accounts have already; none of them where roles cannot be seen. */
export async function readRoles(conn: Connection, accounts: readonly string[]): Promise<Map<string, Set<string>>> {
  const batch = new Batch();
  const roles = batch.addFor<{ PortalAccountId: string; PortalRole: string }>(
    'roles',
    { from: 'UserRole', fields: ['PortalAccountId', 'PortalRole'] },
    'PortalAccountId',
    accounts,
    compare('PortalType', '=', 'Partner')
  );
  await batch.ask(conn);
  const byAccount = new Map<string, Set<string>>();
  for (const { PortalAccountId, PortalRole } of rowsOrNone(roles())) {
    byAccount.set(PortalAccountId, (byAccount.get(PortalAccountId) ?? new Set()).add(PortalRole));
  }
  return byAccount;
}

/** Users of contacts, by contact. */
export async function readUsers(conn: Connection, contacts: readonly string[]): Promise<Map<string, ExistingUser>> {
  const batch = new Batch();
  const users = batch.addFor<UserRow>(
    'users',
    { from: 'User', fields: ['Id', 'ContactId', 'Username', 'IsActive', 'LastLoginDate', 'ProfileId'] },
    'ContactId',
    contacts
  );
  await batch.ask(conn);
  const found = users();
  if (!found.known) throw new Error(found.reason);
  const byContact = found.value.map((row): [string, ExistingUser] => [
    row.ContactId,
    {
      id: row.Id,
      contactId: row.ContactId,
      username: row.Username,
      active: row.IsActive,
      lastLogin: row.LastLoginDate,
      profileId: row.ProfileId,
    },
  ]);
  return new Map(byContact);
}

/** Sites of which users are members, whatever makes them members; nothing where that cannot be seen. */
export async function readMemberSites(conn: Connection, users: readonly string[]): Promise<Map<string, Set<string>>> {
  const batch = new Batch();
  const members = batch.addFor<MemberRow>(
    'members of sites',
    { from: 'NetworkMember', fields: ['NetworkId', 'MemberId'] },
    'MemberId',
    users
  );
  await batch.ask(conn);
  const sites = new Map<string, Set<string>>();
  for (const { NetworkId, MemberId } of rowsOrNone(members())) {
    sites.set(MemberId, (sites.get(MemberId) ?? new Set()).add(NetworkId));
  }
  return sites;
}

/** Which of these values of a unique field of User are taken; in small letters. */
export async function takenValues(
  conn: Connection,
  field: 'Username' | 'CommunityNickname',
  values: readonly string[]
): Promise<Set<string>> {
  const batch = new Batch();
  const answer = batch.addFor<Record<string, string>>('users', { from: 'User', fields: [field] }, field, values);
  await batch.ask(conn);
  const rows = answer();
  if (!rows.known) throw new Error(rows.reason);
  return new Set(rows.value.map((row) => (row[field] ?? '').toLowerCase()));
}

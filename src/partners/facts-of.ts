/**
 * Facts from rows. A row that is there is a yes; one that is missing is a no only for who may see them all, as the
 * platform leaves out what a user may not see (platform-facts, Addenda: NetworkMemberGroup).
 */
import type { Section } from '../status/result.js';
import type { Membership, PartnerAccount, PartnerFacts, PartnerUser, Site } from './facts.js';
import type { OrgAnswers, UserAnswers } from './questions.js';
import type { AccountRow, MemberGroupRow, UserRow } from './rows.js';
import { sightOf } from './sight.js';

type Facts = { partners: PartnerFacts[]; sites: { names: string[]; complete: boolean } };

export function factsOf(users: readonly UserRow[], org: OrgAnswers, asked: UserAnswers): Facts {
  const sight = sightOf(org.own());
  const sets = setsOf(asked.assignments());
  const licences = licencesOf(org.profiles());
  const frozen = frozenOf(asked.logins());
  const accounts = found(asked.accounts(), sight.records, 'the account');
  const contacts = found(asked.contacts(), sight.records, 'the contact');
  const reads = readersOf(org.grants(), sets);
  const sites = sitesOf(org, asked, sight.sites, sets);
  const partners = users.map((row): PartnerFacts => {
    const account = accounts(row.AccountId);
    const contact = contacts(row.ContactId);
    return {
      user: userOf(row),
      frozen: frozen(row.Id),
      licence: licences(row.ProfileId),
      account: account.known ? { known: true, value: account.value && accountOf(account.value) } : account,
      contact: contact.known ? { known: true, value: contact.value ? 'there' : 'gone' } : contact,
      sites: { memberships: sites.of(row), complete: sites.complete },
      readsLeads: reads(row),
    };
  });
  return { partners, sites: { names: sites.names, complete: sites.complete } };
}

const userOf = (row: UserRow): PartnerUser => ({
  id: row.Id,
  name: row.Name,
  username: row.Username,
  active: row.IsActive,
  userType: row.UserType,
  lastLogin: row.LastLoginDate,
  profileId: row.ProfileId,
  profile: row.Profile?.Name ?? row.ProfileId,
  contactId: row.ContactId,
  accountId: row.AccountId,
});

/** Account of a row. */
export const accountOf = ({ Id, Name, IsPartner, OwnerId, Owner }: AccountRow): PartnerAccount => ({
  id: Id,
  name: Name,
  isPartner: IsPartner,
  owner: Owner
    ? { id: OwnerId, name: Owner.Name, active: Owner.IsActive, hasRole: Owner.UserRoleId !== null }
    : undefined,
});

/** Permission sets of each user, that of the profile among them; a user without any is one who cannot be seen. */
function setsOf(assignments: ReturnType<UserAnswers['assignments']>): (userId: string) => Section<Set<string>> {
  if (!assignments.known) return () => assignments;
  const sets = new Map<string, Set<string>>();
  for (const { AssigneeId, PermissionSetId } of assignments.value) {
    if (!sets.has(AssigneeId)) sets.set(AssigneeId, new Set());
    if (PermissionSetId !== null) sets.get(AssigneeId)!.add(PermissionSetId);
  }
  return (userId) => orHidden(sets.get(userId), 'the permission sets of the user');
}

function licencesOf(profiles: ReturnType<OrgAnswers['profiles']>): (profileId: string) => PartnerFacts['licence'] {
  if (!profiles.known) return () => profiles;
  const licences = new Map(profiles.value.map(({ Id, UserLicense }) => [Id, UserLicense]));
  return (profileId) => {
    const licence = licences.get(profileId) ?? undefined;
    const value = licence && { key: licence.LicenseDefinitionKey, active: licence.Status === 'Active' };
    return orHidden(value, 'the licence of the profile');
  };
}

function frozenOf(logins: ReturnType<UserAnswers['logins']>): (userId: string) => Section<boolean> {
  if (!logins.known) return () => logins;
  const frozen = new Map(logins.value.map(({ UserId, IsFrozen }) => [UserId, IsFrozen]));
  return (userId) => orHidden(frozen.get(userId), 'the login of the user');
}

/** Finds records by id: known to be gone only for who sees all records. */
function found<T extends { Id: string }>(
  rows: Section<T[]>,
  seesAll: boolean,
  what: string
): (id: string | null) => Section<T | undefined> {
  if (!rows.known) return () => rows;
  const byId = new Map(rows.value.map((row) => [row.Id, row]));
  return (id) => {
    const row = id === null ? undefined : byId.get(id);
    return row || seesAll || id === null ? { known: true, value: row } : hidden(what);
  };
}

/** By the profile or by a permission set. */
function readersOf(
  grants: ReturnType<OrgAnswers['grants']>,
  sets: (userId: string) => Section<Set<string>>
): (user: UserRow) => Section<boolean> {
  if (!grants.known) return () => grants;
  const granting = new Set(grants.value.flatMap(({ ParentId, Parent }) => [ParentId, Parent?.ProfileId ?? ParentId]));
  return ({ Id, ProfileId }) => {
    if (granting.has(ProfileId)) return { known: true, value: true };
    const own = sets(Id);
    return own.known ? { known: true, value: [...own.value].some((id) => granting.has(id)) } : own;
  };
}

type Sites = { names: string[]; complete: boolean; of: (user: UserRow) => Membership[] };

function sitesOf(
  org: OrgAnswers,
  asked: UserAnswers,
  seesAll: boolean,
  sets: (userId: string) => Section<Set<string>>
): Sites {
  const networks = org.networks();
  const members = asked.members();
  const rows = networks.known ? networks.value : [];
  // Without Digital Experiences there is no object Network, also for who may see everything (Addenda).
  const complete = seesAll && (networks.known ? members.known : networks.hidden);
  const sites = rows.map(({ Id, Name, Status }): Site => ({ id: Id, name: Name, status: Status }));
  const present = new Set(members.known ? members.value.map((row) => `${row.NetworkId} ${row.MemberId}`) : []);
  const groups = groupsBySite(org.groups());
  const of = (user: UserRow): Membership[] => {
    const own = sets(user.Id);
    const parents = new Set([user.ProfileId, ...(own.known ? own.value : [])]);
    return sites.map((site) => {
      const naming = (groups.get(site.id) ?? []).filter(({ ParentId }) => parents.has(ParentId));
      const is = present.has(`${site.id} ${user.Id}`);
      return {
        site,
        member: is || (complete ? false : undefined),
        groups: naming.map(({ AssignmentStatus }) => AssignmentStatus),
      };
    });
  };
  return { names: sites.map(({ name }) => name), complete, of };
}

function groupsBySite(groups: Section<MemberGroupRow[]>): Map<string, MemberGroupRow[]> {
  const bySite = new Map<string, MemberGroupRow[]>();
  for (const row of groups.known ? groups.value : []) {
    const rows = bySite.get(row.NetworkId) ?? [];
    rows.push(row);
    bySite.set(row.NetworkId, rows);
  }
  return bySite;
}

const hidden = (what: string): { known: false; reason: string } => ({
  known: false,
  reason: `you may not see ${what}.`,
});

const orHidden = <T>(value: T | undefined, what: string): Section<T> =>
  value === undefined ? hidden(what) : { known: true, value };

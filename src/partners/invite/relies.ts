/** What a plan of invitations relies on, and how it is now. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { inOneBreath } from '../../org/read/index.js';
import { fingerprint, type Plan } from '../../runs/index.js';
import { fieldsOf, findAccounts, type AccountRef, type FoundAccount } from '../accounts.js';
import { readContacts, type FoundContact } from './contacts.js';
import { readOrgFacts, readUsers, type ExistingUser, type OrgFacts } from './org-facts.js';
import type { InviteSnapshot } from './read.js';

/** What a plan remembers of it. */
export const reliesSchema = z.object({
  /** Profiles of the users, whose licences and sites count. */
  profiles: z.array(z.string()),
  /** Hash of the sites: of which the profiles are members, which are Live, which send welcome mails. */
  sites: z.string(),
  accounts: z.array(z.string()),
  /** Contacts that are there already and get a user or a login. */
  contacts: z.array(z.string()),
});

export type Relies = z.infer<typeof reliesSchema>;

type Situation = {
  facts: OrgFacts;
  accounts: readonly FoundAccount[];
  contacts: readonly FoundContact[];
  users: ReadonlyMap<string, ExistingUser>;
};

/** What a plan relies on, and the hash of all of it. */
export function reliesOf({ users, logins, facts }: Pick<InviteSnapshot, 'users' | 'logins' | 'facts'>): {
  relies: Relies;
  fingerprint: string;
} {
  const profiles = [...new Set(users.map(({ profile }) => profile.id))].sort();
  const people = [...users, ...logins];
  const accounts = byId(people.map(({ account }) => account));
  const contacts = byId(people.flatMap(({ contact }) => contact ?? []));
  const has = new Map(logins.map(({ contact, user }) => [contact.id, user]));
  const relies = { profiles, sites: sitesHash(facts, profiles), accounts: ids(accounts), contacts: ids(contacts) };
  return { relies, fingerprint: hashOf(profiles, { facts, accounts, contacts, users: has }) };
}

/** The hash of a saved plan, as it would be now. */
export async function readInviteFingerprint(conn: Connection, viewer: string, plan: Plan): Promise<string> {
  const { profiles, accounts, contacts } = reliesOfPlan(plan);
  const fields = await fieldsOf(conn, 'Account');
  const refs = accounts.map((text): AccountRef => ({ by: 'id', text }));
  const [facts, accountOf, found, users] = await inOneBreath(conn, () =>
    Promise.all([
      readOrgFacts(conn, viewer),
      findAccounts(conn, fields, refs),
      readContacts(conn, { ids: contacts, emails: [], accounts: [] }),
      readUsers(conn, contacts),
    ])
  );
  const known = refs.flatMap((ref) => accountOf(ref).account ?? []);
  return hashOf(profiles, { facts, accounts: byId(known), contacts: byId([...found.values()]), users });
}

/** Whether users of a plan would get other mails than those that were counted: its sites are not as they were. */
export async function haveMailsChanged(conn: Connection, viewer: string, plan: Plan): Promise<boolean> {
  const { profiles, sites } = reliesOfPlan(plan);
  return sitesHash(await readOrgFacts(conn, viewer), profiles) !== sites;
}

const reliesOfPlan = ({ details }: Plan): Relies => z.object({ relies: reliesSchema }).parse(details).relies;

function hashOf(profiles: readonly string[], { facts, accounts, contacts, users }: Situation): string {
  const used = facts.profiles.filter(({ id }) => profiles.includes(id));
  return fingerprint({
    profiles: used.map(({ id, licence }) => [id, licence.key, licence.active]).sort(),
    sites: sitesHash(facts, profiles),
    accounts: accounts.map(({ id, isPartner, ownerId, owner }) => [
      id,
      isPartner,
      ownerId,
      owner?.active ?? null,
      owner?.role ?? null,
    ]),
    contacts: contacts.map(({ id, accountId }) => [id, accountId, userOf(users.get(id))]),
  });
}

const userOf = (user: ExistingUser | undefined): unknown =>
  user ? [user.id, user.active, user.lastLogin, user.profileId] : null;

function sitesHash(facts: OrgFacts, profiles: readonly string[]): string {
  const sites = facts.sites.map(({ id, live, welcomes }) => {
    const members = profiles.filter((profile) => facts.memberProfiles.get(id)?.has(profile));
    return { id, live, welcomes, members: members.sort() };
  });
  return fingerprint(sites);
}

const byId = <T extends { id: string }>(rows: readonly T[]): T[] =>
  [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));

const ids = (rows: ReadonlyArray<{ id: string }>): string[] => rows.map(({ id }) => id);

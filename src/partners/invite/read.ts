/** Reads what an invitation speaks of, and decides about everybody. */
import type { Connection } from '@salesforce/core';
import { inOneBreath, type OrgIdentity } from '../../org/read/index.js';
import { fieldsOf, findAccounts, type AccountRef, type FoundAccount, type ObjectFields } from '../accounts.js';
import { readPartnerCsv, type PartnerCsv } from '../csv/index.js';
import { checkUsernamePattern } from '../people/index.js';
import { refOfText } from '../columns.js';
import { byLine, rejectedLine, type RejectedRow } from '../rejected.js';
import { Contacts, readContacts } from './contacts.js';
import { decidePeople, rejectedInvite, withinSeats, type HasUser, type Seats } from './decide.js';
import type { Invitee, PortalRole } from './invitee.js';
import { loginsFor, mailsOf, whyNoLogin, whyNoSite, type MailPlan } from './mails.js';
import { findNames, type UserNames } from './names.js';
import {
  allowsStandardProfiles,
  isStandardExternal,
  readMemberSites,
  readOrgFacts,
  readRoles,
  readUsers,
  type OrgFacts,
  type PartnerProfile,
} from './org-facts.js';
import { inviteColumns, wishesOfContacts, wishesOfFile, type InviteWish } from './wishes.js';
import { ExternalIdError } from '../external-id.js';
import { sameText } from '../same-text.js';

export type InviteRequest = {
  contacts: readonly string[];
  accounts: readonly string[];
  csv?: string;
  encoding?: string;
  externalId?: string;
  profile?: string;
  role: PortalRole;
  pattern: string;
  sendLogin: boolean;
  /** Roles that new partner accounts get, as recorded. */
  partnerRoles: number | undefined;
};

/** Somebody who gets a user, with the names the user will have. */
export type NewUser = Invitee & { names: UserNames };

export type InviteSnapshot = {
  users: NewUser[];
  /** Contacts with a user, who are left as they are. */
  existing: HasUser[];
  /** Those of them who get a login. */
  logins: HasUser[];
  /** Those of the new users who get one. */
  newLogins: NewUser[];
  /** Whether logins were asked for. */
  sendLogin: boolean;
  rejected: RejectedRow[];
  seats: Seats[];
  mails: MailPlan;
  facts: OrgFacts;
  csv?: PartnerCsv;
  unused: string[];
  /** Flags that name the same people again. */
  source: string;
};

/** A request that cannot be carried out for anybody; the key names the message. */
export class InviteInputError extends Error {
  public constructor(
    public readonly key: 'noProfile' | 'noProfiles' | 'unknownAccount',
    public readonly details: readonly string[]
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'InviteInputError';
  }
}

/**
 * @throws PartnerCsvError, UsernameError, ExternalIdError, InviteInputError for a request that cannot be understood, or the
 * org's error
 */
export async function readInvite(
  conn: Connection,
  org: OrgIdentity,
  request: InviteRequest,
  update: (text: string) => void
): Promise<InviteSnapshot> {
  checkUsernamePattern(request.pattern);
  const people = await readPeople(conn, org, request, update);
  const { facts } = people;
  const profile = profileFinder(facts, request.profile);
  const standard = facts.profiles.some((one) => isStandardExternal(one) && wants(people.wishes, request, one));
  const standardProfiles = standard ? await allowsStandardProfiles(conn) : undefined;
  update(`${people.wishes.length} people`);
  const contacts = new Contacts(people.contacts);
  const found = [...people.contacts.values()].map(({ id }) => id);
  const users = await readUsers(conn, found);
  const decided = decidePeople(people.wishes, {
    account: ({ account }) => account && people.byRef(account),
    accountOf: (id) => people.accounts.get(id),
    contact: (wish, accountId) => contacts.of(wish, accountId),
    user: (id) => users.get(id),
    roles: (id) => people.roles.get(id),
    partnerRoles: request.partnerRoles,
    profile,
    standardProfiles,
    role: request.role,
    org: org.domain,
    facts,
  });
  const named = await withNames(conn, request.pattern, decided.invitees);
  const { seated, seats, rejected } = withinSeats(named.users);
  const logins = request.sendLogin ? await loginsOf(conn, decided.existing, facts) : { logins: [], rejected: [] };
  const newUsers = seated as NewUser[];
  const newLogins = request.sendLogin ? loginsFor(newUsers, facts) : [];
  return {
    users: newUsers,
    existing: decided.existing,
    logins: logins.logins,
    newLogins,
    sendLogin: request.sendLogin,
    rejected: byLine([
      ...people.bad.map(rejectedLine),
      ...decided.rejected,
      ...named.rejected,
      ...rejected,
      ...logins.rejected,
    ]),
    seats,
    mails: mailsOf(newUsers, facts, newLogins.length),
    facts,
    csv: people.csv,
    unused: people.unused,
    source: sourceOf(request),
  };
}

function sourceOf({ contacts, accounts, csv, encoding, externalId, profile }: InviteRequest): string {
  const flags = [
    ...contacts.map((text) => ['contact', text]),
    ...accounts.map((text) => ['account', text]),
    ['file', csv],
    ['encoding', encoding],
    ['external-id', externalId],
    ['profile', profile],
  ];
  return flags.flatMap(([name, text]) => (text === undefined ? [] : `--${name} "${text}"`)).join(' ');
}

const wants = (wishes: readonly InviteWish[], request: InviteRequest, { name }: PartnerProfile): boolean =>
  sameText(request.profile, name) ||
  wishes.some(({ profile }) => sameText(profile, name)) ||
  request.profile === undefined;

type Wishes = { wishes: InviteWish[]; bad: PartnerCsv['bad']; unused: string[]; csv?: PartnerCsv };

type People = Wishes & {
  facts: OrgFacts;
  contacts: Awaited<ReturnType<typeof readContacts>>;
  accounts: Map<string, FoundAccount>;
  roles: Awaited<ReturnType<typeof readRoles>>;
  byRef: Awaited<ReturnType<typeof findAccounts>>;
};

/** What people are wanted, and what words of accounts mean. */
async function readWishes(
  conn: Connection,
  request: InviteRequest
): Promise<Wishes & { accountFields: ObjectFields; external: string | undefined }> {
  const [accountFields, contactFields] = await Promise.all([fieldsOf(conn, 'Account'), fieldsOf(conn, 'Contact')]);
  const external = request.externalId ? accountFields.get(request.externalId.toLowerCase())?.name : undefined;
  if (request.externalId && !external) throw new ExternalIdError(request.externalId);
  const csv =
    request.csv === undefined
      ? undefined
      : await readPartnerCsv(request.csv, inviteColumns(external), { encoding: request.encoding });
  const read = csv ? wishesOfFile(csv, contactFields) : { wishes: [], bad: [], unused: [] };
  return { ...read, wishes: [...read.wishes, ...wishesOfContacts(request.contacts)], csv, accountFields, external };
}

/** Reads in two breaths what people are called by, then what belongs to it: their accounts with roles and contacts. */
async function readPeople(
  conn: Connection,
  { username }: OrgIdentity,
  request: InviteRequest,
  update: (text: string) => void
): Promise<People> {
  const { accountFields, external, ...read } = await readWishes(conn, request);
  const { wishes } = read;
  update(`${wishes.length} rows`);
  const whole = request.accounts.map((text) => refOfText(text, external));
  const refs = [...whole, ...wishes.flatMap(({ account }) => account ?? [])];
  const ids = wishes.flatMap(({ contactId }) => contactId ?? []);
  const emails = wishes.flatMap(({ contactId, email }) => (contactId === undefined ? (email ?? []) : []));
  const [byRef, named, facts] = await inOneBreath(conn, () =>
    Promise.all([
      findAccounts(conn, accountFields, refs, external),
      readContacts(conn, { ids, emails, accounts: [] }),
      readOrgFacts(conn, username),
    ])
  );
  const wholeIds = whole.map((ref) => accountFor(byRef(ref)));
  const accounts = new Map(refs.flatMap((ref) => accountEntry(byRef, ref)));
  const rest = [...named.values()].flatMap(({ accountId }) => (accountId && !accounts.has(accountId) ? accountId : []));
  const ofContacts = rest.map((text): AccountRef => ({ by: 'id', text }));
  const [inAccounts, byId, roles] = await inOneBreath(conn, () =>
    Promise.all([
      readContacts(conn, { ids: [], emails: [], accounts: [...wholeIds, ...accounts.keys()] }),
      findAccounts(conn, accountFields, ofContacts),
      readRoles(conn, [...accounts.keys(), ...rest]),
    ])
  );
  const contacts = new Map([...named, ...inAccounts]);
  for (const ref of ofContacts) for (const [id, account] of accountEntry(byId, ref)) accounts.set(id, account);
  const everybody = [...contacts.values()]
    .filter(({ accountId }) => accountId !== null && wholeIds.includes(accountId))
    .map(({ id }): InviteWish => ({ contactId: id, create: false, fields: {} }));
  return { ...read, wishes: [...wishes, ...everybody], facts, contacts, accounts, roles, byRef };
}

function accountFor(answer: ReturnType<People['byRef']>): string {
  if (!answer.account) throw new InviteInputError('unknownAccount', [answer.problem]);
  return answer.account.id;
}

const accountEntry = (find: People['byRef'], ref: AccountRef): Array<[string, FoundAccount]> => {
  const { account } = find(ref);
  return account ? [[account.id, account]] : [];
};

/**
 * The profile of a name; without one the one that was asked for, else the only one that is a member of a site, else the only
 * one there is. @throws InviteInputError where the org has none, or nobody says which
 */
function profileFinder(
  facts: OrgFacts,
  asked: string | undefined
): (name: string | undefined) => PartnerProfile | string {
  const { profiles, memberProfiles } = facts;
  if (profiles.length === 0) throw new InviteInputError('noProfiles', []);
  const names = profiles.map(({ name }) => name).join(', ');
  const named = (name: string): PartnerProfile | string =>
    profiles.find((one) => sameText(one.name, name) || one.id === name) ??
    `There is no profile of a partner licence called ${name}. There are: ${names}.`;
  const members = profiles.filter(({ id }) => [...memberProfiles.values()].some((ids) => ids.has(id)));
  const likely = [members, profiles].find(({ length }) => length === 1)?.[0];
  return (name) => {
    const wanted = name ?? asked;
    if (wanted !== undefined) return named(wanted);
    if (!likely) throw new InviteInputError('noProfile', [names]);
    return likely;
  };
}

/** Gives everybody a username, an alias and a nickname. */
async function withNames(
  conn: Connection,
  pattern: string,
  invitees: readonly Invitee[]
): Promise<{ users: NewUser[]; rejected: RejectedRow[] }> {
  const answers = await findNames(
    conn,
    pattern,
    invitees.map(({ person, wish }) => ({ person, username: wish.username }))
  );
  const users: NewUser[] = [];
  const rejected: RejectedRow[] = [];
  for (const [at, invitee] of invitees.entries()) {
    const { names, problem } = answers[at]!;
    if (names) users.push({ ...invitee, names });
    else rejected.push(rejectedInvite(invitee.wish, problem));
  }
  return { users, rejected };
}

/** Those who get a login; whom the profile makes a member of no Live site may be one by a permission set. */
async function loginsOf(
  conn: Connection,
  existing: readonly HasUser[],
  facts: OrgFacts
): Promise<{ logins: HasUser[]; rejected: RejectedRow[] }> {
  const unsure = existing.filter(({ user }) => whyNoSite(facts, user.profileId) !== undefined);
  const sites = await readMemberSites(
    conn,
    unsure.map(({ user }) => user.id)
  );
  const logins: HasUser[] = [];
  const rejected: RejectedRow[] = [];
  for (const one of existing) {
    const why = whyNoLogin(one, facts, sites.get(one.user.id));
    if (why === undefined) logins.push(one);
    else rejected.push(rejectedInvite({ ...one.wish, last: one.wish.last ?? one.contact.last }, why));
  }
  return { logins, rejected };
}

/** Turns decisions about people into a plan: contacts that are missing, then users, then logins (platform-facts C2, C6, C7). */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  createSendLoginStep,
  madeBy,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type PlanStep,
  type RecordsStep,
  type RunFolder,
} from '../../runs/index.js';
import { sentence } from '../sentence.js';
import { prepareCommand, whyNoSite } from './mails.js';
import type { InviteSnapshot, NewUser } from './read.js';
import { reliesOf } from './relies.js';

export const INVITE_KIND = 'partner.invite';

export const CONTACTS_STEP = 'contacts';
export const USERS_STEP = 'users';
export const LOGINS_STEP = 'logins';
export const AGAIN_STEP = 'logins-again';

const count = z.number().int().nonnegative();

/** What a plan of invitations keeps besides its rows, and what it relies on. */
export const inviteDetailsSchema = z.object({
  users: count,
  contacts: count,
  /** Users that are there already: those left as they are, and those who get a login. */
  existing: count,
  logins: count,
  rejected: count,
  seats: z.array(
    z.object({
      licence: z.string(),
      total: z.number().nullable(),
      used: z.number().nullable(),
      /** All that were wanted, those included for whom none is left. */
      needed: count,
      rejected: count,
      /** Logins of the month, where the licence counts those and not its users. */
      logins: z.object({ entitled: z.number(), used: z.number().nullable() }).nullable(),
    })
  ),
  /** How users hear of their login; `mails` is the most that will be sent. */
  mails: z.object({
    route: z.enum(['welcome', 'password-reset', 'none']),
    mails: count,
    sites: z.array(z.string()),
    /** False where the running user cannot see all sites: there may be more mails. */
    known: z.boolean(),
  }),
  profiles: z.array(z.object({ id: z.string(), name: z.string(), users: count, sites: z.array(z.string()) })),
});

/** Flags of the command by which the people of a plan can be named again. */
export const sourceOfPlan = ({ details }: Plan): string => z.object({ source: z.string() }).parse(details).source;

export type InviteDetails = z.infer<typeof inviteDetailsSchema>;

/** Rows in the order in which they are written: those of one account together, as they lock each other (platform-facts H). */
export function rowsOf(users: readonly NewUser[]): { contacts: NewUser[]; users: NewUser[] } {
  const sorted = [...users].sort(
    (a, b) => a.account.id.localeCompare(b.account.id) || a.names.username.localeCompare(b.names.username)
  );
  return { contacts: sorted.filter(({ contact }) => contact === undefined), users: sorted };
}

/** Writes the rows into the run folder and the plan beside them. */
export async function buildInvitePlan(org: OrgIdentity, folder: RunFolder, snapshot: InviteSnapshot): Promise<Plan> {
  const rows = rowsOf(snapshot.users);
  const steps: PlanStep[] = [];
  if (rows.contacts.length > 0) steps.push(await contactsStep(folder, rows.contacts));
  if (rows.users.length > 0) steps.push(await usersStep(folder, rows));
  steps.push(...(await loginSteps(folder, rows.users, snapshot)));
  const details = detailsOf(snapshot, rows.contacts.length);
  const { relies, fingerprint } = reliesOf(snapshot);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: INVITE_KIND,
    title: titleOf(details),
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint,
    steps,
    warnings: warningsOf(details, snapshot),
    cost: { ...costOf(steps), emails: emailsOf(details), licences: details.users },
    details: { ...details, source: snapshot.source, relies },
  };
  await folder.writePlan(plan);
  return plan;
}

/** Resets are among the logins already. */
const emailsOf = ({ mails, logins }: InviteDetails): number => logins + (mails.route === 'welcome' ? mails.mails : 0);

const titleOf = ({ users, logins }: InviteDetails): string => {
  const parts = [
    ...(users > 0 ? [`make ${users} partner users`] : []),
    ...(logins > 0 ? [`send ${logins} logins`] : []),
  ];
  return sentence(parts.length > 0 ? parts : ['nobody to invite']);
};

const text = (name: string): RecordsStep['fields'][number] => ({ name, type: 'text' });

async function contactsStep(folder: RunFolder, contacts: readonly NewUser[]): Promise<RecordsStep> {
  const extra = [...new Set(contacts.flatMap(({ wish }) => Object.keys(wish.fields)))];
  const names = ['Email', 'AccountId', 'FirstName', 'LastName', ...extra.filter((name) => !OWN.has(name))];
  const rows = contacts.map(({ wish, account, first, last, email }) => ({
    id: '',
    values: [email, account.id, first ?? null, last, ...names.slice(4).map((name) => wish.fields[name] ?? null)],
    was: [],
    stamp: '',
    label: `${[first, last].filter(Boolean).join(' ')}, ${account.name}`,
  }));
  return createRecordsStep(
    folder,
    {
      id: CONTACTS_STEP,
      title: 'Make the contacts that are missing',
      object: 'Contact',
      operation: 'insert',
      fields: names.map(text),
      key: ['Email', 'AccountId', 'FirstName', 'LastName'],
      keyIsUnique: false,
      takeBack: 'delete',
      keepIf: [
        { object: 'User', field: 'ContactId', why: 'a user belongs to it' },
        { object: 'Case', field: 'ContactId', why: 'Case records belong to it by now' },
      ],
      undo: 'best-effort',
    },
    rows
  );
}

/** Columns that are set from what the file says of the person. */
const OWN = new Set(['Email', 'AccountId', 'FirstName', 'LastName']);

const USER_FIELDS = [
  'Username',
  'FirstName',
  'LastName',
  'Email',
  'Alias',
  'CommunityNickname',
  'ProfileId',
  'PortalRole',
  'LocaleSidKey',
  'LanguageLocaleKey',
  'TimeZoneSidKey',
  'EmailEncodingKey',
];

async function usersStep(folder: RunFolder, { contacts, users }: ReturnType<typeof rowsOf>): Promise<RecordsStep> {
  const lines = new Map(contacts.map((one, line) => [one, line]));
  const rows = users.map((one) => ({
    id: '',
    values: [
      one.names.username,
      one.first ?? null,
      one.last,
      one.email,
      one.names.alias,
      one.names.nickname,
      one.profile.id,
      one.portalRole,
      one.locale,
      one.language,
      one.timeZone,
      'UTF-8',
      one.contact?.id ?? madeBy(lines.get(one)!),
      'true',
    ],
    was: [],
    stamp: '',
    label: `${one.names.username}, ${one.account.name}`,
  }));
  return createRecordsStep(
    folder,
    {
      id: USERS_STEP,
      title: 'Make the partner users',
      object: 'User',
      operation: 'insert',
      fields: [
        ...USER_FIELDS.map(text),
        { name: 'ContactId', type: 'text', ...(contacts.length > 0 ? { from: CONTACTS_STEP } : {}) },
        { name: 'IsActive', type: 'boolean' },
      ],
      key: ['Username', 'ContactId'],
      keyIsUnique: true,
      takeBack: 'deactivate',
      undo: 'best-effort',
    },
    rows
  );
}

async function loginSteps(
  folder: RunFolder,
  users: readonly NewUser[],
  { logins, newLogins }: Pick<InviteSnapshot, 'logins' | 'newLogins'>
): Promise<PlanStep[]> {
  const steps: PlanStep[] = [];
  if (newLogins.length > 0) {
    const lines = new Map(users.map((one, line) => [one, line]));
    const rows = rowsOf(newLogins).users.map((one) => ({ id: madeBy(lines.get(one)!), label: one.names.username }));
    const step = { id: LOGINS_STEP, title: 'Send the new users their login', idFrom: USERS_STEP };
    steps.push(await createSendLoginStep(folder, { ...step, undo: 'best-effort' }, rows));
  }
  if (logins.length > 0) {
    const rows = logins.map(({ user }) => ({ id: user.id, label: user.username }));
    const step = { id: AGAIN_STEP, title: 'Send users who never logged in their login' };
    steps.push(await createSendLoginStep(folder, { ...step, undo: 'best-effort' }, rows));
  }
  return steps;
}

function detailsOf(
  { users, existing, logins, newLogins, rejected, seats, mails, facts }: InviteSnapshot,
  contacts: number
): InviteDetails {
  const profiles = new Map<string, InviteDetails['profiles'][number]>();
  for (const { profile } of users) {
    const sites = facts.sites.filter(({ id }) => facts.memberProfiles.get(id)?.has(profile.id)).map(({ name }) => name);
    const entry = profiles.get(profile.id) ?? { id: profile.id, name: profile.name, users: 0, sites };
    profiles.set(profile.id, { ...entry, users: entry.users + 1 });
  }
  return {
    users: users.length,
    contacts,
    existing: existing.length,
    logins: logins.length + newLogins.length,
    rejected: rejected.length,
    seats,
    mails,
    profiles: [...profiles.values()],
  };
}

function warningsOf({ profiles, mails, seats, contacts }: InviteDetails, snapshot: InviteSnapshot): string[] {
  const { facts, sendLogin } = snapshot;
  const warnings: string[] = [];
  for (const { id, name, users, sites } of profiles) {
    const flags = sites.length > 0 ? `--site "${sites[0]}" --live` : `--profile "${name}"`;
    const command = `Run: ${prepareCommand(facts, flags)}`;
    if (sendLogin && whyNoSite(facts, id) !== undefined) {
      warnings.push(
        `The profile ${name} is a member of no site that is Live: its ${users} users get no login. ${command}`
      );
    } else if (sites.length === 0 && mails.known) {
      warnings.push(`The profile ${name} is a member of no site: its ${users} users cannot log in. ${command}`);
    }
  }
  if (!mails.known) warnings.push(BLIND);
  if (contacts > 0 && !facts.seesAll) warnings.push(UNSEEN);
  return [...warnings, ...seats.flatMap(licenceWarning)];
}

const BLIND = 'You may not see all sites and their members, so there may be welcome mails that are not counted here.';
const UNSEEN =
  'You may not see all contacts: one that is to be made here may be there already. Users with View All Data see them all.';

function licenceWarning({ licence, total, logins }: InviteDetails['seats'][number]): string[] {
  if (logins) {
    const used = logins.used ?? 'an unknown number';
    return [`The licence ${licence} counts logins, not users: ${used} of ${logins.entitled} are used this month.`];
  }
  return total === null ? [`You may not see how many licences ${licence} are left.`] : [];
}

/** Users that are looked at together before they are mailed. */
const LOOKED_AT = 200;

function costOf(steps: readonly PlanStep[]): { apiCalls: number; formula: string } {
  return totalCalls(
    steps.map((step) => {
      if (step.kind === 'records') return callsOfRecords(step);
      const mails = step.kind === 'send-login' ? step.rows.count : 0;
      const looks = Math.ceil(mails / LOOKED_AT);
      return { calls: mails + looks, formula: `${mails} to send logins, one each + ${looks} to look before` };
    })
  );
}

/** Users of a plan as people look at them before they are made. */
import { z } from 'zod';
import { readRecordSet, type Plan, type RecordRow, type RunFolder } from '../../runs/index.js';
import { inviteDetailsSchema, USERS_STEP } from './plan.js';
import type { NewUser } from './read.js';

export const userSchema = z.object({
  line: z.number().int().optional(),
  /** Absent for a contact that is to be made. */
  contactId: z.string().optional(),
  account: z.string(),
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string(),
  username: z.string(),
  alias: z.string(),
  nickname: z.string(),
  profile: z.string(),
  portalRole: z.string(),
  locale: z.string(),
  language: z.string(),
  timeZone: z.string(),
});

export type ShownUser = z.infer<typeof userSchema>;

/** A user as the "New User" page would show it. */
export const userOf = (one: NewUser): ShownUser => ({
  line: one.wish.line,
  contactId: one.contact?.id,
  account: one.account.name,
  firstName: one.first,
  lastName: one.last,
  email: one.email,
  ...one.names,
  profile: one.profile.name,
  portalRole: one.portalRole,
  locale: one.locale,
  language: one.language,
  timeZone: one.timeZone,
});

/** Users of a saved plan, from its rows. */
export async function plannedUsers(folder: RunFolder, plan: Plan): Promise<ShownUser[]> {
  const step = plan.steps.find(({ id }) => id === USERS_STEP);
  if (step?.kind !== 'records') return [];
  const { profiles } = inviteDetailsSchema.parse(plan.details);
  const names = new Map(profiles.map(({ id, name }) => [id, name]));
  const at = new Map(step.fields.map(({ name }, index) => [name, index]));
  const users: ShownUser[] = [];
  for await (const batch of readRecordSet(folder.rows(step.id), step)) {
    users.push(...batch.map((row) => userOfRow(row, (field) => row.values[at.get(field) ?? -1] ?? '', names)));
  }
  return users;
}

function userOfRow(
  { label }: RecordRow,
  value: (field: string) => string,
  profiles: ReadonlyMap<string, string>
): ShownUser {
  const [username, contactId] = [value('Username'), value('ContactId')];
  return {
    contactId: contactId.startsWith('#') ? undefined : contactId,
    account: label.slice(`${username}, `.length),
    firstName: value('FirstName') || undefined,
    lastName: value('LastName'),
    email: value('Email'),
    username,
    alias: value('Alias'),
    nickname: value('CommunityNickname'),
    profile: profiles.get(value('ProfileId')) ?? value('ProfileId'),
    portalRole: value('PortalRole'),
    locale: value('LocaleSidKey'),
    language: value('LanguageLocaleKey'),
    timeZone: value('TimeZoneSidKey'),
  };
}

/** Columns of the table of all users, for a spreadsheet. */
export const PEOPLE_COLUMNS = [
  'Line',
  'Contact Id',
  'Account',
  'First Name',
  'Last Name',
  'Email',
  'Username',
  'Alias',
  'Nickname',
  'Profile',
  'Role',
  'Locale',
  'Language',
  'Time Zone',
];

export const peopleRow = (one: ShownUser): Array<string | number | undefined> => [
  one.line,
  one.contactId,
  one.account,
  one.firstName,
  one.lastName,
  one.email,
  one.username,
  one.alias,
  one.nickname,
  one.profile,
  one.portalRole,
  one.locale,
  one.language,
  one.timeZone,
];

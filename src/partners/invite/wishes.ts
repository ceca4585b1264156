/** Whom the user wants to invite, from flags or from a CSV file. */
import type { AccountRef, ObjectFields } from '../accounts.js';
import { accountColumns, fieldColumns, fieldsOfRow, refOfRow, yesOrNo } from '../columns.js';
import type { BadRow, ColumnSpec, PartnerCsv, PartnerRow } from '../csv/index.js';

/** One person who is to be a partner user. What is not said comes from the contact, the account and the flags. */
export type InviteWish = {
  line?: number;
  cells?: string[];
  contactId?: string;
  account?: AccountRef;
  first?: string;
  last?: string;
  email?: string;
  profile?: string;
  role?: string;
  username?: string;
  locale?: string;
  language?: string;
  timeZone?: string;
  /** Whether the contact is made where it is missing. */
  create: boolean;
  /** Fields of a new contact, by API name. */
  fields: Record<string, string>;
};

/** Columns of the file of people. */
export const inviteColumns = (external?: string): ColumnSpec[] => [
  { key: 'contact', names: ['Contact Id', 'Id'] },
  ...accountColumns(external),
  { key: 'first', names: ['First Name', 'Given Name'] },
  { key: 'last', names: ['Last Name', 'Family Name', 'Surname'] },
  { key: 'full', names: ['Contact', 'Contact Name', 'Full Name', 'Name'] },
  { key: 'email', names: ['Email', 'E-mail', 'Email Address', 'Mail'] },
  { key: 'profile', names: ['Profile'] },
  { key: 'role', names: ['Role', 'Portal Role', 'Partner Role'] },
  { key: 'username', names: ['Username', 'Login'] },
  { key: 'locale', names: ['Locale'] },
  { key: 'language', names: ['Language'] },
  { key: 'timeZone', names: ['Time Zone'] },
  { key: 'create', names: ['Create', 'Create Contact'] },
];

/** Wishes of `--contact`: ids, or e-mail addresses. */
export const wishesOfContacts = (texts: readonly string[]): InviteWish[] =>
  texts.map((text) => ({ ...(text.includes('@') ? { email: text } : { contactId: text }), create: false, fields: {} }));

type Read = { wishes: InviteWish[]; bad: BadRow[]; unused: string[] };

/** Wishes of a file. Columns with the name or label of a field of Contact fill that field of new contacts. */
export function wishesOfFile(csv: PartnerCsv, fields: ObjectFields): Read {
  const columns = fieldColumns(csv.unknown, fields);
  const read: Read = { wishes: [], bad: [...csv.bad], unused: csv.unknown.filter((header) => !columns.has(header)) };
  for (const row of csv.rows) {
    const wish = wishOf(row, columns);
    if (typeof wish === 'string') read.bad.push({ line: row.line, cells: row.cells, reason: wish });
    else read.wishes.push(wish);
  }
  return read;
}

function wishOf(row: PartnerRow, columns: ReadonlyMap<string, string>): InviteWish | string {
  const create = yesOrNo(row.value('create'));
  if (typeof create === 'string') return create;
  const names = namesOf(row);
  const account = refOfRow(row);
  const email = row.value('email');
  const contactId = row.value('contact');
  if (contactId === undefined && email === undefined && names.last === undefined) {
    return 'The row names nobody: it has no contact id, no e-mail address and no last name.';
  }
  if (contactId === undefined && email === undefined && !account) {
    return 'A name alone does not say who is meant: add the account, the e-mail address or the contact id.';
  }
  return {
    line: row.line,
    cells: row.cells,
    contactId,
    account,
    ...names,
    email,
    profile: row.value('profile'),
    role: row.value('role'),
    username: row.value('username'),
    locale: row.value('locale'),
    language: row.value('language'),
    timeZone: row.value('timeZone'),
    create,
    fields: fieldsOfRow(row, columns),
  };
}

/** A full name is split at its last blank: what stands behind it is the last name. */
function namesOf(row: PartnerRow): { first?: string; last?: string } {
  const [first, last] = [row.value('first'), row.value('last')];
  const full = row.value('full');
  if (last !== undefined || full === undefined) return { first, last };
  const at = full.lastIndexOf(' ');
  return at < 0 ? { first, last: full } : { first: first ?? full.slice(0, at).trim(), last: full.slice(at + 1) };
}

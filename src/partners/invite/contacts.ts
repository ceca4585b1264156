/** Contacts that people name: by id, by e-mail address, or by name within an account. */
import type { Connection } from '@salesforce/core';
import { to18 } from '../../leads/record-id.js';
import { groupsOfValues, isIn, queryTogether, select } from '../../org/read/index.js';
import { latinOf } from '../people/index.js';
import type { InviteWish } from './wishes.js';
import { sameText } from '../same-text.js';

export type FoundContact = {
  id: string;
  first: string | null;
  last: string;
  email: string | null;
  accountId: string | null;
};

export type ContactAnswer =
  | { contact: FoundContact; missing?: undefined; problem?: undefined }
  | { contact?: undefined; missing: boolean; problem: string };

type Row = { Id: string; FirstName: string | null; LastName: string; Email: string | null; AccountId: string | null };

const FIELDS = ['Id', 'FirstName', 'LastName', 'Email', 'AccountId'];

const contactOf = (row: Row): FoundContact => ({
  id: row.Id,
  first: row.FirstName,
  last: row.LastName,
  email: row.Email,
  accountId: row.AccountId,
});

/** What is asked: ids, addresses, and accounts whose contacts are all wanted. */
export type ContactQuestion = { ids: readonly string[]; emails: readonly string[]; accounts: readonly string[] };

/** Contacts of a question, once each, by id. */
export async function readContacts(conn: Connection, question: ContactQuestion): Promise<Map<string, FoundContact>> {
  const { ids, emails, accounts } = question;
  const asked: Array<readonly [string, readonly string[]]> = [
    // What is no id would be refused by the org, and with it everything asked in the same breath.
    ['Id', ids.flatMap((id) => to18(id) ?? [])],
    ['Email', emails],
    ['AccountId', accounts],
  ];
  const queries = asked.flatMap(([field, values]) =>
    groupsOfValues(values).map((group) =>
      select({ from: 'Contact', fields: FIELDS, where: isIn(field, group), orderBy: ['LastName', 'FirstName', 'Id'] })
    )
  );
  const found = new Map<string, FoundContact>();
  for (const { records, error } of await queryTogether<Row>(conn, queries)) {
    if (error) throw error;
    for (const row of records) found.set(row.Id, contactOf(row));
  }
  return found;
}

/** Answers for wishes among contacts that were read. Pure. */
export class Contacts {
  private readonly byEmail = new Map<string, FoundContact[]>();
  private readonly byName = new Map<string, FoundContact[]>();

  public constructor(private readonly byId: ReadonlyMap<string, FoundContact>) {
    for (const contact of byId.values()) {
      if (contact.email !== null) add(this.byEmail, contact.email.toLowerCase(), contact);
      add(this.byName, nameKey(contact.accountId, contact.first, contact.last), contact);
    }
  }

  /** The contact that a wish means. @param accountId the account it names, where it names one */
  public of(wish: InviteWish, accountId: string | undefined): ContactAnswer {
    if (wish.contactId !== undefined) return this.ofId(wish.contactId, accountId);
    const byEmail = wish.email === undefined ? [] : this.ofEmail(wish.email, wish, accountId);
    if (byEmail.length > 0) return somebodyElse(byEmail, wish) ?? certain(byEmail, `the e-mail address ${wish.email}`);
    if (accountId !== undefined && wish.last !== undefined) return this.ofName(wish, accountId, wish.last);
    return missing(`There is no contact with the e-mail address ${wish.email} that you can see.`);
  }

  private ofId(text: string, accountId: string | undefined): ContactAnswer {
    const contact = this.byId.get(to18(text) ?? text);
    if (!contact) return { missing: false, problem: `There is no contact with the id ${text} that you can see.` };
    if (accountId !== undefined && contact.accountId !== accountId) {
      return { missing: false, problem: 'The contact belongs to another account than the one named.' };
    }
    return { contact };
  }

  private ofEmail(email: string, { first, last }: InviteWish, accountId: string | undefined): FoundContact[] {
    const found = this.byEmail.get(email.toLowerCase()) ?? [];
    const inAccount = accountId === undefined ? found : found.filter((contact) => contact.accountId === accountId);
    if (inAccount.length < 2 || last === undefined) return inAccount;
    const named = inAccount.filter(
      (contact) => sameText(contact.last, last) && (!first || sameText(contact.first, first))
    );
    return named.length > 0 ? named : inAccount;
  }

  /** The same name in the same account is the same person, unless two addresses say otherwise. */
  private ofName({ first, email }: InviteWish, accountId: string, last: string): ContactAnswer {
    const found = this.byName.get(nameKey(accountId, first ?? null, last)) ?? [];
    const name = [first, last].filter(Boolean).join(' ');
    if (found.length === 0) return missing(`The account has no contact ${name}.`);
    const other = found.find((contact) => email !== undefined && contact.email !== null);
    if (!other) return certain(found, `the name ${name}`);
    return {
      missing: false,
      problem: `The account has a contact ${name} with another address, ${other.email} (${other.id}). Say which by the contact id.`,
    };
  }
}

/** An address may belong to an office: nobody gets the user of a colleague. */
function somebodyElse([one, other]: readonly FoundContact[], wish: InviteWish): ContactAnswer | undefined {
  return !one || other || isCalled(one, wish) ? undefined : { missing: false, problem: belongsTo(one) };
}

/** Whose the address is that a row gives to another. */
export const belongsTo = ({ first, last, id }: Pick<FoundContact, 'first' | 'last' | 'id'>): string =>
  `The address belongs to ${[first, last].filter(Boolean).join(' ')} (${id}). Say which by the Contact Id.`;

/** The last name decides, as first names have short forms; both may have changed places in the file. */
function isCalled(one: FoundContact, { first, last }: InviteWish): boolean {
  if (last === undefined || plain(one.last) === plain(last)) return true;
  return first !== undefined && plain(one.last) === plain(first) && plain(one.first ?? '') === plain(last);
}

/** Whether a row gives the contact no other name, the first one included. */
export function hasNamesOf(one: FoundContact, { first, last }: InviteWish): boolean {
  const names = [one.first ?? '', one.last].map(plain);
  return [first, last].every((name) => name === undefined || names.includes(plain(name)));
}

/** Names are written with accents in one place and without in another. */
const plain = (name: string): string => (latinOf(name) ?? name.normalize('NFC')).toLowerCase();

const missing = (problem: string): ContactAnswer => ({ missing: true, problem });

function certain(found: readonly FoundContact[], what: string): ContactAnswer {
  const [contact, other] = found;
  if (contact && !other) return { contact };
  const ids = found.map(({ id }) => id).join(', ');
  return { missing: false, problem: `${found.length} contacts have ${what}: ${ids}. Say which by the contact id.` };
}

const nameKey = (accountId: string | null, first: string | null, last: string): string =>
  JSON.stringify([accountId, (first ?? '').toLowerCase(), last.toLowerCase()]);

function add(map: Map<string, FoundContact[]>, key: string, contact: FoundContact): void {
  map.set(key, [...(map.get(key) ?? []), contact]);
}

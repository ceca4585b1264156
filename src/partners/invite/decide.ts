/** Decides who becomes a partner user, and as which. Pure: same wishes and facts, same decisions. */
import type { AccountAnswer, FoundAccount } from '../accounts.js';
import { whyNoOwner } from '../managers.js';
import type { RejectedRow } from '../rejected.js';
import { belongsTo, hasNamesOf, type ContactAnswer, type FoundContact } from './contacts.js';
import { inviteeOf, type Invitee, type UserRules } from './invitee.js';
import type { ExistingUser, Licence } from './org-facts.js';
import type { InviteWish } from './wishes.js';
import { sameText } from '../same-text.js';

/** A contact that has a user already. */
export type HasUser = { wish: InviteWish; contact: FoundContact; account: FoundAccount; user: ExistingUser };

export type Decisions = { invitees: Invitee[]; existing: HasUser[]; rejected: RejectedRow[] };

export type DecideFacts = UserRules & {
  account: (wish: InviteWish) => AccountAnswer | undefined;
  accountOf: (id: string) => FoundAccount | undefined;
  contact: (wish: InviteWish, accountId: string | undefined) => ContactAnswer;
  user: (contactId: string) => ExistingUser | undefined;
};

/** A wish that is not carried out, with the reason in words. */
export function rejectedInvite(
  { line, cells, first, last, email, contactId }: InviteWish,
  reason: string
): RejectedRow {
  const name = [first, last].filter(Boolean).join(' ');
  return { line, cells, record: name || (email ?? contactId ?? ''), reason };
}

/** Sorts the wishes. The same person twice counts once where nothing differs, and is rejected otherwise. */
export function decidePeople(wishes: readonly InviteWish[], facts: DecideFacts): Decisions {
  const decisions: Decisions = { invitees: [], existing: [], rejected: [] };
  const seen = new Map<string, Invitee | HasUser>();
  for (const wish of wishes) {
    const one = decideOne(wish, facts);
    if (typeof one === 'string') {
      decisions.rejected.push(rejectedInvite(wish, one));
      continue;
    }
    const key = keyOf(one);
    const before = seen.get(key);
    if (before) {
      const reason = contradiction(before, one);
      if (reason) decisions.rejected.push(rejectedInvite(wish, reason));
      continue;
    }
    seen.set(key, one);
    if ('user' in one) decisions.existing.push(one);
    else decisions.invitees.push(one);
  }
  return decisions;
}

/** Several people of an office may have one address, so that a new person is known by the name as well. */
const keyOf = (one: Invitee | HasUser): string =>
  one.contact?.id ?? JSON.stringify([one.account.id, ...namedBy(one as Invitee)]);

const namedBy = ({ email, first, last }: Invitee): string[] =>
  [email, first ?? '', last].map((text) => text.normalize('NFC').toLowerCase());

/** What a row may say of the user to be. */
const DETAILS = {
  first: ({ first }: Invitee) => first,
  last: ({ last }: Invitee) => last,
  email: ({ email }: Invitee) => email,
  profile: ({ profile }: Invitee) => profile.id,
  role: ({ portalRole }: Invitee) => portalRole,
  username: ({ wish }: Invitee) => wish.username,
  locale: ({ locale }: Invitee) => locale,
  language: ({ language }: Invitee) => language,
  timeZone: ({ timeZone }: Invitee) => timeZone,
} as const;

/** Whether a row says something that the one before it does not make true. Users who are there stay as they are. */
function contradiction(before: Invitee | HasUser, one: Invitee | HasUser): string | undefined {
  if ('user' in before || 'user' in one) return undefined;
  const { wish, contact } = one;
  if (contact && wish.contactId === undefined && !hasNamesOf(contact, wish)) return belongsTo(contact);
  const keys = Object.keys(DETAILS) as Array<keyof typeof DETAILS>;
  const differs =
    keys.some((key) => wish[key] !== undefined && !sameText(DETAILS[key](one), DETAILS[key](before))) ||
    (!contact && Object.entries(wish.fields).some(([name, value]) => !sameText(before.wish.fields[name], value)));
  if (!differs) return undefined;
  const { line } = before.wish;
  return `The same person stands ${line === undefined ? 'before' : `on line ${line}`} with other details.`;
}

function decideOne(wish: InviteWish, facts: DecideFacts): Invitee | HasUser | string {
  const place = placeOf(wish, facts);
  if (typeof place === 'string') return place;
  const { contact, account } = place;
  const user = contact && facts.user(contact.id);
  if (contact && user) return { wish, contact, account, user };
  return whyNotAccount(account) ?? inviteeOf(wish, contact, account, facts);
}

/** The contact, or none where it is to be made, and its account. */
function placeOf(wish: InviteWish, facts: DecideFacts): { contact?: FoundContact; account: FoundAccount } | string {
  const named = facts.account(wish);
  if (named?.problem !== undefined) return named.problem;
  const { contact, missing = false, problem = '' } = facts.contact(wish, named?.account.id);
  if (!contact && !(missing && wish.create)) return problem + (missing ? HINT(wish) : '');
  const account = named?.account ?? (contact?.accountId ? facts.accountOf(contact.accountId) : undefined);
  if (account) return { contact, account };
  return contact ? 'The contact belongs to no account that you can see.' : 'A new contact needs the account.';
}

const HINT = ({ line, account }: InviteWish): string =>
  line === undefined ? '' : ` To make it, put "yes" into the column Create${account ? '' : ', and name the account'}.`;

/** Why people of an account cannot become partner users (platform-facts C1, C2). */
function whyNotAccount({ name, isPartner, isPersonAccount, owner }: FoundAccount): string | undefined {
  if (isPersonAccount) return `${name} is a person account.`;
  if (!isPartner) return `${name} is not a partner account. Run: sf channel partner enable --account "${name}"`;
  const why = owner && whyNoOwner(owner);
  return why === undefined ? undefined : `The account's owner stands in the way: ${why}`;
}

/** Seats of a licence: how many there are, how many were wanted, and how many of those there is none for. */
export type Seats = {
  licence: string;
  total: number | null;
  used: number | null;
  needed: number;
  rejected: number;
  logins: Licence['logins'];
};

/** Rejects those for whom no seat is left, in the order of the file. Licences that count logins have no seats. */
export function withinSeats(invitees: readonly Invitee[]): {
  seated: Invitee[];
  seats: Seats[];
  rejected: RejectedRow[];
} {
  const seats = new Map<string, Seats>();
  const seated: Invitee[] = [];
  const rejected: RejectedRow[] = [];
  for (const one of invitees) {
    const { name, total, used, logins } = one.profile.licence;
    const of = seats.get(name) ?? { licence: name, total, used, needed: 0, rejected: 0, logins };
    seats.set(name, of);
    const left = total === null || used === null || logins ? Infinity : Math.max(0, total - used);
    const isSeated = of.needed < left;
    of.needed += 1;
    if (isSeated) seated.push(one);
    else {
      of.rejected += 1;
      rejected.push(
        rejectedInvite(one.wish, `No ${name} licence is left for this person: ${left} of ${total} are free.`)
      );
    }
  }
  return { seated, seats: [...seats.values()], rejected };
}

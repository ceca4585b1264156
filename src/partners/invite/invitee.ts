/** The user that a person is to be: name, profile, partner role, and what the country of the account suggests. Pure. */
import type { FoundAccount } from '../accounts.js';
import { fitTimeZone, fitToPicklist, localesOf, type Person } from '../people/index.js';
import type { FoundContact } from './contacts.js';
import { isStandardExternal, type OrgFacts, type PartnerProfile } from './org-facts.js';
import type { InviteWish } from './wishes.js';
import { sameText } from '../same-text.js';

export const PORTAL_ROLES = ['Executive', 'Manager', 'User'] as const;

export type PortalRole = (typeof PORTAL_ROLES)[number];

/** A person who is to get a user; the contact is missing where it is to be made too. */
export type Invitee = {
  wish: InviteWish;
  contact?: FoundContact;
  account: FoundAccount;
  person: Person;
  first: string | undefined;
  last: string;
  email: string;
  profile: PartnerProfile;
  portalRole: PortalRole;
  locale: string;
  language: string;
  timeZone: string;
};

/** What users are made by. */
export type UserRules = {
  /** Portal roles that an account has; undefined before its first partner user (platform-facts C2). */
  roles: (accountId: string) => ReadonlySet<string> | undefined;
  /** Roles that new partner accounts get; undefined where nobody said. */
  partnerRoles: number | undefined;
  profile: (name: string | undefined) => PartnerProfile | string;
  /** Whether standard external profiles may be given to users; undefined: not known, and left to the org. */
  standardProfiles: boolean | undefined;
  role: PortalRole;
  /** What patterns of usernames call the org. */
  org: string;
  facts: Pick<OrgFacts, 'picklists' | 'defaults'>;
};

/** The user to be, or why there can be none. */
export function inviteeOf(
  wish: InviteWish,
  contact: FoundContact | undefined,
  account: FoundAccount,
  rules: UserRules
): Invitee | string {
  const identity = identityOf(wish, contact);
  if (typeof identity === 'string') return identity;
  const profile = rules.profile(wish.profile);
  if (typeof profile === 'string') return profile;
  const role = roleOf(wish, account, rules);
  if (typeof role !== 'string') return role.problem;
  const settings = settingsOf(wish, account, rules.facts);
  if (typeof settings === 'string') return settings;
  const why = whyNotProfile(profile, rules);
  if (why !== undefined) return why;
  const { first, last, email } = identity;
  const country = account.country ?? undefined;
  const person = { email, firstName: first, lastName: last, account: account.name, org: rules.org, country };
  return { wish, contact, account, person, ...identity, profile, portalRole: role, ...settings };
}

/** Rough on purpose: the org has the last word, and tells it row by row. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Identity = Pick<Invitee, 'first' | 'last' | 'email'>;

/** Names are those of the contact; the address of the file goes first, as it is the newer one. */
function identityOf(wish: InviteWish, contact: FoundContact | undefined): Identity | string {
  const last = contact?.last ?? wish.last;
  const email = wish.email ?? contact?.email ?? undefined;
  if (last === undefined) return 'A new contact needs a last name.';
  if (email === undefined) return 'The contact has no e-mail address. Logins and mails need one.';
  if (!EMAIL.test(email)) return `"${email}" is no e-mail address.`;
  return { first: (contact ? contact.first : wish.first) ?? undefined, last, email };
}

type Settings = Pick<Invitee, 'locale' | 'language' | 'timeZone'>;

const WORDS = { locale: 'locale', language: 'language', timeZone: 'time zone' } as const;

/** What the row says; else what people of the account's country usually have, as far as the org has it; else its default. */
function settingsOf(wish: InviteWish, { country, state }: FoundAccount, facts: UserRules['facts']): Settings | string {
  const { picklists, defaults } = facts;
  const likely = localesOf(country ?? undefined, state ?? undefined);
  const settings = {
    locale: fitToPicklist(wish.locale ?? likely?.locale, picklists.locale, defaults.locale),
    language: fitToPicklist(wish.language ?? likely?.language, picklists.language, defaults.language),
    timeZone: fitTimeZone(wish.timeZone ?? likely?.timeZone, picklists.timeZone, defaults.timeZone),
  };
  const keys = ['locale', 'language', 'timeZone'] as const;
  const unknown = keys.find((key) => wish[key] !== undefined && !sameText(wish[key], settings[key]));
  return unknown ? `The org has no ${WORDS[unknown]} "${wish[unknown]}".` : settings;
}

function whyNotProfile(profile: PartnerProfile, { standardProfiles }: UserRules): string | undefined {
  if (!profile.licence.active)
    return `The licence ${profile.licence.name} of the profile ${profile.name} is not active.`;
  if (standardProfiles !== false || !isStandardExternal(profile)) return undefined;
  return `${profile.name} is a standard external profile, which this org does not let users have. Use a copy of it, or allow it in Setup > Digital Experiences > Settings.`;
}

/** Roles of accounts by how many they get (platform-facts A1). */
const OFFERED: Readonly<Record<number, readonly PortalRole[]>> = {
  1: ['User'],
  2: ['Manager', 'User'],
  3: ['Executive', 'Manager', 'User'],
};

function roleOf(wish: InviteWish, account: FoundAccount, rules: UserRules): PortalRole | { problem: string } {
  const wanted = (wish.role ?? rules.role).toLowerCase();
  const role = PORTAL_ROLES.find((one) => one.toLowerCase() === wanted);
  if (!role) return { problem: `There is no partner role "${wish.role}". They are ${PORTAL_ROLES.join(', ')}.` };
  const there = rules.roles(account.id);
  const offered = there ? [...there] : OFFERED[rules.partnerRoles ?? 0];
  if (!offered || offered.includes(role)) return role;
  return { problem: `${account.name} ${there ? 'has' : 'will have'} no ${role} role, only ${offered.join(', ')}.` };
}

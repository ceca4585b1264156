/** An account, a contact, rules and facts about which everything is right, and ways to change that. */
import type { FoundAccount } from '../../../src/partners/accounts.js';
import { Contacts, type FoundContact } from '../../../src/partners/invite/contacts.js';
import type { DecideFacts } from '../../../src/partners/invite/decide.js';
import type { MailSite, OrgFacts, PartnerProfile } from '../../../src/partners/invite/org-facts.js';
import type { InviteWish } from '../../../src/partners/invite/wishes.js';
import type { Manager } from '../../../src/partners/managers.js';

export const OWNER: Manager = { id: '005000000000002AAA', name: 'Mo Manager', active: true, role: 'Channel' };

export const ACCOUNT: FoundAccount = {
  id: '001000000000001AAA',
  name: 'Acme',
  isPartner: true,
  isPersonAccount: false,
  ownerId: OWNER.id,
  owner: OWNER,
  stamp: '2026-01-01T00:00:00.000Z',
  country: 'Germany',
  state: null,
};

export const contact = (number: number, changes: Partial<FoundContact> = {}): FoundContact => ({
  id: `003${String(number).padStart(12, '0')}AAA`,
  first: 'Pat',
  last: `Person ${number}`,
  email: `p${number}@acme.example.com`,
  accountId: ACCOUNT.id,
  ...changes,
});

export const profile = (name: string, licence: Partial<PartnerProfile['licence']> = {}): PartnerProfile => ({
  id: `00e ${name}`,
  name,
  licence: {
    key: 'PID_Partner_Community',
    name: 'Partner Community',
    active: true,
    total: 100,
    used: 10,
    logins: null,
    ...licence,
  },
});

export const GOLD = profile('Gold');
export const SILVER = profile('Silver');

export const site = (name: string, changes: Partial<MailSite> = {}): MailSite => ({
  id: `0DB ${name}`,
  name,
  live: true,
  welcomes: true,
  ...changes,
});

export const facts = (changes: Partial<OrgFacts> = {}): OrgFacts => ({
  profiles: [GOLD, SILVER],
  sites: [],
  memberProfiles: new Map(),
  seesSites: true,
  seesAll: true,
  viewer: 'admin@example.com',
  defaults: { locale: 'en_US', language: 'en_US', timeZone: 'America/Los_Angeles' },
  picklists: {
    locale: ['en_US', 'de_DE', 'cs_CZ'],
    language: ['en_US', 'de', 'cs'],
    timeZone: ['America/Los_Angeles', 'Europe/Berlin', 'Europe/Prague'],
  },
  ...changes,
});

let line = 1;

export const wish = (changes: Partial<InviteWish> = {}): InviteWish => ({
  line: ++line,
  cells: [],
  create: false,
  fields: {},
  ...changes,
});

/** A person to be made, of the account. */
export const newcomer = (last: string, changes: Partial<InviteWish> = {}): InviteWish =>
  wish({
    account: { by: 'name', text: 'Acme' },
    first: 'Eva',
    last,
    email: `${last.toLowerCase()}@acme.example.com`,
    create: true,
    ...changes,
  });

export const rules = (contacts: readonly FoundContact[] = [], changes: Partial<DecideFacts> = {}): DecideFacts => {
  const known = new Contacts(new Map(contacts.map((one) => [one.id, one])));
  return {
    account: ({ account }) => account && { account: ACCOUNT },
    accountOf: () => ACCOUNT,
    contact: (one, accountId) => known.of(one, accountId),
    user: () => undefined,
    roles: () => undefined,
    partnerRoles: undefined,
    profile: (name) =>
      [GOLD, SILVER].find((one) => one.name.toLowerCase() === (name ?? 'gold').toLowerCase()) ?? 'None.',
    standardProfiles: false,
    role: 'User',
    org: 'acme',
    facts: facts(),
    ...changes,
  };
};

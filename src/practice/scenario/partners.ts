/**
 * Partner users in every state of eligibility (design, partners; platform-facts C). One of each by name; a test holds
 * this list to the scenario:
 * - ready: Ada Ashgrove
 * - never logged in: Levin Zephyr
 * - inactive: Bela Pinecrest
 * - frozen: Jonas Farnwick (of Example Lantern Ltd)
 * - profile no member of a site: Rosa Goldmoor
 * - profile waiting to become a member: Edda Northgate
 * - member of a site that is not Live: Uma Eastvale
 * - account no longer a partner: Sami Ironvale
 * - paid by login, ready: Hugo Yarrow
 * - no partner licence: any of the company's own people, such as Joel Bramble
 */
import { refreshMembership } from '../rules/membership.js';
import { ensurePortalRoles, portalRoleId } from '../rules/portal.js';
import { NO_LONGER_PARTNER, WITHOUT_OWNER_ROLE, type Contact, type PartnerAccount } from './accounts.js';
import { addUser } from './people.js';
import { daysAgo, type Seed } from './seed.js';

export type PartnerState =
  | 'ready'
  | 'never-logged-in'
  | 'inactive'
  | 'off-site'
  | 'account-not-partner'
  | 'login-licence'
  | 'frozen'
  | 'member-group-waiting'
  | 'offline-site';

export type PartnerUser = { id: string; accountId: string; state: PartnerState };

/** State of the first user of partner account `index`, or undefined where none of its contacts has a user. */
const stateOf = (index: number): PartnerState | undefined => {
  if (NO_LONGER_PARTNER.includes(index)) return 'account-not-partner';
  if (index === WITHOUT_OWNER_ROLE || index >= 34) return undefined;
  if (index % 8 === 3) return 'never-logged-in';
  if (index % 10 === 5) return 'inactive';
  if (index % 12 === 7) return 'off-site';
  return index % 11 === 9 ? 'login-licence' : 'ready';
};

/** Profiles other than the usual one. */
const PROFILES: Partial<Record<PartnerState, string>> = {
  'off-site': 'Example Partner Offsite',
  'login-licence': 'Example Partner Login',
  'member-group-waiting': 'Partner Community Login User',
  'offline-site': 'Example Partner Events',
};

const profileOf = (state: PartnerState): string => {
  return PROFILES[state] ?? 'Example Partner';
};

const addPartnerUser = (
  seed: Seed,
  profiles: Map<string, string>,
  contact: Contact,
  state: PartnerState,
  PortalRole: string
): PartnerUser => {
  const author = seed.author(800);
  ensurePortalRoles(author, contact.accountId);
  const values = {
    ProfileId: profiles.get(profileOf(state))!,
    UserType: 'PowerPartner',
    ContactId: contact.id,
    AccountId: contact.accountId,
    PortalRole,
    UserRoleId: portalRoleId(author, contact.accountId, PortalRole),
    IsPortalEnabled: true,
    IsActive: state !== 'inactive',
    LastLoginDate: state === 'never-logged-in' ? null : daysAgo(seed.random.below(60) + 1),
    CommunityNickname: `partner.${contact.id.slice(-7, -3)}`,
  };
  const id = addUser(seed, contact.name, `partners-${contact.id.slice(-7, -3)}.practice.example.com`, values, 800);
  return { id, accountId: contact.accountId, state };
};

/** Adds portal roles and users; every third account has a second user, who is an executive. */
export const seedPartners = (seed: Seed, profiles: Map<string, string>, accounts: PartnerAccount[]): PartnerUser[] => {
  const users: PartnerUser[] = [];
  accounts.forEach((account, index) => {
    const state = stateOf(index);
    if (!state) return;
    users.push(addPartnerUser(seed, profiles, account.contacts[0]!, state, 'User'));
    if (index % 3 === 0) users.push(addPartnerUser(seed, profiles, account.contacts[1]!, state, 'Executive'));
  });
  return users;
};

/** States that came later, by the account whose third contact is in it. */
const LATER: ReadonlyArray<readonly [account: number, state: PartnerState]> = [
  [1, 'frozen'],
  [2, 'member-group-waiting'],
  [4, 'offline-site'],
];

/** Adds them, on accounts that have users already, so that there are no more roles. */
export const seedLaterPartners = (seed: Seed, profiles: Map<string, string>, accounts: PartnerAccount[]): void => {
  for (const [account, state] of LATER) {
    const { id } = addPartnerUser(seed, profiles, accounts[account]!.contacts[2]!, state, 'User');
    refreshMembership(seed.author(690), id, false);
    if (state === 'frozen') seed.tools.store.sql('UPDATE "UserLogin" SET "IsFrozen" = 1 WHERE "UserId" = ?').run(id);
  }
};

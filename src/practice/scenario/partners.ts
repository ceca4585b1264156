/** Partner users in every state of eligibility (design, partners; platform-facts C). */
import { ensurePortalRoles, portalRoleId } from '../rules/portal.js';
import { NO_LONGER_PARTNER, WITHOUT_OWNER_ROLE, type Contact, type PartnerAccount } from './accounts.js';
import { addUser } from './people.js';
import { daysAgo, type Seed } from './seed.js';

export type PartnerState =
  'ready' | 'never-logged-in' | 'inactive' | 'off-site' | 'account-not-partner' | 'login-licence';

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

const profileOf = (state: PartnerState): string => {
  if (state === 'off-site') return 'Example Partner Offsite';
  return state === 'login-licence' ? 'Example Partner Login' : 'Example Partner';
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

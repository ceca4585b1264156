/** A partner user about whom everything is right and known, and ways to change that. */
import type { Membership, PartnerAccount, PartnerFacts, PartnerUser } from '../../src/partners/index.js';

export const known = <T>(value: T): { known: true; value: T } => ({ known: true, value });
export const hidden = (reason = 'you may not see it.'): { known: false; reason: string } => ({ known: false, reason });

export const USER: PartnerUser = {
  id: '005000000000001AAA',
  name: 'Pat Partner',
  username: 'pat@partner.example.com',
  active: true,
  userType: 'PowerPartner',
  lastLogin: '2026-05-01T08:00:00.000+0000',
  profileId: '00e000000000001AAA',
  profile: 'Partner Profile',
  contactId: '003000000000001AAA',
  accountId: '001000000000001AAA',
};

export const ACCOUNT: PartnerAccount = {
  id: USER.accountId!,
  name: 'Acme',
  isPartner: true,
  owner: { id: '005000000000002AAA', name: 'Mo Manager', active: true, hasRole: true },
};

export const membership = (
  name: string,
  status: string,
  member: boolean | undefined,
  groups: string[] = []
): Membership => ({ site: { id: `0DB ${name}`, name, status }, member, groups });

export const CENTRAL = membership('Central', 'Live', true, ['Added']);

/** Eligible without any warning, but for what is passed. */
export const facts = (changes: Partial<PartnerFacts> = {}, user: Partial<PartnerUser> = {}): PartnerFacts => ({
  user: { ...USER, ...user },
  frozen: known(false),
  licence: known({ key: 'PID_Partner_Community', active: true }),
  account: known(ACCOUNT),
  contact: known('there'),
  sites: { memberships: [CENTRAL], complete: true },
  readsLeads: known(true),
  ...changes,
});

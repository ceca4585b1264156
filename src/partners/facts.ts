/** What eligibility is judged by: facts about a partner user, each known or not, with the reason. */
import type { Section } from '../status/result.js';

export type PartnerUser = {
  id: string;
  name: string;
  username: string;
  active: boolean;
  /** `PowerPartner` for partner users (platform-facts C3). */
  userType: string;
  lastLogin: string | null;
  profileId: string;
  profile: string;
  contactId: string | null;
  accountId: string | null;
};

export type AccountOwner = { id: string; name: string; active: boolean; hasRole: boolean };

/** `owner` is undefined where the running user may not see that user. */
export type PartnerAccount = { id: string; name: string; isPartner: boolean; owner: AccountOwner | undefined };

/** `status` is `Live`, `DownForMaintenance` or `UnderConstruction` (platform-facts E). */
export type Site = { id: string; name: string; status: string };

export type Membership = {
  site: Site;
  /** Whether the user is a member; undefined where that cannot be seen. */
  member: boolean | undefined;
  /** States of the member groups that name the profile or a permission set of the user, such as `Added`. */
  groups: string[];
};

export type PartnerFacts = {
  user: PartnerUser;
  frozen: Section<boolean>;
  /** Licence of the profile. */
  licence: Section<{ key: string; active: boolean }>;
  /** Undefined: the user has none, or it is gone. */
  account: Section<PartnerAccount | undefined>;
  contact: Section<'there' | 'gone'>;
  /** Sites that the running user can see. `complete`: these are all, and so are the memberships. */
  sites: { memberships: Membership[]; complete: boolean };
  readsLeads: Section<boolean>;
};

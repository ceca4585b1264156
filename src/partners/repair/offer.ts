/**
 * Repairs of partner users that are safe to make: nothing is lost by them, and but for mails they can be taken back. Pure.
 * What else is missing stays with the fix that the check tells.
 */
import type { Judged } from '../check.js';
import type { ConditionName } from '../eligibility.js';
import type { Membership } from '../facts.js';

export const REPAIRS = ['add-to-site', 'reactivate', 'send-login'] as const;

export type Repair = (typeof REPAIRS)[number];

/** A profile that is to be a member of a site, for the sake of users. */
export type Joining = { siteId: string; site: string; profileId: string; profile: string; users: string[] };

/** What could be repaired: ids of users, and profiles to add. */
export type Offer = {
  'add-to-site': Joining[];
  reactivate: string[];
  'send-login': string[];
};

/** Conditions without which being active again would help nobody. */
const NEEDED: readonly ConditionName[] = ['licence', 'contact', 'partner-account', 'account-owner'];

/**
 * What can be repaired of people who were judged.
 * @param only site that counts; without it the one that is Live
 */
export function offerOf(judged: readonly Judged[], only?: string): Offer {
  const joinings = new Map<string, Joining>();
  const offer: Offer = { 'add-to-site': [], reactivate: [], 'send-login': [] };
  for (const one of judged) {
    const { user } = one.facts;
    if (NEEDED.some((condition) => verdictOf(one, condition) === 'no')) continue;
    if (verdictOf(one, 'active') === 'no' && !user.active) offer.reactivate.push(user.id);
    const site = siteToJoin(one, only);
    if (site) {
      const key = `${site.site.id} ${user.profileId}`;
      const joining = joinings.get(key) ?? joiningOf(one, site);
      joinings.set(key, { ...joining, users: [...joining.users, user.id] });
    }
    if (needsLogin(one, only)) offer['send-login'].push(user.id);
  }
  offer['add-to-site'] = [...joinings.values()];
  return offer;
}

const verdictOf = ({ eligibility }: Judged, name: ConditionName): string | undefined =>
  eligibility.conditions.find(({ condition }) => condition === name)?.verdict;

function joiningOf({ facts: { user } }: Judged, { site }: Membership): Joining {
  return { siteId: site.id, site: site.name, profileId: user.profileId, profile: user.profile, users: [] };
}

/** The Live site that a user could join by the profile; one that is on the way already is only waited for. */
function siteToJoin(one: Judged, only: string | undefined): Membership | undefined {
  if (verdictOf(one, 'site-member') !== 'no') return undefined;
  const live = counting(one, only).filter(({ site }) => site.status === 'Live');
  return live.length === 1 && live[0]!.groups.length === 0 ? live[0] : undefined;
}

/** Never logged in, active, and a member of a Live site, so that the link leads somewhere. */
function needsLogin(one: Judged, only: string | undefined): boolean {
  const { user } = one.facts;
  if (user.lastLogin !== null || verdictOf(one, 'active') !== 'yes') return false;
  return counting(one, only).some(({ member, site }) => member === true && site.status === 'Live');
}

const counting = ({ facts }: Judged, only: string | undefined): Membership[] =>
  facts.sites.memberships.filter(({ site }) => only === undefined || site.name.toLowerCase() === only.toLowerCase());

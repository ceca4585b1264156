/** Conditions about sites: member of one, and that one Live (platform-facts E). */
import type { Membership, PartnerFacts, PartnerUser, Site } from './facts.js';
import { no, unknown, yes, type Finding } from './verdict.js';

const CANNOT_SEE = 'Site membership cannot be seen by you. It takes View All Data, or Create and Set Up Experiences.';
const ASK_SITES = 'Ask an administrator for Create and Set Up Experiences, or have the check run by one.';

const workspace = (site: string): string => `Setup > Digital Experiences > All Sites > ${site} > Workspaces`;

type Sites = PartnerFacts['sites'];

/** Memberships in the sites that count; one with another name does not. */
function counting({ memberships, complete }: Sites, site: string | undefined): Sites {
  if (site === undefined) return { memberships, complete };
  const named = memberships.filter((one) => one.site.name.toLowerCase() === site.toLowerCase());
  return { memberships: named, complete };
}

/** By the row of the user, or by the group where the user is inactive and has none until activated. */
function isIn({ member, groups }: Membership, { active }: PartnerUser): boolean | undefined {
  return member === false && !active && groups.includes('Added') ? true : member;
}

/** Profile or a permission set is a member of a site, and with it the user. */
export function judgeMember({ user, sites }: PartnerFacts, only?: string): Finding {
  const { memberships, complete } = counting(sites, only);
  const inside = memberships.filter((one) => isIn(one, user) === true);
  if (inside.length > 0) return yes(`Member of ${names(inside.map(({ site }) => site))}.`);
  if (!complete || memberships.some(({ member }) => member === undefined)) return unknown(CANNOT_SEE, ASK_SITES);
  if (memberships.length === 0) return no(noSite(only), 'Create a site in Setup > Digital Experiences > All Sites.');
  return underway(user, memberships) ?? notMember(user, memberships);
}

const noSite = (only?: string): string => (only === undefined ? 'The org has no site.' : `There is no site ${only}.`);

function notMember({ profile }: PartnerUser, memberships: readonly Membership[]): Finding {
  const sites = memberships.map(({ site }) => site);
  // The published site is the one that partners should be in.
  const { name } = sites.find(({ status }) => status === 'Live') ?? sites[0]!;
  return no(
    `Neither the profile ${profile} nor a permission set of the user is a member of ${names(sites)}.`,
    `${workspace(name)} > Administration > Members: add the profile ${profile}, or give the user a permission set that is a member.`
  );
}

/** A membership that was asked for and is not there yet: groups are worked off in the background. */
function underway({ profile }: PartnerUser, memberships: readonly Membership[]): Finding | undefined {
  const found = (wanted: (status: string) => boolean): Site | undefined =>
    memberships.find(({ groups }) => groups.some(wanted))?.site;
  const added = found((status) => status === 'Added');
  if (added) {
    return no(
      `The profile or a permission set was added to ${added.name}, but the user is not a member yet.`,
      'Wait for the background job and check again. If it stays so, remove the member group from the site and add it again.'
    );
  }
  const waiting = found((status) => /^(Waiting ?For ?Add|Add ?Calculated)$/i.test(status));
  if (waiting) {
    return no(
      `The profile or a permission set is being added to ${waiting.name}.`,
      'Wait for the background job and check again.'
    );
  }
  const failed = found((status) => /^Failed ?Add$/i.test(status));
  if (failed) {
    return no(
      `Adding the profile or permission set to ${failed.name} has failed.`,
      `${workspace(failed.name)} > Administration > Members: remove the profile ${profile} and add it again.`
    );
  }
  return undefined;
}

/** Of the sites of which the user is a member one is Live; of all that count, where there is none. */
export function judgeLive({ user, sites }: PartnerFacts, only?: string): Finding {
  const { memberships, complete } = counting(sites, only);
  const inside = memberships.filter((one) => isIn(one, user) === true);
  const open = inside.length > 0 ? inside : memberships.filter((one) => isIn(one, user) === false);
  const live = open.filter(({ site }) => site.status === 'Live');
  if (live.length > 0) return yes(`Live: ${names(live.map(({ site }) => site))}.`);
  if (!complete || memberships.some(({ member }) => member === undefined)) return unknown(CANNOT_SEE, ASK_SITES);
  if (open.length === 0) return no(noSite(only), 'Create a site in Setup > Digital Experiences > All Sites.');
  const closed = open.map(({ site }) => `${site.name} (${WORDS[site.status] ?? site.status})`).join(', ');
  const { name, status } = open[0]!.site;
  const click = status === 'DownForMaintenance' ? 'Reactivate' : 'Activate';
  return no(
    `${inside.length > 0 ? 'The user is a member only of sites' : 'There are only sites'} that are not Live: ${closed}.`,
    `${workspace(name)} > Administration > Settings > ${click} Site.`
  );
}

/** States of sites in the words of Setup. */
const WORDS: Readonly<Record<string, string>> = { DownForMaintenance: 'offline', UnderConstruction: 'in preview' };

const names = (sites: readonly Site[]): string => sites.map(({ name }) => name).join(', ');

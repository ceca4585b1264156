/** Which mails an invitation sends, and by which route (platform-facts C7). Pure. */
import type { HasUser } from './decide.js';
import type { Invitee } from './invitee.js';
import type { OrgFacts } from './org-facts.js';

/**
 * How somebody hears of a new login: the site's welcome mail, which cannot be held back; a password reset sent by the run;
 * or not at all for now.
 */
export type MailRoute = 'welcome' | 'password-reset' | 'none';

export type MailPlan = {
  route: MailRoute;
  /** Mails that are sent, at most: that the platform sends a welcome mail to users made by API is not proven (C7). */
  mails: number;
  /** Sites that send welcome mails, or on which the login works. */
  sites: string[];
  /** Whether all sites and their members can be seen; otherwise there may be mails that are not counted. */
  known: boolean;
};

type Sites = Pick<OrgFacts, 'sites' | 'memberProfiles' | 'seesSites' | 'profiles' | 'viewer'>;

/** Sites that a profile is a member of. */
export const sitesOf = ({ sites, memberProfiles }: Sites, profileId: string): OrgFacts['sites'] =>
  sites.filter(({ id }) => memberProfiles.get(id)?.has(profileId));

/**
 * Those of the users to be made whom the run sends a login: no site welcomes them, and there is one where the login works.
 * Nobody gets two mails, and none gets a link that leads nowhere.
 */
export const loginsFor = <T extends Pick<Invitee, 'profile'>>(users: readonly T[], facts: Sites): T[] =>
  users.filter(
    ({ profile }) =>
      !sitesOf(facts, profile.id).some(({ live, welcomes }) => live && welcomes) &&
      whyNoSite(facts, profile.id) === undefined
  );

/** Mails about users who are to be made, of whom so many are sent a login. */
export function mailsOf(invitees: ReadonlyArray<Pick<Invitee, 'profile'>>, facts: Sites, logins: number): MailPlan {
  const welcoming = new Set<string>();
  const live = new Set<string>();
  let welcomes = 0;
  for (const { profile } of invitees) {
    for (const site of sitesOf(facts, profile.id).filter((one) => one.live)) {
      live.add(site.name);
      if (!site.welcomes) continue;
      welcoming.add(site.name);
      welcomes += 1;
    }
  }
  const known = facts.seesSites;
  if (welcomes > 0) return { route: 'welcome', mails: welcomes, sites: [...welcoming], known };
  return { route: logins > 0 ? 'password-reset' : 'none', mails: logins, sites: [...live], known };
}

/**
 * Why a login cannot be sent to somebody who has a user, or undefined.
 * @param memberOf ids of sites of which the user is a member by a permission set
 */
export function whyNoLogin(
  { user }: HasUser,
  facts: Sites,
  memberOf: ReadonlySet<string> = new Set()
): string | undefined {
  if (!user.active)
    return `The user ${user.username} is not active. Run: sf channel partner check --target-org ${facts.viewer} --user ${user.username} --fix`;
  if (user.lastLogin !== null) return `The user ${user.username} has logged in before.`;
  return whyNoSite(facts, user.profileId, memberOf);
}

/** Why somebody with a profile could not log in anywhere, or undefined. */
export function whyNoSite(
  facts: Sites,
  profileId: string,
  memberOf: ReadonlySet<string> = new Set()
): string | undefined {
  if (!facts.seesSites) return undefined;
  const sites = [...sitesOf(facts, profileId), ...facts.sites.filter(({ id }) => memberOf.has(id))];
  if (sites.some(({ live }) => live)) return undefined;
  const [down] = sites;
  if (down) {
    const command = prepareCommand(facts, `--site "${down.name}" --live`);
    return `The site ${down.name} is not Live, so a login would lead nowhere. Run: ${command}`;
  }
  const profile = facts.profiles.find(({ id }) => id === profileId);
  const command = prepareCommand(facts, ...(profile ? [`--profile "${profile.name}"`] : []));
  return `The profile is a member of no site, so a login would lead nowhere. Run: ${command}`;
}

/** The command that makes a site ready, of which the org's only site is named. */
export function prepareCommand({ sites, viewer }: Pick<Sites, 'sites' | 'viewer'>, ...flags: string[]): string {
  const [only, other] = sites;
  const site = only && !other && !flags.some((flag) => flag.startsWith('--site')) ? [`--site "${only.name}"`] : [];
  return ['sf channel site prepare --target-org', viewer, ...site, ...flags].join(' ');
}

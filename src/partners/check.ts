/** Checks partner users for a command, or for a plan that gives them leads. */
import type { Connection } from '@salesforce/core';
import { isIn, usernameOf } from '../org/read/index.js';
import { judge, type Eligibility, type Rules } from './eligibility.js';
import type { PartnerFacts } from './facts.js';
import { readPartners } from './read.js';
import { resolveScope, usersOf, type ScopeFlags } from './scope.js';

export type Judged = { facts: PartnerFacts; eligibility: Eligibility };

/** A site that the org does not have, as far as the running user can see. */
export class SiteNameError extends Error {
  public constructor(
    public readonly site: string,
    public readonly known: readonly string[]
  ) {
    super(site);
    this.name = 'SiteNameError';
  }
}

/** Partner users that flags select, each judged. @throws PartnerNameError, SiteNameError */
export async function checkPartners(
  conn: Connection,
  viewer: string,
  flags: ScopeFlags,
  rules: Rules
): Promise<Judged[]> {
  const scope = await resolveScope(conn, flags);
  const { partners, sites } = await readPartners(conn, { where: usersOf(scope), viewer });
  if (rules.site !== undefined && partners.length > 0) requireSite(rules.site, sites);
  return partners.map((facts) => ({ facts, eligibility: judge(facts, rules) }));
}

/** Who may not see the sites cannot know that one is not there. */
function requireSite(site: string, { names, complete }: { names: string[]; complete: boolean }): void {
  const there = names.some((name) => name.toLowerCase() === site.toLowerCase());
  if (complete && !there) throw new SiteNameError(site, names);
}

/** As many as the address of a query can hold. */
const USERS_AT_ONCE = 500;

/** Eligibility of partner users by id, for commands that give leads to them. */
export async function eligibilityOf(
  conn: Connection,
  userIds: readonly string[],
  rules: Rules = {}
): Promise<Map<string, Eligibility>> {
  const judged = new Map<string, Eligibility>();
  const viewer = userIds.length > 0 ? await usernameOf(conn) : '';
  for (let at = 0; at < userIds.length; at += USERS_AT_ONCE) {
    const where = isIn('Id', userIds.slice(at, at + USERS_AT_ONCE));
    const { partners } = await readPartners(conn, { where, viewer });
    for (const facts of partners) judged.set(facts.user.id, judge(facts, rules));
  }
  return judged;
}

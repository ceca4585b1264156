/**
 * Whether a partner user can take leads, with a reason and a fix for each condition. Pure: the one function by which
 * commands and plans judge partner users (design, partners).
 */
import { judgeAccount, judgeContact, judgeOwner } from './account-conditions.js';
import type { PartnerFacts } from './facts.js';
import { judgeLive, judgeMember } from './site-conditions.js';
import { judgeActive, judgeLicence, judgeLogin, judgeReading } from './user-conditions.js';
import type { Finding } from './verdict.js';

/** In the order in which they are looked into. */
export const CONDITIONS = [
  'active',
  'licence',
  'contact',
  'partner-account',
  'account-owner',
  'site-member',
  'site-live',
  'logged-in',
  'reads-leads',
] as const;

export type ConditionName = (typeof CONDITIONS)[number];

export type Condition = Finding & { condition: ConditionName };

export type Eligible = 'yes' | 'no' | 'unknown';

export type Eligibility = {
  eligible: Eligible;
  conditions: Condition[];
  /** The condition that decides: the first that fails, else the first not known, else the first warning. */
  first?: Condition;
};

/** `strict`: who has never logged in is not eligible. `site`: the name of the site that counts; all do without it. */
export type Rules = { strict?: boolean; site?: string };

/** Judges one partner user. */
export function judge(facts: PartnerFacts, { strict = false, site }: Rules = {}): Eligibility {
  const { user } = facts;
  const findings: Record<ConditionName, Finding> = {
    active: judgeActive(user, facts.frozen),
    licence: judgeLicence(user, facts.licence),
    contact: judgeContact(user, facts.contact),
    'partner-account': judgeAccount(user, facts.account),
    'account-owner': judgeOwner(user, facts.account),
    'site-member': judgeMember(facts, site),
    'site-live': judgeLive(facts, site),
    'logged-in': judgeLogin(user, strict),
    'reads-leads': judgeReading(user, facts.readsLeads),
  };
  const conditions = CONDITIONS.map((condition) => ({ condition, ...findings[condition] }));
  const first = (['no', 'unknown', 'warning'] as const).flatMap((wanted) =>
    conditions.filter(({ verdict }) => verdict === wanted)
  )[0];
  return { eligible: overall(conditions), conditions, first };
}

/** One condition that fails is enough for no; what is not known is never a no. */
function overall(conditions: readonly Condition[]): Eligible {
  if (conditions.some(({ verdict }) => verdict === 'no')) return 'no';
  return conditions.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'yes';
}

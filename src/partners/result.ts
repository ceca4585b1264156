/** Results of `partner check` and `partner list`: of --json, and what tables and files are made from. */
import { z } from 'zod';
import type { OrgIdentity } from '../org/read/index.js';
import type { Judged } from './check.js';
import { ACCOUNT_STATES, type Directory } from './directory.js';
import { CONDITIONS } from './eligibility.js';
import { repairResultSchema, type RepairResult } from './repair/result.js';

const count = z.number().int().nonnegative();
const orgSchema = z.object({ id: z.string(), name: z.string(), domain: z.string(), kind: z.string() });

const conditionSchema = z.object({
  condition: z.enum(CONDITIONS),
  verdict: z.enum(['yes', 'no', 'unknown', 'warning']),
  reason: z.string(),
  /** What to click, to run or to ask for; absent where nothing is to be done. */
  fix: z.string().optional(),
});

export const CHECK_STATES = ['eligible', 'ineligible', 'unknown'] as const;

const checkedSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  active: z.boolean(),
  profile: z.string(),
  lastLogin: z.string().nullable(),
  accountId: z.string().nullable(),
  /** Name; absent where the running user may not see the account. */
  account: z.string().optional(),
  manager: z.string().optional(),
  state: z.enum(CHECK_STATES),
  /** The condition that decides, or the first warning. */
  first: conditionSchema.optional(),
  conditions: z.array(conditionSchema),
});

export type CheckedUser = z.infer<typeof checkedSchema>;

export const partnerCheckResultSchema = z.object({
  org: orgSchema,
  strict: z.boolean(),
  site: z.string().optional(),
  /** Of all users checked, also those that --state leaves out. */
  summary: z.object({ users: count, eligible: count, ineligible: count, unknown: count, warnings: count }),
  users: z.array(checkedSchema),
  csv: z.string().optional(),
  /** With --fix: what was offered and done. The users above are judged after it. */
  repair: repairResultSchema.optional(),
});

export type PartnerCheckResult = z.infer<typeof partnerCheckResultSchema>;

const aboutOrg = ({ id, name, domain, kind }: OrgIdentity): z.infer<typeof orgSchema> => ({ id, name, domain, kind });

const STATE = { yes: 'eligible', no: 'ineligible', unknown: 'unknown' } as const;

function checkedUser({ facts, eligibility }: Judged): CheckedUser {
  const { id, name, username, active, profile, lastLogin, accountId } = facts.user;
  const account = facts.account.known ? facts.account.value : undefined;
  const { eligible, first, conditions } = eligibility;
  return {
    id,
    name,
    username,
    active,
    profile,
    lastLogin,
    accountId,
    account: account?.name,
    manager: account?.owner?.name,
    state: STATE[eligible],
    first,
    conditions,
  };
}

type CheckInput = {
  org: OrgIdentity;
  judged: readonly Judged[];
  strict: boolean;
  site?: string;
  states?: ReadonlyArray<(typeof CHECK_STATES)[number]>;
  csv?: string;
  repair?: RepairResult;
};

export function partnerCheckResult({ org, judged, strict, site, states, csv, repair }: CheckInput): PartnerCheckResult {
  const users = judged.map(checkedUser);
  const number = (wanted: CheckedUser['state']): number => users.filter(({ state }) => state === wanted).length;
  return {
    org: aboutOrg(org),
    strict,
    site,
    summary: {
      users: users.length,
      eligible: number('eligible'),
      ineligible: number('ineligible'),
      unknown: number('unknown'),
      warnings: users.filter(({ conditions }) => conditions.some(({ verdict }) => verdict === 'warning')).length,
    },
    users: users.filter(({ state }) => states === undefined || states.includes(state)),
    csv,
    repair,
  };
}

/** States by which accounts are filtered: `enabled` is every account that is a partner. */
export const LIST_STATES = ['enabled', ...ACCOUNT_STATES] as const;

const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(ACCOUNT_STATES),
  isPartner: z.boolean(),
  /** The owner of the account; absent where the running user may not see that user. */
  manager: z.object({ id: z.string(), name: z.string(), active: z.boolean(), hasRole: z.boolean() }).optional(),
  users: z.object({ active: count, inactive: count, eligible: count, ineligible: count, unknown: count }),
  /** Leads that its users own; absent where the running user may not read leads. */
  openLeads: count.optional(),
});

export type ListedAccount = z.infer<typeof accountSchema>;

export const partnerListResultSchema = z.object({
  org: orgSchema,
  /** Of all accounts, also those that --state leaves out. */
  summary: z.object({ accounts: count, states: z.record(z.enum(ACCOUNT_STATES), count) }),
  accounts: z.array(accountSchema),
  /** Partner users whose account the running user cannot see. */
  hiddenUsers: count,
  csv: z.string().optional(),
});

export type PartnerListResult = z.infer<typeof partnerListResultSchema>;

type ListInput = {
  org: OrgIdentity;
  directory: Directory;
  states?: ReadonlyArray<(typeof LIST_STATES)[number]>;
  csv?: string;
};

export function partnerListResult({ org, directory, states, csv }: ListInput): PartnerListResult {
  const all = directory.entries.map(({ account: { id, name, isPartner, owner }, state, users, openLeads }) => ({
    id,
    name,
    state,
    isPartner,
    manager: owner,
    users,
    openLeads,
  }));
  const numbers = ACCOUNT_STATES.map((state) => [state, all.filter((one) => one.state === state).length] as const);
  const wanted = ({ state, isPartner }: ListedAccount): boolean =>
    states === undefined || states.includes(state) || (isPartner && states.includes('enabled'));
  return {
    org: aboutOrg(org),
    summary: { accounts: all.length, states: Object.fromEntries(numbers) as Record<ListedAccount['state'], number> },
    accounts: all.filter(wanted),
    hiddenUsers: directory.hiddenUsers,
    csv,
  };
}

/** The partner accounts of an org: manager, users, open leads, and in which state each account is. */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, select, type Condition } from '../org/read/index.js';
import { judge, type Eligible } from './eligibility.js';
import { accountOf } from './facts-of.js';
import type { PartnerAccount, PartnerFacts } from './facts.js';
import { readPartners, type PartnerSnapshot } from './read.js';
import { ACCOUNT_FIELDS, type AccountRow } from './rows.js';
import { resolveScope, usersOf, type Scope, type ScopeFlags } from './scope.js';

/** Each account is in one of these. */
export const ACCOUNT_STATES = ['has-eligible', 'none-eligible', 'unknown', 'no-users', 'not-partner'] as const;

export type AccountState = (typeof ACCOUNT_STATES)[number];

export type DirectoryEntry = {
  account: PartnerAccount;
  state: AccountState;
  users: { active: number; inactive: number } & Record<'eligible' | 'ineligible' | 'unknown', number>;
  /** Undefined where the running user may not read leads. */
  openLeads: number | undefined;
};

/** `hiddenUsers`: partner users whose account the running user cannot see. */
export type Directory = { entries: DirectoryEntry[]; hiddenUsers: number };

/**
 * Accounts that are partners, and others that have partner users all the same; accounts that are named, whatever they
 * are. @throws PartnerNameError, or the org's error where partner accounts cannot be read
 */
export async function readDirectory(
  conn: Connection,
  viewer: string,
  flags: Pick<ScopeFlags, 'account' | 'manager'>
): Promise<Directory> {
  const scope = await resolveScope(conn, flags);
  const where = accountsOf(scope);
  const rows = await queryAll<AccountRow>(conn, select({ from: 'Account', fields: ACCOUNT_FIELDS, where }));
  const snapshot = await readPartners(conn, { where: usersOf(scope), viewer, leads: true });
  return directoryOf(rows.map(accountOf), snapshot);
}

function accountsOf({ account, manager }: Scope): Condition {
  const parts: Condition[] = [account ? isIn('Id', account) : compare('IsPartner', '=', true)];
  if (manager) parts.push(isIn('OwnerId', manager));
  return parts.length === 1 ? parts[0]! : all(...parts);
}

/** Pure: accounts and their users as entries, by name. */
export function directoryOf(listed: readonly PartnerAccount[], snapshot: PartnerSnapshot): Directory {
  const accounts = new Map(listed.map((account) => [account.id, account]));
  const users = new Map<string, PartnerFacts[]>();
  let hiddenUsers = 0;
  for (const facts of snapshot.partners) {
    const account = facts.account.known ? facts.account.value : undefined;
    if (account && !accounts.has(account.id)) accounts.set(account.id, account);
    const id = facts.user.accountId ?? '';
    if (accounts.has(id)) users.set(id, [...(users.get(id) ?? []), facts]);
    else hiddenUsers++;
  }
  const entries = [...accounts.values()].map((account) => entryOf(account, users.get(account.id) ?? [], snapshot));
  entries.sort((a, b) => compareText(a.account.name, b.account.name) || compareText(a.account.id, b.account.id));
  return { entries, hiddenUsers };
}

function entryOf(
  account: PartnerAccount,
  users: readonly PartnerFacts[],
  { openLeads }: PartnerSnapshot
): DirectoryEntry {
  const verdicts = users.map((facts) => judge(facts).eligible);
  const count = (wanted: Eligible): number => verdicts.filter((verdict) => verdict === wanted).length;
  const counts = { eligible: count('yes'), ineligible: count('no'), unknown: count('unknown') };
  const active = users.filter(({ user }) => user.active).length;
  const leads = openLeads.known ? openLeads.value : undefined;
  return {
    account,
    state: stateOf(account, users.length, counts),
    users: { active, inactive: users.length - active, ...counts },
    openLeads: leads && users.reduce((sum, { user }) => sum + (leads.get(user.id) ?? 0), 0),
  };
}

function stateOf(
  { isPartner }: PartnerAccount,
  users: number,
  { eligible, unknown }: { eligible: number; unknown: number }
): AccountState {
  if (!isPartner) return 'not-partner';
  if (users === 0) return 'no-users';
  if (eligible > 0) return 'has-eligible';
  return unknown > 0 ? 'unknown' : 'none-eligible';
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

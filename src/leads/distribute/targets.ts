/** Finds the queues and users that targets name, and why one of them cannot take leads. */
import type { Connection } from '@salesforce/core';
import { all, any, compare, isIn, isInQuery, queryAll, select } from '../../org/read/index.js';
import { eligibilityOf, type ConditionName, type Eligibility } from '../../partners/index.js';
import { usersWhoMay } from '../lead-access.js';
import { to18 } from '../record-id.js';
import type { TargetSpec } from './target-spec.js';
import type { Target } from './types.js';

/** Why a target cannot be used; the key names the message. */
export type TargetProblem = {
  key:
    'unknown' | 'ambiguous' | 'wrongObject' | 'noLeads' | 'inactive' | 'cannotRead' | 'ineligible' | 'twice' | 'weight';
  text: string;
  detail: string;
  /** Of a partner user who is not eligible: the first condition that fails. */
  condition?: ConditionName;
};

/** What is to be known of a partner user who gets leads all the same. */
export type PartnerDoubt = { name: string; verdict: 'unknown' | 'warning'; reason: string };

/**
 * `unchecked` names users of whom the running user may not see whether they can read leads; `doubts` are about partner
 * users.
 */
export type ResolvedTargets = {
  targets: Target[];
  problems: TargetProblem[];
  unchecked: string[];
  doubts: PartnerDoubt[];
};

type QueueRow = { Id: string; Name: string; DeveloperName: string };
type UserRow = { Id: string; Name: string; Username: string; IsActive: boolean; UserType: string };
type Found = {
  id: string;
  name: string;
  kind: Target['kind'];
  names: string[];
  problem?: TargetProblem['key'];
  /** About the problem, where its key does not say everything. */
  detail?: string;
  condition?: ConditionName;
  unchecked?: boolean;
  doubts?: PartnerDoubt[];
};

/** Looks all targets up with four queries at most, however many there are; partner users take two calls more. */
export async function resolveTargets(conn: Connection, specs: readonly TargetSpec[]): Promise<ResolvedTargets> {
  const found = [...(await findQueues(conn, specs)), ...(await findUsers(conn, specs))];
  const resolved = specs.map((spec) => resolve(spec, found));
  const targets = resolved.flatMap((entry) => ('id' in entry ? [entry] : []));
  const problems = resolved.flatMap((entry) => ('key' in entry ? [entry] : []));
  const seen = new Set<string>();
  for (const { id, name } of targets) {
    if (seen.has(id)) problems.push({ key: 'twice', text: name, detail: id });
    seen.add(id);
  }
  const unchecked = found.flatMap(({ id, name, unchecked: open }) => (open && seen.has(id) ? [name] : []));
  const doubts = found.flatMap(({ id, doubts: open }) => (open && seen.has(id) ? open : []));
  return { targets, problems, unchecked, doubts };
}

/** Names of the queues that take leads, for error texts. */
export async function leadQueueNames(conn: Connection): Promise<string[]> {
  const where = isInQuery(
    'Id',
    select({ from: 'QueueSobject', fields: ['QueueId'], where: compare('SobjectType', '=', 'Lead') })
  );
  const rows = await queryAll<QueueRow>(conn, select({ from: 'Group', fields: ['Name'], where, orderBy: ['Name'] }));
  return rows.map(({ Name }) => Name);
}

function resolve(spec: TargetSpec, found: readonly Found[]): Target | TargetProblem {
  const { text, weight } = spec;
  const problem = (key: TargetProblem['key'], detail = ''): TargetProblem => ({ key, text, detail });
  if (!Number.isSafeInteger(weight) || weight < 1 || weight > 1000) return problem('weight', String(weight));
  const id = to18(text);
  if (id && !/^(00G|005)/.test(id)) return problem('wrongObject', id.slice(0, 3));
  const key = (id ?? text).toLowerCase();
  const matches = found.filter((entry) => (id ? entry.id === id : entry.names.includes(key)));
  const [match] = matches;
  if (!match) return problem('unknown');
  if (matches.length > 1)
    return problem('ambiguous', matches.map((entry) => `${entry.kind} ${entry.name} (${entry.id})`).join(', '));
  const { condition } = match;
  if (match.problem)
    return { ...problem(match.problem, match.detail ?? match.id), ...(condition ? { condition } : {}) };
  return { id: match.id, name: match.name, kind: match.kind, weight };
}

async function findQueues(conn: Connection, specs: readonly TargetSpec[]): Promise<Found[]> {
  const texts = specs.map(({ text }) => text);
  const where = all(
    compare('Type', '=', 'Queue'),
    any(isIn('Name', texts), isIn('DeveloperName', texts), isIn('Id', ids(specs, '00G')))
  );
  const queues = await queryAll<QueueRow>(
    conn,
    select({ from: 'Group', fields: ['Id', 'Name', 'DeveloperName'], where })
  );
  if (queues.length === 0) return [];
  const takesLeads = all(
    compare('SobjectType', '=', 'Lead'),
    isIn(
      'QueueId',
      queues.map(({ Id }) => Id)
    )
  );
  const sobjects = await queryAll<{ QueueId: string }>(
    conn,
    select({ from: 'QueueSobject', fields: ['QueueId'], where: takesLeads })
  );
  const able = new Set(sobjects.map(({ QueueId }) => QueueId));
  return queues.map(({ Id, Name, DeveloperName }) => ({
    id: Id,
    name: Name,
    kind: 'Queue',
    names: [Name.toLowerCase(), DeveloperName.toLowerCase()],
    problem: able.has(Id) ? undefined : 'noLeads',
  }));
}

async function findUsers(conn: Connection, specs: readonly TargetSpec[]): Promise<Found[]> {
  const texts = specs.map(({ text }) => text);
  const where = any(isIn('Name', texts), isIn('Username', texts), isIn('Id', ids(specs, '005')));
  const users = await queryAll<UserRow>(
    conn,
    select({ from: 'User', fields: ['Id', 'Name', 'Username', 'IsActive', 'UserType'], where })
  );
  const partners = users.filter(isPartner).map(({ Id }) => Id);
  const inside = users.filter((user) => !isPartner(user)).map(({ Id }) => Id);
  const eligibility = await eligibilityOf(conn, partners);
  const readers = inside.length > 0 ? await usersWhoReadLeads(conn, inside) : undefined;
  return users.map((user) => {
    const { Id, Name, Username } = user;
    const about = { id: Id, name: Name, kind: 'User' as const, names: [Name.toLowerCase(), Username.toLowerCase()] };
    return { ...about, ...(isPartner(user) ? partnerState(Name, eligibility.get(Id)) : insideState(user, readers)) };
  });
}

const isPartner = ({ UserType }: UserRow): boolean => UserType === 'PowerPartner';

type State = Pick<Found, 'problem' | 'detail' | 'condition' | 'unchecked' | 'doubts'>;

/** What an internal user lacks. */
function insideState({ Id, IsActive }: UserRow, readers: Set<string> | undefined): State {
  const problem = IsActive ? (readers && !readers.has(Id) ? 'cannotRead' : undefined) : 'inactive';
  return { problem, unchecked: readers === undefined };
}

/** What a partner user lacks, by the conditions of `partner check`; one gone since the users were read is none. */
function partnerState(name: string, eligibility: Eligibility | undefined): State {
  const conditions = eligibility?.conditions ?? [];
  const failed = conditions.filter(({ verdict }) => verdict === 'no');
  if (!eligibility || failed.length > 0) {
    const lines = failed.map(({ reason, fix }) => `${reason} ${fix ?? ''}`.trim());
    return { problem: 'ineligible', detail: lines.join(' '), condition: failed[0]?.condition };
  }
  const doubts = conditions.flatMap(({ verdict, reason }) =>
    verdict === 'unknown' || verdict === 'warning' ? [{ name, verdict, reason }] : []
  );
  return { doubts };
}

/** A new owner must be able to read leads (platform-facts D: TRANSFER_REQUIRES_READ). Undefined where nobody can tell. */
async function usersWhoReadLeads(conn: Connection, userIds: readonly string[]): Promise<Set<string> | undefined> {
  try {
    return await usersWhoMay(conn, 'PermissionsRead', userIds);
  } catch (error) {
    if (/INVALID_TYPE|INSUFFICIENT_ACCESS/.test((error as { errorCode?: string }).errorCode ?? '')) return undefined;
    throw error;
  }
}

const ids = (specs: readonly TargetSpec[], prefix: string): string[] =>
  specs.flatMap(({ text }) => {
    const id = to18(text);
    return id?.startsWith(prefix) ? [id] : [];
  });

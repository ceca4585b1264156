/** The rule that a command was told to run, with what is known of it. */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, RetrieveError, select } from '../../org/read/index.js';
import { to18 } from '../record-id.js';
import { entryOf, type RuleEntry } from './entry.js';
import { readRules } from './rule-file.js';

/** Somebody whom a rule gives leads to. */
export type RuleTarget = { id: string; name: string };

export type ChosenRule = {
  id: string;
  name: string;
  active: boolean;
  /** Undefined where the running user may not read metadata. */
  entries?: RuleEntry[];
  /** Targets of entries by type and name; those that the org does not have are missing. */
  targets: ReadonlyMap<string, RuleTarget>;
};

/** A rule that cannot be chosen; the key names the message. */
export class RuleError extends Error {
  public constructor(
    public readonly key: 'noActive' | 'unknown' | 'none',
    public readonly details: readonly string[]
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'RuleError';
  }
}

type Row = { Id: string; Name: string; Active: boolean };

const ROWS = select({
  from: 'AssignmentRule',
  fields: ['Id', 'Name', 'Active'],
  where: compare('SobjectType', '=', 'Lead'),
  orderBy: ['Name'],
});

/** Key of a target among those of a rule. */
export const targetKey = ({ type, name }: NonNullable<RuleEntry['target']>): string => `${type}:${name.toLowerCase()}`;

/** @param wanted name or id of a rule, or `active` @throws RuleError */
export async function readRule(conn: Connection, wanted: string): Promise<ChosenRule> {
  const row = choose(await queryAll<Row>(conn, ROWS), wanted);
  const entries = await readEntries(conn, row.Name);
  return {
    id: row.Id,
    name: row.Name,
    active: row.Active,
    ...(entries ? { entries } : {}),
    targets: await readTargets(conn, entries ?? []),
  };
}

function choose(rows: readonly Row[], wanted: string): Row {
  if (rows.length === 0) throw new RuleError('none', []);
  const names = rows.map(({ Name, Active }) => (Active ? `${Name} (active)` : Name)).join(', ');
  if (wanted.toLowerCase() === 'active') {
    const active = rows.find(({ Active }) => Active);
    if (!active) throw new RuleError('noActive', [names]);
    return active;
  }
  const id = to18(wanted);
  const found = rows.find(({ Id, Name }) => Id === id || Name.toLowerCase() === wanted.toLowerCase());
  if (!found) throw new RuleError('unknown', [wanted, names]);
  return found;
}

/** Errors that mean that this user may not read metadata, which running a rule does not need. */
const NO_METADATA = /INSUFFICIENT_ACCESS|API_DISABLED|INVALID_TYPE/;

async function readEntries(conn: Connection, name: string): Promise<RuleEntry[] | undefined> {
  try {
    const rules = await readRules(conn);
    return rules.find((rule) => rule.name === name)?.entries.map(({ body }) => entryOf(body));
  } catch (error) {
    const { errorCode, name: kind } = error as { errorCode?: string; name?: string };
    if (error instanceof RetrieveError || NO_METADATA.test(`${errorCode} ${kind}`)) return undefined;
    throw error;
  }
}

async function readTargets(conn: Connection, entries: readonly RuleEntry[]): Promise<Map<string, RuleTarget>> {
  const targets = new Map<string, RuleTarget>();
  const named = (type: string): string[] => [
    ...new Set(entries.flatMap(({ target }) => (target?.type === type ? [target.name] : []))),
  ];
  const [queues, users] = [named('Queue'), named('User')];
  if (queues.length > 0) {
    const where = all(compare('Type', '=', 'Queue'), isIn('DeveloperName', queues));
    const soql = select({ from: 'Group', fields: ['Id', 'Name', 'DeveloperName'], where });
    for (const { Id, Name, DeveloperName } of await queryAll<Record<string, string>>(conn, soql))
      targets.set(targetKey({ type: 'Queue', name: DeveloperName! }), { id: Id!, name: Name! });
  }
  if (users.length > 0) {
    const soql = select({ from: 'User', fields: ['Id', 'Name', 'Username'], where: isIn('Username', users) });
    for (const { Id, Name, Username } of await queryAll<Record<string, string>>(conn, soql))
      targets.set(targetKey({ type: 'User', name: Username! }), { id: Id!, name: Name! });
  }
  return targets;
}

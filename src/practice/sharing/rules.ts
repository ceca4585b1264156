/** Sharing rules as they are defined and as they give access, in `practice_sharing_rule`. */
import type { Store } from '../contracts.js';
import { fail } from '../save/failures.js';
import type { Author } from '../rules/records.js';
import { isFilter } from './criteria.js';
import type { Recalculations } from './recalculation.js';
import type { NewRule, RuleStore, SharingRule } from './types.js';

/**
 * `defined` is the rule as metadata shows it, `effective` the one that gives access until the recalculation is over:
 * empty for a rule that is being added, as `defined` is for one that is being removed. `state` says so in words.
 */
const TABLE = `CREATE TABLE IF NOT EXISTS practice_sharing_rule (
  id TEXT PRIMARY KEY, object TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, state TEXT NOT NULL,
  defined TEXT, effective TEXT) WITHOUT ROWID`;

/** Key prefix of sharing rules. */
const PREFIX = '02c';

/** B4: what a deploy of an existing rule cannot change, by kind. */
const FIXED: Readonly<Record<SharingRule['kind'], ReadonlyArray<keyof NewRule>>> = {
  owner: ['kind', 'target', 'source'],
  criteria: ['kind', 'target', 'allOwners'],
  guest: ['kind', 'target', 'allOwners'],
  territory: ['kind', 'target', 'source'],
};

/** Rules of one object, and those of them that are not by owner (addenda, limits). */
const MOST = { all: 300, byRecord: 50 };

const parse = (row: Record<string, unknown>, column: 'defined' | 'effective'): SharingRule =>
  JSON.parse(String(row[column])) as SharingRule;

/** Sorts keys, so that the same rule is the same text. */
const canonical = (rule: NewRule): string =>
  JSON.stringify(
    Object.entries(rule)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  );

const bare = ({ id: _id, modifiedAt: _at, modifiedBy: _by, ...rule }: SharingRule): NewRule => rule;

const checkFilter = (store: Store, { name, booleanFilter, criteria }: NewRule): void => {
  if (booleanFilter === undefined || booleanFilter === '') return;
  if (isFilter(booleanFilter, criteria.length, (sql) => store.db.prepare(sql))) return;
  throw fail.integrity(`Sharing rule ${name}: the filter ${booleanFilter} cannot be read`, 'booleanFilter');
};

const checkFixed = (before: SharingRule, rule: NewRule): void => {
  const field = FIXED[before.kind].find((name) => (before[name] ?? null) !== (rule[name] ?? null));
  if (field) throw fail.integrity(`The ${field} of sharing rule ${before.name} cannot be changed`, field);
};

export class SharingRules implements RuleStore {
  public constructor(
    private readonly store: Store,
    private readonly recalculations: Recalculations
  ) {
    store.db.exec(TABLE);
    store.db.exec('CREATE INDEX IF NOT EXISTS practice_sharing_rule_name ON practice_sharing_rule (object, name)');
  }

  public list(object?: string): SharingRule[] {
    return this.store
      .sql(
        'SELECT defined FROM practice_sharing_rule WHERE defined IS NOT NULL AND object = coalesce(?, object) ORDER BY object, name'
      )
      .all(object ?? null)
      .map((row) => parse(row, 'defined'));
  }

  public find(object: string, name: string): SharingRule | undefined {
    const row = this.store
      .sql('SELECT defined FROM practice_sharing_rule WHERE object = ? AND name = ? AND defined IS NOT NULL')
      .get(object, name);
    return row && parse(row, 'defined');
  }

  public put(author: Author, rule: NewRule): { id: string; created: boolean } {
    checkFilter(this.store, rule);
    return this.store.transaction(() => {
      const before = this.find(rule.object, rule.name);
      if (!before) {
        this.checkLimits(rule);
        return { id: this.insert(author, rule), created: true };
      }
      checkFixed(before, rule);
      if (canonical(bare(before)) !== canonical(rule)) this.change(author, before, rule);
      return { id: before.id, created: false };
    });
  }

  public remove(_author: Author, object: string, name: string): boolean {
    return this.store.transaction(() => {
      const before = this.find(object, name);
      if (!before) return false;
      this.store.sql("UPDATE practice_sharing_rule SET defined = NULL, state = 'removing' WHERE id = ?").run(before.id);
      this.recalculations.start(object);
      return true;
    });
  }

  public isLocked(object: string): boolean {
    return this.recalculations.isLocked(object);
  }

  /** Rules that give access now, in the order in which they were made. */
  public effective(object: string): SharingRule[] {
    return this.store
      .sql('SELECT effective FROM practice_sharing_rule WHERE object = ? AND effective IS NOT NULL ORDER BY id')
      .all(object)
      .map((row) => parse(row, 'effective'));
  }

  /** The end of a recalculation: what is defined gives access, what is not gives none. */
  public settle(object: string): void {
    this.store.sql('DELETE FROM practice_sharing_rule WHERE object = ? AND defined IS NULL').run(object);
    this.store
      .sql(
        "UPDATE practice_sharing_rule SET effective = defined, state = 'active' WHERE object = ? AND state <> 'active'"
      )
      .run(object);
  }

  /** Takes away the rules that name a group which is gone. */
  public forgetGroup(author: Author, groupId: string): void {
    // Ids are found in the text first: roles go by the thousand, and hardly any has a rule of its own.
    const rows = this.store
      .sql('SELECT defined FROM practice_sharing_rule WHERE instr(defined, ?) > 0 ORDER BY object, name')
      .all(groupId);
    for (const rule of rows.map((row) => parse(row, 'defined'))) {
      if (rule.target === groupId || rule.source === groupId) this.remove(author, rule.object, rule.name);
    }
  }

  /** @throws PlatformError LIMIT_EXCEEDED; code and text are unverified [M] */
  private checkLimits({ object, kind }: NewRule): void {
    const rules = this.list(object);
    const byRecord = rules.filter((rule) => rule.kind !== 'owner').length;
    if (rules.length < MOST.all && (kind === 'owner' || byRecord < MOST.byRecord)) return;
    const most = rules.length < MOST.all ? MOST.byRecord : MOST.all;
    throw fail.of('LIMIT_EXCEEDED', `${object} has ${most} sharing rules of this kind, which is the most it can have`);
  }

  private insert({ userId, now }: Author, rule: NewRule): string {
    const id = this.store.nextId(PREFIX);
    const stored: SharingRule = { ...rule, id, modifiedAt: now, modifiedBy: userId };
    this.store
      .sql("INSERT INTO practice_sharing_rule (id, object, name, state, defined) VALUES (?, ?, ?, 'adding', ?)")
      .run(id, rule.object, rule.name, JSON.stringify(stored));
    this.recalculations.start(rule.object);
    return id;
  }

  private change({ userId, now }: Author, before: SharingRule, rule: NewRule): void {
    // The name keeps the case in which it was made first.
    const stored: SharingRule = { ...rule, name: before.name, id: before.id, modifiedAt: now, modifiedBy: userId };
    this.store
      .sql(
        "UPDATE practice_sharing_rule SET defined = ?, state = iif(effective IS NULL, 'adding', 'changing') WHERE id = ?"
      )
      .run(JSON.stringify(stored), before.id);
    this.recalculations.start(rule.object);
  }
}

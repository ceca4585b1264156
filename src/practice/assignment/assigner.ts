/** Runs assignment rules. A rule is compiled once and kept while nothing that it depends on changes. */
import { watchTables } from '../access/generation.js';
import type { ObjectDef } from '../catalog/types.js';
import type { Store } from '../contracts.js';
import type { ComponentStore } from '../metadata/types.js';
import type { Assigner, Assignment } from '../save/context.js';
import { fail } from '../save/failures.js';
import { compileEntries } from './compile.js';
import { entriesOf, type RuleEntry } from './entries.js';

type Compiled = { def: ObjectDef; match(recordId: string): Assignment | undefined };

const TARGETS = {
  Queue: `SELECT "Id" FROM "Group" WHERE "Type" = 'Queue' AND "DeveloperName" = ?`,
  User: 'SELECT "Id" FROM "User" WHERE "Username" = ?',
};

class StoredAssigner implements Assigner {
  private readonly generation: () => number;
  private readonly compiled = new Map<string, Compiled | undefined>();
  private mark = Number.NaN;

  public constructor(
    private readonly store: Store,
    private readonly components: ComponentStore
  ) {
    this.generation = watchTables(store, 'practice_assignment', [
      'AssignmentRule',
      'Group',
      'User',
      'practice_component',
    ]);
  }

  public refresh(): void {
    const mark = this.generation();
    if (mark === this.mark) return;
    this.mark = mark;
    this.compiled.clear();
  }

  public match(def: ObjectDef, recordId: string, rule: string): Assignment | undefined {
    const key = `${def.name} ${rule}`;
    let known = this.compiled.get(key);
    if (known?.def !== def && !(known === undefined && this.compiled.has(key))) {
      known = this.compile(def, rule);
      this.compiled.set(key, known);
    }
    return known?.match(recordId);
  }

  /** Undefined where no rule is active. @throws PlatformError INVALID_ASSIGNMENT_RULE */
  private compile(def: ObjectDef, rule: string): Compiled | undefined {
    const where = rule === 'active' ? '"Active" = 1' : '"Id" = ?';
    const found = this.store
      .sql(`SELECT "Name" FROM "AssignmentRule" WHERE "SobjectType" = ? AND ${where}`)
      .get(def.name, ...(rule === 'active' ? [] : [rule]));
    if (!found && rule === 'active') return undefined;
    if (!found) throw fail.of('INVALID_ASSIGNMENT_RULE', `Invalid assignment rule: ${rule}`);
    const body = this.components.find('AssignmentRule', `${def.name}.${String(found.Name)}`)?.body ?? {};
    const entries = entriesOf(body);
    const assignments = new Map(entries.map((entry) => [entry, this.assignmentOf(entry)]));
    const match = compileEntries(this.store, def, entries);
    return {
      def,
      match: (recordId) => {
        const entry = match(recordId);
        return entry && assignments.get(entry);
      },
    };
  }

  private assignmentOf({ target, template }: RuleEntry): Assignment {
    const id = target && this.store.sql(TARGETS[target.type]).get(target.name)?.Id;
    return { ...(id ? { ownerId: String(id) } : {}), ...(template ? { template } : {}) };
  }
}

/** The assigner of an org. */
export const createAssigner = (store: Store, components: ComponentStore): Assigner =>
  new StoredAssigner(store, components);

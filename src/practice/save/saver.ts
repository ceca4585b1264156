/** The one way records change. */
import type { FieldDef } from '../catalog/types.js';
import type { InputRecord, SaveOperation, SaveOptions, SaveResult, Saver } from '../contracts.js';
import type { SaveError } from '../errors.js';
import { rulesOf } from '../rules/index.js';
import { allOrNone } from './all-or-none.js';
import { mayAssign } from './assignment.js';
import type { Draft, SaveTools, Saving } from './context.js';
import { toSaveError } from './failures.js';
import { attempt, failed, finishAll, newDraft, resultOf, writeAndAssign } from './one-record.js';
import { refusal } from './permission.js';
import { readAccess } from './record-access.js';
import { readAhead } from './target.js';
import { saveTriggered, SomeFailed, upsertTriggered } from './triggered.js';
import { keyFieldOf } from './upsert.js';
import { logWrites } from './write-log.js';

/** Records of one platform transaction (platform-facts H). */
const CHUNK = 200;

/** Whether a record may be refused after something of it was written. */
const needsSavepoint = (saving: Saving): boolean => {
  const rules = rulesOf(saving.def);
  return (
    mayAssign(saving) ||
    rules.afterCreate !== undefined ||
    rules.afterUpdate !== undefined ||
    saving.operation === 'delete' ||
    saving.operation === 'undelete'
  );
};

class RecordSaver implements Saver {
  public constructor(private readonly tools: SaveTools) {}

  public save(operation: SaveOperation, type: string, records: InputRecord[], options: SaveOptions): SaveResult[] {
    if (records.length <= CHUNK) return this.transaction(operation, type, records, options);
    if (options.allOrNone) return this.together(operation, type, records, options);
    return this.chunks(operation, type, records, options);
  }

  /** Platform transactions of 200 records each; they reach the disk together, which is what makes bulk loads quick. */
  private chunks(operation: SaveOperation, type: string, records: InputRecord[], options: SaveOptions): SaveResult[] {
    return this.tools.store.transaction(() => {
      const results: SaveResult[] = [];
      for (let from = 0; from < records.length; from += CHUNK) {
        const { work } = this.prepare(operation, type, records.slice(from, from + CHUNK), options);
        for (const result of work()) results.push(result);
      }
      return results;
    });
  }

  /** More records than one call takes, all of them or none. */
  private together(operation: SaveOperation, type: string, records: InputRecord[], options: SaveOptions): SaveResult[] {
    return this.allOrNone(() => this.chunks(operation, type, records, { ...options, allOrNone: false }));
  }

  private transaction(
    operation: SaveOperation,
    type: string,
    records: InputRecord[],
    options: SaveOptions
  ): SaveResult[] {
    const { work, refused } = this.prepare(operation, type, records, options);
    if (refused) return work();
    return options.allOrNone ? this.allOrNone(work) : this.tools.store.transaction(work);
  }

  private allOrNone(work: () => SaveResult[]): SaveResult[] {
    return allOrNone((inside) => this.tools.store.transaction(inside), work);
  }

  /** What one platform transaction does; the caller puts the transaction of the store around it. */
  private prepare(
    operation: SaveOperation,
    type: string,
    records: InputRecord[],
    options: SaveOptions
  ): { work: () => SaveResult[]; refused: boolean } {
    const saving = this.begin(operation, type, records, options);
    const key = operation === 'upsert' ? keyFieldOf(saving) : undefined;
    const refused = refusal(saving);
    if (!refused && this.tools.triggers?.runsOn(saving.def, operation)) {
      const again = (): Saving => this.begin(operation, type, records, options);
      return { work: () => this.runTriggered(again, records, key), refused: false };
    }
    if (!refused) return { work: () => this.run(saving, records, key), refused: false };
    const error = toSaveError(refused);
    return { work: () => records.map(() => failed([error])), refused: true };
  }

  private begin(operation: SaveOperation, type: string, records: InputRecord[], options: SaveOptions): Saving {
    this.tools.owners.refresh();
    if (options.assignment !== 'none') this.tools.assigner.refresh();
    return {
      tools: this.tools,
      def: this.tools.catalog.require(type),
      operation,
      options,
      scope: options.scope ?? {},
      userId: options.session.user.Id,
      now: this.tools.clock.stamp(),
      seen: new Set(),
      ahead: undefined,
      access: 'unlimited',
      references: new Map(),
      records,
      referable: new Map(),
    };
  }

  private run(saving: Saving, records: InputRecord[], key: FieldDef | undefined): SaveResult[] {
    const savepoints = saving.options.allOrNone !== true && needsSavepoint(saving);
    const drafts = records.map(newDraft);
    if (saving.operation === 'update') readAhead(saving, drafts);
    readAccess(saving, drafts);
    for (const draft of drafts) this.one(saving, draft, key, savepoints);
    return this.ended(saving, drafts);
  }

  /** With triggers around it. Where some records fail and others do not, all is done again without those. */
  private runTriggered(begin: () => Saving, records: InputRecord[], key: FieldDef | undefined): SaveResult[] {
    const lost = new Map<number, SaveError[]>();
    for (;;) {
      try {
        return this.tools.store.transaction(() => {
          const saving = begin();
          const save = saving.operation === 'upsert' ? upsertTriggered : saveTriggered;
          try {
            return this.ended(saving, save(saving, records, key, lost));
          } finally {
            this.tools.triggers!.ended(saving);
          }
        });
      } catch (error) {
        if (!(error instanceof SomeFailed)) throw error;
        for (const [index, errors] of error.errors) lost.set(index, errors);
      }
    }
  }

  private ended(saving: Saving, drafts: Draft[]): SaveResult[] {
    const results = drafts.map(resultOf);
    // All of it is rolled back then: nothing follows.
    if (saving.options.allOrNone && results.some(({ success }) => !success)) return results;
    const written = finishAll(saving, drafts);
    if (this.tools.logWrites) logWrites(saving, written);
    return results;
  }

  private one(saving: Saving, draft: Draft, key: FieldDef | undefined, savepoint: boolean): void {
    attempt(draft, () => {
      if (savepoint) this.tools.store.transaction(() => writeAndAssign(saving, draft, key));
      else writeAndAssign(saving, draft, key);
    });
  }
}

/** The saver of an org. */
export const createSaver = (tools: SaveTools): Saver => new RecordSaver(tools);

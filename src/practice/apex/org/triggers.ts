/** Triggers of the org around the saves of the saver, whoever saves. */
import type { ObjectDef } from '../../catalog/types.js';
import type { InputRecord, Row, SaveOperation } from '../../contracts.js';
import type { SaveError } from '../../errors.js';
import type { Draft, Saving, Triggers } from '../../save/context.js';
import { applyDefaults } from '../../save/defaults.js';
import { attempt, newDraft } from '../../save/one-record.js';
import { readValues, shapeOf as readShape } from '../../save/shape.js';
import { ApexCompileError } from '../parse/errors.js';
import type { TriggerInfo } from '../program.js';
import { ApexThrown } from '../runtime/exceptions.js';
import { ApexSObject } from '../runtime/sobjects.js';
import { atOnce, driveNow } from './drive.js';
import { failureOf, isOfApex } from './failures.js';
import { errorsOf } from './natives/record-errors.js';
import { rawValue, storedValue } from './records.js';
import type { Programs } from './programs.js';
import { shapeOf } from './shapes.js';
import { Transaction } from './transaction.js';
import { triggerContext, type Moment, type TriggerRecords } from './trigger-context.js';

const OPERATIONS: Readonly<Record<SaveOperation, Moment['operation'] | undefined>> = {
  create: 'insert',
  update: 'update',
  upsert: undefined,
  delete: 'delete',
  undelete: 'undelete',
};

const ANY = `SELECT 1 FROM practice_component WHERE type = 'ApexTrigger' LIMIT 1`;

export class OrgTriggers implements Triggers {
  /** Transactions of saves that do not come from Apex, one for all triggers of a save. */
  private readonly open = new WeakMap<object, Transaction>();

  /**
   * @param begin starts a transaction of a user, for saves that do not come from Apex
   * @param later runs what such a transaction has ordered, when its save is committed
   */
  public constructor(
    private readonly programs: Programs,
    private readonly begin: (userId: string) => Transaction,
    private readonly later: (transaction: Transaction) => void
  ) {}

  public runsOn(def: ObjectDef, operation: SaveOperation): boolean {
    if (!this.programs.org.store.sql(ANY).get()) return false;
    const kinds = operation === 'upsert' ? ['insert', 'update'] : [OPERATIONS[operation]!];
    return this.of(def).some(({ moments }) => kinds.some((kind) => moments.some((one) => one.endsWith(` ${kind}`))));
  }

  public before(saving: Saving, records: readonly InputRecord[]): Array<{ record: InputRecord; errors: SaveError[] }> {
    const operation = operationOf(saving);
    if (operation === 'undelete') return records.map((record) => ({ record, errors: [] }));
    const seen = records.map((record) => this.seen(saving, record, operation));
    const live = seen.filter((one) => one !== undefined);
    const sent = new Map(live.map(({ fresh }) => [fresh, new Map(fresh.fields)]));
    const errors = this.run(
      saving,
      { when: 'before', operation },
      {
        ...{ type: saving.def.name, fresh: live.map(({ fresh }) => fresh), old: live.map(({ old }) => old) },
      }
    );
    return records.map((record, at) => {
      const one = seen[at];
      // What cannot be read is refused by the save itself.
      if (!one) return { record, errors: [] };
      return {
        record: { ...record, ...changes(sent.get(one.fresh)!, one.fresh) },
        errors: errors(operation === 'delete' ? one.old : one.fresh),
      };
    });
  }

  public after(saving: Saving, drafts: readonly Draft[]): void {
    const operation = operationOf(saving);
    const records = drafts.map((draft) => ({
      draft,
      fresh: this.stored(saving, saving.tools.store.find(saving.def, draft.id, true) ?? { Id: draft.id }),
      old: this.stored(saving, { ...draft.before, Id: draft.id }),
    }));
    const errors = this.run(
      saving,
      { when: 'after', operation },
      {
        ...{ type: saving.def.name, fresh: records.map(({ fresh }) => fresh), old: records.map(({ old }) => old) },
      }
    );
    for (const { draft, fresh, old } of records) draft.errors.push(...errors(operation === 'delete' ? old : fresh));
  }

  public ended({ scope, tools }: Saving): void {
    const transaction = this.open.get(scope);
    if (!transaction) return;
    this.open.delete(scope);
    // The save ran to its end without a pause: nobody could come in, and nobody else would end these locks.
    tools.locks.release(transaction);
    this.later(transaction);
  }

  private of({ name }: ObjectDef): TriggerInfo[] {
    const all = this.programs.triggerInfos().filter(({ object }) => object.toLowerCase() === name.toLowerCase());
    // The platform promises no order; this one is the same every time.
    return [...all].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** A record as triggers see it before it is saved: what is stored, with what was sent; undefined where it cannot be read. */
  private seen(
    saving: Saving,
    record: InputRecord,
    operation: Moment['operation']
  ): { fresh: ApexSObject; old: ApexSObject } | undefined {
    const draft = newDraft(record, 0);
    const { def, tools } = saving;
    const creating = operation === 'insert';
    const id = record.Id ?? record.id ?? record.ID;
    const stored: Row | undefined = typeof id === 'string' ? tools.store.find(def, id) : undefined;
    if (!creating && !stored) return undefined;
    attempt(draft, () => {
      const shape = readShape(saving, record, creating);
      draft.errors.push(...shape.errors);
      draft.sent = readValues(saving, shape, record, draft.errors);
      draft.changes = { ...draft.sent };
      if (creating) applyDefaults(saving, draft);
    });
    if (draft.errors.length > 0) return undefined;
    const old = this.stored(saving, stored ?? {});
    return { old, fresh: this.stored(saving, { ...stored, ...draft.changes }) };
  }

  private stored({ def, tools }: Saving, row: Row): ApexSObject {
    const record = new ApexSObject(shapeOf(tools.catalog, def));
    for (const [name, value] of Object.entries(row)) {
      const field = def.fields.get(name.toLowerCase());
      if (field && record.shape.field(name.toLowerCase())) record.fields.set(field.name, storedValue(field, value));
    }
    return record;
  }

  /** Runs the triggers of a moment. @returns what each record's errors are afterwards */
  private run(saving: Saving, moment: Moment, records: TriggerRecords): (record: ApexSObject) => SaveError[] {
    const names = this.of(saving.def).filter(({ moments }) => moments.includes(`${moment.when} ${moment.operation}`));
    if (names.length === 0 || records.fresh.length === 0) return () => [];
    for (const { name } of names) {
      const failure = this.runOne(saving, name, moment, records);
      if (failure) return () => [failure];
    }
    return (record) =>
      errorsOf(record).map(({ message, fields }) => ({
        ...{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields },
      }));
  }

  /** @returns what the records get where the trigger throws */
  private runOne(saving: Saving, name: string, moment: Moment, records: TriggerRecords): SaveError | undefined {
    const isOfClient = !(this.programs.org.tools.locks.current instanceof Transaction);
    try {
      const transaction = this.running(saving);
      const { runtime } = transaction;
      const running = runtime.runTrigger(name, triggerContext(runtime, moment, records));
      atOnce(transaction, () => driveNow({ running, transaction }));
      return undefined;
    } catch (error) {
      // In a request of Apex a limit, and what is missing here, end the whole of it.
      if (!isOfApex(error) || (isFinal(error) && !isOfClient)) throw error;
      return thrown(name, moment, error);
    }
  }

  /** The transaction that saves, or one for the whole save where it does not come from Apex. */
  private running({ userId, scope }: Saving): Transaction {
    const { current } = this.programs.org.tools.locks;
    const known = current instanceof Transaction ? current : this.open.get(scope);
    if (known) return known;
    const transaction = this.begin(userId);
    transaction.open();
    this.open.set(scope, transaction);
    return transaction;
  }
}

/** An upsert is an insert of some records and an update of others by the time triggers hear of it. */
function operationOf({ operation }: Saving): Moment['operation'] {
  const found = OPERATIONS[operation];
  if (!found) throw new Error('An upsert reached triggers as such');
  return found;
}

/** What a trigger has changed in a record, as a client would send it. */
function changes(before: ReadonlyMap<string, unknown>, record: ApexSObject): InputRecord {
  const changed: InputRecord = {};
  for (const [name, value] of record.fields) if (before.get(name) !== value) changed[name] = rawValue(value);
  return changed;
}

const isFinal = (error: unknown): boolean =>
  !(error instanceof ApexCompileError) &&
  !(error instanceof ApexThrown && error.exception.typeName !== 'System.LimitException');

/** What the records of a save get where a trigger throws. */
function thrown(name: string, { when, operation }: Moment, error: unknown): SaveError {
  const { type, message, stack } = failureOf(error);
  const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `${name}: execution of ${title(when)}${title(operation)}\n\ncaused by: ${type}: ${message}\n\n${stack}`,
    fields: [],
  };
}

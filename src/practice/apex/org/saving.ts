/** DML of Apex: records to the saver and its answers back. */
import type { ObjectDef } from '../../catalog/types.js';
import type { InputRecord, PracticeOrg, SaveOperation, SaveOptions, SaveResult, Session } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import { allOrNone } from '../../save/all-or-none.js';
import { rolledBack } from '../../save/failures.js';
import { ApexList } from '../runtime/collections.js';
import { ApexFailure } from '../runtime/failures.js';
import { ApexSObject } from '../runtime/sobjects.js';
import type { Value } from '../runtime/values.js';
import { inputOf } from './records.js';
import { isOfTrigger } from './trigger-context.js';

/** What one DML statement or Database method asks for. */
export type Dml = {
  operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
  records: readonly ApexSObject[];
  session: Session;
  allOrNone: boolean;
  /** Field of the key of an upsert. */
  externalId?: string;
  email?: SaveOptions['email'];
  assignment: SaveOptions['assignment'];
  scope: NonNullable<SaveOptions['scope']>;
};

/** Rows that failed, as a DmlException tells of them. */
export type DmlRow = { index: number; id: string | null; statusCode: string; message: string; fields: string[] };

const OPERATIONS: Readonly<Record<Dml['operation'], SaveOperation>> = {
  insert: 'create',
  update: 'update',
  upsert: 'upsert',
  delete: 'delete',
  undelete: 'undelete',
};

/**
 * Records of one statement: a single one or a list. Empty where there is nothing to do.
 * @throws ApexFailure System.SObjectException for the lists that triggers look at, System.NullPointerException
 */
export function recordsOf(value: Value): ApexSObject[] {
  if (value instanceof ApexList && isOfTrigger(value))
    throw new ApexFailure('System.SObjectException', 'DML statement cannot operate on trigger.new or trigger.old');
  const items = value instanceof ApexList ? value.items : [value];
  return items.map((item) => {
    if (item instanceof ApexSObject) return item;
    throw new ApexFailure('System.NullPointerException', 'Attempt to de-reference a null object');
  });
}

/** Runs of neighbours of the same object; each is saved in chunks of its own, as on the platform. */
function runsOf(records: readonly ApexSObject[]): Array<{ type: string; records: ApexSObject[] }> {
  const runs: Array<{ type: string; records: ApexSObject[] }> = [];
  for (const record of records) {
    const last = runs.at(-1);
    if (last?.type === record.shape.name) last.records.push(record);
    else runs.push({ type: record.shape.name, records: [record] });
  }
  return runs;
}

/**
 * Saves the records and writes new ids into them. Results in order; with `allOrNone` one failure undoes all.
 * @throws ApexFailure System.DmlException never: `requireAll` does
 */
export function save(org: PracticeOrg, dml: Dml): SaveResult[] {
  const inTransaction = (work: () => SaveResult[]): SaveResult[] => org.store.transaction(work);
  const saveAll = (): SaveResult[] =>
    runsOf(dml.records).flatMap(({ type, records }) => saveRun(org, dml, type, records));
  const results = dml.allOrNone ? allOrNone(inTransaction, saveAll) : inTransaction(saveAll);
  for (const [at, { success, id }] of results.entries()) {
    if (success && id !== null && dml.operation !== 'delete') dml.records[at]!.fields.set('Id', id);
  }
  return results;
}

function saveRun(org: PracticeOrg, dml: Dml, type: string, records: ApexSObject[]): SaveResult[] {
  const def = org.catalog.require(type);
  const { session, allOrNone, externalId, email, assignment, scope } = dml;
  try {
    return org.saver.save(
      OPERATIONS[dml.operation],
      type,
      records.map((record) => writableOf(def, dml, record)),
      {
        ...{ session, allOrNone, assignment, scope, source: 'apex' },
        ...(externalId === undefined ? {} : { externalIdField: externalId }),
        ...(email ? { email } : {}),
      }
    );
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    throw new ApexFailure('System.DmlException', `${error.errorCode}, ${error.message}`);
  }
}

/**
 * The fields of a record that can be written. Apex leaves out what was only read, such as formulas and dates of changes; a
 * program that sets such a field does not compile on the platform.
 */
function writableOf(def: ObjectDef, { operation, externalId }: Dml, record: ApexSObject): InputRecord {
  const input = inputOf(record);
  if (operation === 'delete' || operation === 'undelete') return { Id: input.Id };
  if (operation === 'insert' && input.Id !== undefined && input.Id !== null)
    throw new ApexFailure(
      'System.DmlException',
      'Insert failed. First exception on row 0; first error: INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: [Id]'
    );
  const creates = operation === 'insert' || (operation === 'upsert' && (input.Id ?? null) === null);
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => {
      if (name === 'Id') return value !== null;
      const field = def.fields.get(name.toLowerCase());
      if (!field || field.calculated || field.autoNumber) return false;
      if (value === null && field.type === 'boolean') return false;
      if (name.toLowerCase() === externalId?.toLowerCase()) return true;
      return operation === 'upsert'
        ? field.createable || field.updateable
        : creates
          ? field.createable
          : field.updateable;
    })
  );
}

const WORDS: Readonly<Record<Dml['operation'], string>> = {
  insert: 'Insert',
  update: 'Update',
  upsert: 'Upsert',
  delete: 'Delete',
  undelete: 'Undelete',
};

/** Rows that failed by themselves, and not because others did. */
function failedRows(records: readonly ApexSObject[], results: readonly SaveResult[]): DmlRow[] {
  return results.flatMap(({ success, errors: [error] }, index) => {
    if (success || !error || error.statusCode === rolledBack.statusCode) return [];
    const id = records[index]!.get('Id');
    return [{ index, id: typeof id === 'string' ? id : null, ...error }];
  });
}

/** @throws ApexFailure System.DmlException where a record failed */
export function requireAll(
  operation: Dml['operation'],
  records: readonly ApexSObject[],
  results: readonly SaveResult[]
): void {
  const rows = failedRows(records, results);
  const [first] = rows;
  if (!first) return;
  const place = `row ${first.index}${first.id !== null && operation !== 'insert' ? ` with id ${first.id}` : ''}`;
  const text = `${WORDS[operation]} failed. First exception on ${place}; first error: ${first.statusCode}, ${first.message}: [${first.fields.join(', ')}]`;
  throw new ApexFailure('System.DmlException', text, rows);
}

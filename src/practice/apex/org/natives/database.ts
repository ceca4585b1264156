/** Database of Apex: queries, DML that answers with results, savepoints, batches. */
import { byLowerName, native, type Call } from '../../library/args.js';
import { ApexUnsupported } from '../../runtime/failures.js';
import type { Native, NativeType } from '../../runtime/native.js';
import { QueryRows } from '../../runtime/query-rows.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import { ApexList, ApexMap } from '../../runtime/collections.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import type { Ctx } from '../../runtime/context.js';
import type { Sharing } from '../../runtime/objects.js';
import { boundText } from '../query-text.js';
import { apexRecords } from '../records.js';
import { recordsOf, requireAll, type Dml } from '../saving.js';
import type { Access, Answers, Transaction } from '../transaction.js';
import { order } from '../batch.js';
import { accessIn } from './access-level.js';
import { isDmlOptions, optionsOf } from './dml-options.js';
import { LOCATOR, queryOf, type Find } from './locator.js';
import { asking } from './requests.js';
import { resultList } from './results.js';

type Asked = { access: Access; sharing: Sharing };
type Save = Asked & Pick<Dml, 'operation'> & Partial<Dml> & { value: Value; throws: boolean };
/** A savepoint before the first write has no number. */
type Mark = { number: number };

const sharingOf = (ctx: Ctx): Sharing => ctx.sharing;

/** Variables of the method that asks are not within reach of a native. */
const noVariable = (name: string): never => {
  throw new ApexUnsupported(`variables in the text of a dynamic query, such as :${name}; use Database.queryWithBinds`);
};

const finding = (call: Call): Find => ({
  ...{ soql: boundText(call.text(0), noVariable), access: accessIn(call), sharing: sharingOf(call.ctx) },
});

const findingBound = (call: Call): Find => {
  const map = call.given(1);
  const valueOf = (name: string): Value | undefined => (map instanceof ApexMap ? map.get(name) : undefined);
  return { soql: boundText(call.text(0), valueOf), access: accessIn(call), sharing: sharingOf(call.ctx) };
};

const SAVE_POINT = 'System.Savepoint';

/** `Database.update(records, false, AccessLevel.USER_MODE)` in all its forms. */
const saving = (operation: Dml['operation']): Native =>
  asking([1, 2, 3, 4], 'database.save', (call): Save => {
    const options = call.values.find(isDmlOptions);
    const flag = call.values.slice(1).find((value) => typeof value === 'boolean');
    const key = call.values.slice(1).find((value) => value instanceof ApexNative && value.typeName === 'SObjectField');
    const said = options ? optionsOf(options) : { allOrNone: typeof flag === 'boolean' ? flag : true };
    return {
      ...{ operation, value: call.given(0), access: accessIn(call), sharing: sharingOf(call.ctx) },
      ...said,
      throws: said.allOrNone,
      ...(key instanceof ApexNative ? { externalId: (key.data as { field: string }).field } : {}),
    };
  });

const save = (transaction: Transaction, asked: Save, ctx: Ctx): Value => {
  const { value, operation, throws, access, sharing, ...rest } = asked;
  const records = value instanceof ApexSObject || value instanceof ApexList ? recordsOf(value) : recordsOf(null);
  const results = transaction.save({ operation, records, ...rest }, { access, sharing }, ctx);
  if (throws) requireAll(operation, records, results);
  const list = resultList(ctx, operation, results);
  return value instanceof ApexSObject ? (list.items[0] ?? null) : list;
};

const find = (transaction: Transaction, asked: Find, ctx: Ctx): ApexList => {
  const page = transaction.find(queryOf(asked), asked.sharing, ctx);
  return new QueryRows(ctx.type('SObject'), apexRecords({ catalog: transaction.org.catalog, ctx }, page.records));
};

export const DATABASE: readonly NativeType[] = [
  {
    name: 'Database',
    statics: byLowerName({
      query: asking([1, 2], 'database.query', finding, 'List<SObject>'),
      queryWithBinds: asking(3, 'database.query', findingBound, 'List<SObject>'),
      countQuery: asking([1, 2], 'database.count', finding, 'Integer'),
      countQueryWithBinds: asking(3, 'database.count', findingBound, 'Integer'),
      getQueryLocator: native([1, 2], (call) => new ApexNative(LOCATOR, finding(call)), LOCATOR),
      getQueryLocatorWithBinds: native(3, (call) => new ApexNative(LOCATOR, findingBound(call)), LOCATOR),
      insert: saving('insert'),
      update: saving('update'),
      upsert: saving('upsert'),
      delete: saving('delete'),
      undelete: saving('undelete'),
      setSavepoint: asking(0, 'database.savepoint', () => null, SAVE_POINT),
      rollback: asking(1, 'database.rollback', (call) => (call.given(0) as ApexNative<Mark>).data),
      executeBatch: asking(
        [1, 2],
        'database.batch',
        (call) => ({ job: call.given(0), size: call.count > 1 ? call.integer(1) : 200 }),
        'Id'
      ),
    }),
  },
  { name: SAVE_POINT },
  {
    name: LOCATOR,
    methods: byLowerName({ getQuery: native(0, (call) => (call.self as ApexNative<Find>).data.soql, 'String') }),
  },
  {
    name: 'Database.BatchableContext',
    methods: byLowerName({
      getJobId: native(0, (call) => (call.self as ApexNative<{ jobId: string }>).data.jobId, 'Id'),
      getChildJobId: native(0, (call) => (call.self as ApexNative<{ jobId: string }>).data.jobId, 'Id'),
    }),
  },
];

export const DATABASE_ANSWERS: Answers = {
  'database.query': (transaction, payload, ctx) => find(transaction, payload as Find, ctx),
  'database.count': (transaction, payload, ctx) => {
    const asked = payload as Find;
    return transaction.find(queryOf(asked), asked.sharing, ctx).totalSize;
  },
  'database.save': (transaction, payload, ctx) => save(transaction, payload as Save, ctx),
  'database.savepoint': (transaction, _payload, ctx) => {
    ctx.counters.count('dml');
    return new ApexNative<Mark>(SAVE_POINT, { number: transaction.setSavepoint() });
  },
  'database.rollback': (transaction, payload, ctx) => {
    ctx.counters.count('dml');
    transaction.rollBackTo((payload as Mark).number);
    return null;
  },
  'database.batch': (transaction, payload) => {
    const { job, size } = payload as { job: Value; size: number };
    return order(transaction, job, size);
  },
};

/** Answers of this room that write. */
export const DATABASE_WRITES = ['database.save', 'database.batch'];

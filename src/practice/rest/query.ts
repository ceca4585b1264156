/** `query`, `queryAll` and their further pages. */
import type { Column, QueryPage } from '../contracts.js';
import { ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import { queryOptions } from './objects.js';
import type { Router } from './router.js';

type Flavour = { all?: boolean; tooling?: boolean };

const NUMBERS = new Set(['int', 'long', 'double', 'currency', 'percent']);

const apexTypes: Record<string, string> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};

const columnMetadata = (column: Column): object => ({
  aggregate: column.aggregate,
  apexType: apexTypes[column.type] ?? 'String',
  booleanType: column.type === 'boolean',
  columnName: column.name,
  custom: column.field?.custom ?? false,
  displayName: column.name,
  foreignKeyName: null,
  insertable: column.field?.createable ?? false,
  joinColumns: [],
  numberType: NUMBERS.has(column.type),
  textType: !NUMBERS.has(column.type) && column.type !== 'boolean',
  updatable: column.field?.updateable ?? false,
});

const explainColumns = (call: Call, soql: string, flavour: Flavour): Reply => {
  const { columns, entity, groupBy, idSelected } = call.org.queries.columns(soql, queryOptions(call, flavour));
  return ok({
    columnMetadata: columns.map(columnMetadata),
    entityName: entity,
    groupBy,
    idSelected,
    keyPrefix: call.org.catalog.object(entity)?.keyPrefix ?? null,
  });
};

const page = (call: Call, path: string, { totalSize, done, records, locator }: QueryPage): Reply => {
  const nextRecordsUrl = locator === undefined ? undefined : `${call.base}/${path}/${locator}`;
  return ok(nextRecordsUrl === undefined ? { totalSize, done, records } : { totalSize, done, nextRecordsUrl, records });
};

const run =
  (path: string, flavour: Flavour) =>
  (call: Call): Reply => {
    if (call.query.has('explain')) throw new PlatformError('NOT_FOUND', 'Query plans are not supported by the practice org', 404);
    const soql = call.query.get('q');
    if (!soql) throw new PlatformError('MALFORMED_QUERY', 'unexpected token: <EOF>');
    if (call.query.get('columns') === 'true') return explainColumns(call, soql, flavour);
    return page(call, path, call.org.queries.query(soql, queryOptions(call, flavour)));
  };

const more =
  (path: string, flavour: Flavour) =>
  (call: Call): Reply =>
    page(call, path, call.org.queries.more(call.param('locator'), queryOptions(call, flavour)));

/** Registers the query resources. */
export const queryRoutes = (router: Router): Router =>
  router
    .add('query', { GET: run('query', {}) })
    .add('query/:locator', { GET: more('query', {}) })
    .add('queryAll', { GET: run('query', { all: true }) })
    .add('queryAll/:locator', { GET: more('query', { all: true }) });

/** The Tooling API's own query resource. */
export const toolingQueryRoutes = (router: Router): Router =>
  router
    .add('tooling/query', { GET: run('tooling/query', { tooling: true }) })
    .add('tooling/query/:locator', { GET: more('tooling/query', { tooling: true }) });

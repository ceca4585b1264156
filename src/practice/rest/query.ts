/** `query`, `queryAll` and their further pages. */
import type { QueryPage } from '../contracts.js';
import { ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import { columnTree } from './columns.js';
import { queryOptions } from './objects.js';
import type { Router } from './router.js';

type Flavour = { all?: boolean; tooling?: boolean };

const explainColumns = (call: Call, soql: string, flavour: Flavour): Reply => {
  const { columns, entity, groupBy, idSelected } = call.org.queries.columns(soql, queryOptions(call, flavour));
  const { catalog } = call.org;
  const def = catalog.object(entity);
  const columnMetadata = columnTree(catalog, def, columns);
  return ok({ columnMetadata, entityName: entity, groupBy, idSelected, keyPrefix: def?.keyPrefix ?? null });
};

const page = (call: Call, path: string, { totalSize, done, records, locator }: QueryPage): Reply => {
  const nextRecordsUrl = locator === undefined ? undefined : `${call.base}/${path}/${locator}`;
  return ok(nextRecordsUrl === undefined ? { totalSize, done, records } : { totalSize, done, nextRecordsUrl, records });
};

const run =
  (path: string, flavour: Flavour) =>
  (call: Call): Reply => {
    if (call.query.has('explain'))
      throw new PlatformError('NOT_FOUND', 'Query plans are not supported by the practice org', 404);
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

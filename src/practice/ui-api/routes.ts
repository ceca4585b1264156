/** Resources under `ui-api` (User Interface API Developer Guide). Others of it answer that they are not supported. */
import { NotSupported, type Call } from '../http/call.js';
import type { Router } from '../rest/router.js';
import { objectInfoHandlers } from './object-info.js';
import { picklistHandlers } from './picklists.js';
import { recordHandlers } from './records.js';
import { relatedListHandlers } from './related-lists.js';

const refuse = (call: Call): never => {
  throw new NotSupported(`The resource ${call.path.slice(1)} of UI API`);
};

/** Resources that components may ask for and that are refused in words, by the number of segments behind them. */
const REFUSED = [
  'record-ui',
  'layout',
  'list-info',
  'list-records',
  'list-ui',
  'actions',
  'lookups',
  'record-defaults',
];

/** Composite requests take none of them. */
const ALONE = { composable: false };

/** Registers them. */
export const uiApiRoutes = (router: Router): Router => {
  router
    .add('ui-api/object-info', { GET: objectInfoHandlers.directory }, ALONE)
    .add('ui-api/object-info/batch/:objects', { GET: objectInfoHandlers.batch }, ALONE)
    .add('ui-api/object-info/:object', { GET: objectInfoHandlers.single }, ALONE)
    .add('ui-api/object-info/:object/picklist-values/:recordType', { GET: picklistHandlers.all }, ALONE)
    .add('ui-api/object-info/:object/picklist-values/:recordType/:field', { GET: picklistHandlers.one }, ALONE)
    .add('ui-api/records', recordHandlers.all, ALONE)
    .add('ui-api/records/batch/:ids', { GET: recordHandlers.batch }, ALONE)
    .add('ui-api/records/:id', recordHandlers.one, ALONE)
    .add('ui-api/related-list-records/:id/:list', { GET: relatedListHandlers.get }, ALONE);
  const methods = { GET: refuse, POST: refuse, PATCH: refuse, DELETE: refuse };
  for (const name of REFUSED) {
    for (const tail of ['', '/:a', '/:a/:b', '/:a/:b/:c']) router.add(`ui-api/${name}${tail}`, methods, ALONE);
  }
  return router;
};

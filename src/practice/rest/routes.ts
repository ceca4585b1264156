import { bulkRoutes } from '../bulk/routes.js';
import { graphqlRoutes } from '../graphql/routes.js';
import { deployRoutes } from '../metadata/rest/deploys.js';
import { folderRoutes } from '../metadata/rest/folders.js';
import { connectRoutes } from '../sites/connect.js';
import { toolingRoutes } from '../tooling/routes.js';
import { uiApiRoutes } from '../ui-api/routes.js';
import { actionRoutes } from './actions.js';
import { collectionRoutes } from './collections.js';
import { compositeRoutes } from './composite.js';
import { describeRoutes } from './describe.js';
import { miscRoutes } from './misc.js';
import { passwordRoutes } from './password.js';
import { queryRoutes } from './query.js';
import { recordRoutes } from './records.js';
import { Router } from './router.js';
import { treeRoutes } from './tree.js';

/** Every resource under `/services/data/vXX.0`. Literal paths come before those with `:name` segments. */
export const restRouter = (): Router => {
  const router = new Router();
  compositeRoutes(router);
  collectionRoutes(router);
  treeRoutes(router);
  miscRoutes(router);
  queryRoutes(router);
  toolingRoutes(router);
  deployRoutes(router);
  folderRoutes(router);
  bulkRoutes(router);
  actionRoutes(router);
  connectRoutes(router);
  passwordRoutes(router);
  uiApiRoutes(router);
  graphqlRoutes(router);
  describeRoutes(router);
  return recordRoutes(router);
};

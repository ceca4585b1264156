/** Tooling API: queries, the list of its objects, describes. Writing through it is not supported. */
import { describeBasic } from '../describe/describe.js';
import { NotSupported, ok, type Call, type Reply } from '../http/call.js';
import { toolingDescribeRoutes } from '../rest/describe.js';
import { toolingQueryRoutes } from '../rest/query.js';
import type { Router } from '../rest/router.js';
import { testRoutes } from './tests.js';

const resourceMap = (call: Call): Reply =>
  ok({ query: `${call.base}/tooling/query`, sobjects: `${call.base}/tooling/sobjects` });

const all = (call: Call): Reply => {
  const { catalog, store } = call.org;
  const objects = [...catalog.objects()].filter((def) => def.tooling);
  const sobjects = objects.map((def) => describeBasic(def, store, call.session, call.version).objectDescribe);
  return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
};

const refuse = (what: string) => (): never => {
  throw new NotSupported(what);
};

/** Registers the Tooling resources. An org without source tracking has no SourceMember, so its describe is a 404. */
export const toolingRoutes = (router: Router): Router => {
  router.add('tooling', { GET: resourceMap }).add('tooling/sobjects', { GET: all });
  toolingQueryRoutes(router);
  toolingDescribeRoutes(router);
  testRoutes(router);
  const write = refuse('Writing through the Tooling API');
  return router
    .add('tooling/sobjects/:type/:id', { GET: refuse('Reading one Tooling record'), PATCH: write, DELETE: write })
    .add('tooling/executeAnonymous', { GET: refuse('Anonymous Apex over REST') });
};

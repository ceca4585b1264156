/** Resource map, limits, recent items, and the resources that are refused in so many words. */
import { NotSupported, ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import type { Router } from './router.js';

/** Versions that the practice org answers to. */
export const OLDEST = 51;
export const NEWEST = 67;

const seasons = ['Winter', 'Spring', 'Summer'];

/** Release name of a version: 51.0 is Winter '21, three a year. */
const label = (version: number): string => {
  const release = version - OLDEST;
  return `${seasons[release % 3]} '${21 + Math.floor(release / 3)}`;
};

/** Answer of `/services/data`. */
export const versions = (): object[] =>
  Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => {
    const version = `${OLDEST + i}.0`;
    return { label: label(OLDEST + i), url: `/services/data/v${version}`, version };
  });

const resources = ['tooling', 'sobjects', 'query', 'queryAll', 'composite', 'actions', 'limits', 'recent', 'jobs'];

const resourceMap = (call: Call): Reply => {
  const { Id } = call.session.user;
  const entries = resources.map((name) => [name, `${call.base}/${name}`]);
  return ok({ ...Object.fromEntries(entries), identity: `${call.rooms.url()}/id/${call.org.id}/${Id}` });
};

const limits = (call: Call): Reply => {
  if (call.session.has('ViewSetup')) return ok(call.org.limits.all());
  throw new PlatformError('INSUFFICIENT_ACCESS', 'View Setup and Configuration is needed to see limits', 403);
};

const refuse =
  (what: string) =>
  (): never => {
    throw new NotSupported(what);
  };

const refused: Record<string, string> = {
  search: 'SOSL search',
  parameterizedSearch: 'Parameterized search',
  'metadata/deployRequest': 'Metadata REST deploy',
  graphql: 'GraphQL',
};

/** Registers them. Nothing is ever viewed in a page of the practice org, so the list of recent items is empty. */
export const miscRoutes = (router: Router): Router => {
  router
    .add('', { GET: resourceMap })
    .add('limits', { GET: limits })
    .add('recent', { GET: () => ok([]) })
    .add('jobs', { GET: (call) => ok({ ingest: `${call.base}/jobs/ingest`, query: `${call.base}/jobs/query` }) });
  for (const [path, what] of Object.entries(refused)) {
    router.add(path, { GET: refuse(what), POST: refuse(what) });
  }
  return router;
};

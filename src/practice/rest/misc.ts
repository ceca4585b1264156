/** Resource map, limits, recent items, and the resources that are refused in so many words. */
import { NotSupported, ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import { quoted } from '../store/identifiers.js';
import { isVirtual } from '../store/tables.js';
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

const resources = [
  'tooling',
  'sobjects',
  'query',
  'queryAll',
  'composite',
  'connect',
  'actions',
  'folders',
  'limits',
  'metadata',
  'recent',
  'jobs',
];

const resourceMap = (call: Call): Reply => {
  const { Id } = call.session.user;
  const entries = resources.map((name) => [name, `${call.base}/${name}`]);
  return ok({ ...Object.fromEntries(entries), identity: `${call.rooms.url()}/id/${call.org.id}/${Id}` });
};

const limits = (call: Call): Reply => {
  if (call.session.has('ViewSetup')) return ok(call.org.limits.all());
  throw new PlatformError('INSUFFICIENT_ACCESS', 'View Setup and Configuration is needed to see limits', 403);
};

/** Objects named in `sObjects`, or all that can be queried. Unknown ones are left out; deleted records do not count. */
const recordCount = (call: Call): Reply => {
  const { catalog, store } = call.org;
  const named = call.query
    .get('sObjects')
    ?.split(',')
    .map((name) => catalog.object(name.trim()));
  const defs = (named ?? [...catalog.objects()]).filter(
    (def) => def?.queryable && !isVirtual(def) && call.session.can('read', def)
  );
  const sObjects = defs.map((def) => {
    const alive = def!.fields.has('isdeleted') ? ' WHERE "IsDeleted" IS NOT 1' : '';
    const row = store.sql(`SELECT count(*) AS n FROM ${quoted(def!.name)}${alive}`).get();
    return { count: Number(row?.n ?? 0), name: def!.name };
  });
  return ok({ sObjects });
};

const refuse = (what: string) => (): never => {
  throw new NotSupported(what);
};

const refused: Record<string, string> = {
  search: 'SOSL search',
  parameterizedSearch: 'Parameterized search',
};

/** Registers them. Nothing is ever viewed in a page of the practice org, so the list of recent items is empty. */
export const miscRoutes = (router: Router): Router => {
  router
    .add('', { GET: resourceMap })
    .add('limits', { GET: limits })
    .add('limits/recordCount', { GET: recordCount })
    .add('recent', { GET: () => ok([]) })
    .add('jobs', { GET: (call) => ok({ ingest: `${call.base}/jobs/ingest`, query: `${call.base}/jobs/query` }) });
  for (const [path, what] of Object.entries(refused)) {
    router.add(path, { GET: refuse(what), POST: refuse(what) });
  }
  return router;
};

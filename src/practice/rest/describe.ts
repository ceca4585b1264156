/** `sobjects`, `sobjects/{Type}` and their describes. */
import { describeBasic, describeGlobal, describeSObject } from '../describe/describe.js';
import type { ObjectDef } from '../catalog/types.js';
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { objectOf } from './objects.js';
import { create } from './records.js';
import type { Router } from './router.js';

const all = (call: Call): Reply => ok(describeGlobal(call.org.catalog, call.session, call.version));

/** An object that the session may not read is not there for it. */
const readable = (call: Call, tooling: boolean): ObjectDef => {
  const def = objectOf(call, tooling);
  if (!tooling && !call.session.can('read', def)) throw notFound();
  return def;
};

const basic =
  (tooling: boolean) =>
  (call: Call): Reply =>
    ok(describeBasic(readable(call, tooling), call.org.store, call.session, call.version));

const full =
  (tooling: boolean) =>
  (call: Call): Reply =>
    ok(describeSObject(readable(call, tooling), call.org.catalog, call.session, call.version));

/** Registers them; to come before the record resources, whose `:id` would take `describe`. */
export const describeRoutes = (router: Router): Router =>
  router
    .add('sobjects', { GET: all })
    .add('sobjects/:type', { GET: basic(false), POST: create })
    .add('sobjects/:type/describe', { GET: full(false) });

/** Describes under the Tooling API. */
export const toolingDescribeRoutes = (router: Router): Router =>
  router
    .add('tooling/sobjects/:type', { GET: basic(true) })
    .add('tooling/sobjects/:type/describe', { GET: full(true) });

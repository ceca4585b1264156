/** `POST graphql`. */
import { ok, type Call, type Reply } from '../http/call.js';
import type { Router } from '../rest/router.js';
import { runGraphql } from './run.js';

/** What the document gets wrong is said with 200, as the guide says. */
const post = (call: Call): Reply => ok(runGraphql(call));

/** Registers it. */
export const graphqlRoutes = (router: Router): Router => router.add('graphql', { POST: post }, { composable: false });

import { ok, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';
import type { Router } from './router.js';
import { checkSubrequests, halted, type Subrequest, type Subresponse } from './subrequests.js';

const MAX_GRAPHS = 75;
const MAX_NODES = 500;
/** After so many failed graphs the rest is not tried. */
const MAX_FAILURES = 14;

type Graph = { graphId: string; compositeRequest: unknown };
type RunParts = (router: Router, call: Call, parts: Subrequest[], allOrNone: boolean) => Subresponse[];

const checkGraphs = (input: unknown): Array<{ graphId: string; parts: Subrequest[] }> => {
  if (!Array.isArray(input) || input.length > MAX_GRAPHS) {
    throw new PlatformError('INVALID_INPUT', `graphs must be an array of at most ${MAX_GRAPHS} graphs.`);
  }
  let nodes = 0;
  const ids = new Set<string>();
  return (input as Graph[]).map(({ graphId, compositeRequest }) => {
    if (typeof graphId !== 'string' || ids.has(graphId)) {
      throw new PlatformError('INVALID_INPUT', 'Each graph needs a graphId of its own.');
    }
    ids.add(graphId);
    const parts = checkSubrequests(compositeRequest, MAX_NODES);
    nodes += parts.length;
    if (nodes > MAX_NODES) throw new PlatformError('LIMIT_EXCEEDED', `Too many nodes, the limit is ${MAX_NODES}.`);
    return { graphId, parts };
  });
};

/** `composite/graph`: each graph is a transaction of its own (platform-facts H). */
export const runGraphs =
  (router: Router, runParts: RunParts) =>
  (call: Call): Reply => {
    let failures = 0;
    const graphs = checkGraphs(call.json().graphs).map(({ graphId, parts }) => {
      const compositeResponse = failures >= MAX_FAILURES ? parts.map(halted) : runParts(router, call, parts, true);
      const isSuccessful = compositeResponse.every((response) => response.httpStatusCode < 400);
      if (!isSuccessful) failures++;
      return { graphId, graphResponse: { compositeResponse }, isSuccessful };
    });
    return ok({ graphs });
  };

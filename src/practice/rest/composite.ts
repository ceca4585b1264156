/** Composite, batch and graph resources (platform-facts H). Parts run one after the other, in this process. */
import { ok, type Call, type Reply } from '../http/call.js';
import { errorReply } from '../http/errors.js';
import { commit } from '../http/save.js';
import { PlatformError } from '../errors.js';
import { runGraphs } from './graph.js';
import type { Router } from './router.js';
import {
  checkSubrequests,
  halted,
  runSubrequest,
  subresponse,
  type Subrequest,
  type Subresponse,
} from './subrequests.js';

const MAX_PARTS = 25;

type Halt = { responses: Subresponse[] };
class RollBack extends Error {
  public constructor(public readonly halt: Halt) {
    super('rolled back');
  }
}

/** Runs parts in order. With `allOrNone` a failed part undoes them all, and the others say so. */
export const runParts = (router: Router, call: Call, parts: Subrequest[], allOrNone: boolean): Subresponse[] => {
  const answers = new Map<string, { body: unknown; failed: boolean }>();
  const responses: Subresponse[] = [];
  // Whether setup and other objects may mix in one such transaction is an open question (platform-facts C6).
  const scope = allOrNone && call.org.variants.compositeMixedDml !== 'allowed' ? {} : undefined;
  const run = (): Subresponse[] => {
    for (const part of parts) {
      const response = subresponse(part, runSubrequest(router, call, part, answers, scope));
      responses.push(response);
      const failed = response.httpStatusCode >= 400 || (allOrNone && hasFailedRow(response.body));
      answers.set(part.referenceId, { body: response.body, failed: response.httpStatusCode >= 400 });
      if (failed && allOrNone) throw new RollBack({ responses });
    }
    return responses;
  };
  if (!allOrNone) return run();
  try {
    return commit(call.rooms, call.occasion, run);
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    const culprit = responses.length - 1;
    return parts.map((part, index) => (index === culprit ? responses[index]! : halted(part)));
  }
};

/** A collection answers 200 even where rows failed; for all-or-none that is a failure. */
const hasFailedRow = (body: unknown): boolean =>
  Array.isArray(body) && body.some((item: { success?: unknown } | null) => item?.success === false);

const composite =
  (router: Router) =>
  (call: Call): Reply => {
    const { compositeRequest, allOrNone } = call.json();
    const parts = checkSubrequests(compositeRequest, MAX_PARTS);
    return ok({ compositeResponse: runParts(router, call, parts, allOrNone === true) });
  };

type BatchPart = { method: string; url: string; richInput?: unknown };

/** Batch parts know no references and no transaction. Their addresses start at the version, `v66.0/sobjects`. */
const runBatchPart = (router: Router, call: Call, part: BatchPart): { statusCode: number; result: unknown } => {
  const match = /^(?:\/services\/data)?\/?v(\d+\.\d)(\/[^?]*)(?:\?(.*))?$/.exec(String(part.url));
  try {
    if (!match) throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', 404);
    const query = new URLSearchParams(match[3] ?? '');
    const headers = call.headers;
    const sub = call.sub({
      method: part.method,
      version: match[1]!,
      path: match[2]!,
      query,
      headers,
      body: part.richInput,
    });
    const reply = router.handler(sub, true)(sub);
    if (reply instanceof Promise) throw new Error('a batch part answered later');
    return { statusCode: reply.status, result: reply.body ?? null };
  } catch (error) {
    const reply = errorReply(error);
    return { statusCode: reply.status, result: reply.body };
  }
};

const batch =
  (router: Router) =>
  (call: Call): Reply => {
    const { batchRequests, haltOnError } = call.json();
    if (!Array.isArray(batchRequests) || batchRequests.length > MAX_PARTS) {
      throw new PlatformError('INVALID_INPUT', `batchRequests must be an array of at most ${MAX_PARTS} requests.`);
    }
    let stopped = false;
    const results = (batchRequests as BatchPart[]).map((part) => {
      if (stopped)
        return {
          statusCode: 412,
          result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
        };
      const result = runBatchPart(router, call, part);
      stopped = haltOnError === true && result.statusCode >= 400;
      return result;
    });
    return ok({ hasErrors: results.some((result) => result.statusCode >= 400), results });
  };

const resourceMap = (call: Call): Reply =>
  ok(Object.fromEntries(['batch', 'sobjects', 'graph'].map((name) => [name, `${call.base}/composite/${name}`])));

/** Registers the composite resources; they call back into the same router, but not into each other. */
export const compositeRoutes = (router: Router): Router =>
  router
    .add('composite', { GET: resourceMap, POST: composite(router) }, { composable: false })
    .add('composite/batch', { POST: batch(router) }, { composable: false })
    .add('composite/graph', { POST: runGraphs(router, runParts) }, { composable: false });

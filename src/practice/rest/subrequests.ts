/** One part of a composite request: checked, its references replaced, handed to the same router, answered in place. */
import type { TransactionScope } from '../contracts.js';
import type { Call, Reply } from '../http/call.js';
import { errorReply } from '../http/errors.js';
import { PlatformError } from '../errors.js';
import { BadReference, resolveBody, resolveText, type Answers } from './references.js';
import type { Router } from './router.js';

export type Subrequest = {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
};

export type Subresponse = {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
};

const METHODS = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);
const RESOURCE = /^\/services\/data\/v(\d+\.\d)(\/[^?]*)(?:\?(.*))?$/;

/**
 * Checks the parts before any of them runs.
 * @throws PlatformError INVALID_INPUT or LIMIT_EXCEEDED, as the platform refuses the whole request.
 */
export const checkSubrequests = (input: unknown, limit: number): Subrequest[] => {
  if (!Array.isArray(input)) throw new PlatformError('INVALID_INPUT', 'compositeRequest must be an array.');
  if (input.length > limit) {
    throw new PlatformError('LIMIT_EXCEEDED', `The request cannot have more than ${limit} subrequests.`);
  }
  const seen = new Set<string>();
  return input.map((item: Partial<Subrequest>) => {
    const { method, url, referenceId } = item;
    if (typeof referenceId !== 'string' || !/^[A-Za-z0-9_]+$/.test(referenceId)) {
      throw new PlatformError('INVALID_INPUT', 'Provided referenceId must be letters, numbers and underscores.');
    }
    if (seen.has(referenceId)) throw new PlatformError('DUPLICATE_VALUE', `Duplicate referenceId: ${referenceId}.`);
    seen.add(referenceId);
    if (typeof method !== 'string' || !METHODS.has(method) || typeof url !== 'string') {
      throw new PlatformError('INVALID_INPUT', `Subrequest ${referenceId} needs a method and a url.`);
    }
    return { ...item, method, url, referenceId };
  });
};

/** The address of a part, split. Parts may leave out nothing but the host. */
const resourceOf = (url: string): { version: string; path: string; query: URLSearchParams } => {
  const match = RESOURCE.exec(url);
  if (!match) throw new PlatformError('NOT_FOUND', `The requested resource does not exist: ${url}`, 404);
  return { version: match[1]!, path: match[2]!, query: new URLSearchParams(match[3] ?? '') };
};

const lowerCase = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** Carries out one part. Never throws for a refused part; its answer tells. */
export const runSubrequest = (
  router: Router,
  call: Call,
  part: Subrequest,
  answers: Answers,
  scope?: TransactionScope
): Reply => {
  try {
    const url = resolveText(part.url, answers, encodeURIComponent);
    const sub = call.sub({
      ...resourceOf(url),
      method: part.method,
      scope,
      headers: lowerCase(part.httpHeaders),
      body: part.body === undefined ? undefined : resolveBody(part.body, answers),
    });
    const reply = router.handler(sub, true)(sub);
    if (reply instanceof Promise) throw new Error('a composite part answered later');
    return reply;
  } catch (error) {
    if (!(error instanceof BadReference)) return errorReply(error);
    return { status: 400, body: [{ errorCode: 'PROCESSING_HALTED', message: error.message }] };
  }
};

export const subresponse = (part: Subrequest, reply: Reply): Subresponse => {
  const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => [
    name === 'location' ? 'Location' : name,
    value,
  ]);
  return {
    body: reply.body ?? null,
    httpHeaders: Object.fromEntries(headers) as Record<string, string>,
    httpStatusCode: reply.status,
    referenceId: part.referenceId,
  };
};

/** What every other part answers when one part of an all-or-none request has failed. */
export const halted = (part: Subrequest): Subresponse => ({
  body: [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId: part.referenceId,
});

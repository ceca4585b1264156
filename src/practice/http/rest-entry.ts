/** From an HTTP request under `/services/data` to the router, and back. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../contracts.js';
import type { Router } from '../rest/router.js';
import { NEWEST, OLDEST, versions } from '../rest/misc.js';
import { PlatformError } from '../errors.js';
import { Call, NotSupported, notFound, type Reply } from './call.js';
import { errorReply } from './errors.js';
import type { Exchange } from './exchange.js';

/** Token of an Authorization header, of the Bearer or the older OAuth kind. */
export const bearerOf = (request: FastifyRequest): string | undefined =>
  /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim();

const headersOf = (request: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value])
  );

/** Version and rest of a path. @throws PlatformError NOT_FOUND for a version that is not spoken. */
const splitPath = (path: string): { version: string; rest: string } => {
  const match = /^\/services\/data\/v(\d+)\.0(\/.*)?$/.exec(path);
  const version = Number(match?.[1]);
  if (!match || version < OLDEST || version > NEWEST) throw notFound();
  return { version: `${version}.0`, rest: match[2] ?? '/' };
};

/** Whose request it is; counts it too. @throws PlatformError INVALID_SESSION_ID, REQUEST_LIMIT_EXCEEDED. */
export const authenticated = (request: FastifyRequest, exchange: Exchange): Session => {
  const token = bearerOf(request);
  if (token === undefined) throw new PlatformError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  return exchange.session(token);
};

/** @throws PlatformError API_CURRENTLY_DISABLED for a user without the permission to call APIs. */
export const requireApi = (session: Session): void => {
  if (!session.has('ApiEnabled')) {
    throw new PlatformError('API_CURRENTLY_DISABLED', 'API is disabled for this User.', 403);
  }
};

/** Resources that write records. */
const WRITES = /^\/(?:(?:sobjects|composite|ui-api)\/|graphql$)/;

/** What the components of a page ask through the user interface, for which nobody needs the permission for APIs. */
const FOR_PAGES = /^\/(?:ui-api\/|graphql$)/;

const route = async (router: Router, request: FastifyRequest, exchange: Exchange): Promise<Reply> => {
  const { method, path } = exchange.occasion;
  const { version, rest } = splitPath(path);
  const session = authenticated(request, exchange);
  if (!(session.browser && FOR_PAGES.test(rest))) requireApi(session);
  exchange.count();
  const call = new Call({
    rooms: exchange.rooms,
    n: exchange.n,
    method: method === 'HEAD' ? 'GET' : method,
    path: rest,
    version,
    query: new URLSearchParams(exchange.query),
    headers: headersOf(request),
    session,
    body: request.body,
    occasion: exchange.occasion,
  });
  // Writers wait for rows that Apex holds; what is held still then is refused record by record.
  if (call.method !== 'GET' && WRITES.test(rest)) await exchange.rooms.org.tools.locks.quiet();
  return router.handler(call)(call);
};

/** Paths that no route matches and resources that are refused in words show under `practice status`. */
const noteUnsupported = (error: unknown, exchange: Exchange, router: Router): void => {
  const { method, path } = exchange.occasion;
  const unknownPath = error instanceof PlatformError && error.status === 404 && !knowsPath(router, path);
  if (error instanceof NotSupported || unknownPath) exchange.rooms.unsupported.add(`${method} ${path}`);
};

const knowsPath = (router: Router, path: string): boolean => {
  try {
    return router.knows(splitPath(path).rest);
  } catch {
    return false;
  }
};

/** Sends an answer. */
export const send = (reply: FastifyReply, { status, body, headers = {}, stream }: Reply): FastifyReply => {
  void reply.status(status).headers(headers);
  if (stream) return reply.send(stream);
  if (body === undefined) return reply.send();
  return reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));
};

/** Handles `/services/data` and everything below. */
export const handleRest =
  (router: Router) =>
  async (request: FastifyRequest, reply: FastifyReply, exchange: Exchange): Promise<FastifyReply> => {
    if (/^\/services\/data\/?$/.test(exchange.occasion.path) && request.method === 'GET') {
      return send(reply, { status: 200, body: versions() });
    }
    try {
      const answer = await route(router, request, exchange);
      return send(reply.header('sforce-limit-info', exchange.rooms.org.limits.usage()), answer);
    } catch (error) {
      noteUnsupported(error, exchange, router);
      if (!(error instanceof PlatformError)) request.log.error(error);
      return send(reply, errorReply(error));
    }
  };

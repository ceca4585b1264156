/** The HTTP server itself: guards, numbering, faults, and who handles which path. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { restRouter } from '../rest/routes.js';
import { handlePage } from '../sites/pages.js';
import { handleWorkbench } from '../workbench/entry.js';
import { handleApexRest, handleApexSoap } from './apex-entry.js';
import { readBodies } from './bodies.js';
import { notFound } from './call.js';
import { errorReply } from './errors.js';
import { Exchange } from './exchange.js';
import { handleOAuth } from './oauth-entry.js';
import { handleRest, send } from './rest-entry.js';
import type { Rooms } from './rooms.js';
import { handleSoapRequest } from './soap-entry.js';

/** Largest body that is read into memory: a deploy may have 50 MB. Uploads of job data are streamed to a file. */
const BODY_LIMIT = 64 * 1024 * 1024;

const HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i;

type Entry = (request: FastifyRequest, reply: FastifyReply, exchange: Exchange) => FastifyReply | Promise<FastifyReply>;

/** Handles `/practice/…`, with a token of its own. */
export type ControlEntry = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const noPage = 'The practice org has no pages. Ask it through its API.';

const otherwise: Entry = (request, reply, exchange) => {
  const page = handlePage(request, reply, exchange);
  if (page) return page;
  exchange.rooms.unsupported.add(`${exchange.occasion.method} ${exchange.occasion.path}`);
  if (exchange.occasion.path.startsWith('/secur/')) return reply.status(404).type('text/plain').send(noPage);
  return send(reply, errorReply(notFound()));
};

const workbench: Entry = (request, reply, exchange) =>
  handleWorkbench(exchange.rooms.workbench)(request, reply, exchange);

const entryFor = (path: string, rest: Entry): Entry => {
  if (/^\/services\/data(?:\/|$)/.test(path)) return rest;
  if (/^\/services\/soap\/s\//i.test(path)) return handleApexSoap;
  if (/^\/services\/soap\//i.test(path)) return handleSoapRequest;
  if (path.startsWith('/services/apexrest/')) return handleApexRest;
  if (path.startsWith('/workbench/')) return workbench;
  if (path.startsWith('/services/oauth2/') || path.startsWith('/id/')) return handleOAuth;
  return otherwise;
};

const exchanges = new WeakMap<FastifyRequest, Exchange>();

const isControl = (request: FastifyRequest): boolean => request.url.startsWith('/practice/');

/** Only this machine, under a name that no other site can take. Stops pages that rebind their name to 127.0.0.1. */
const guardHost = (request: FastifyRequest, reply: FastifyReply): boolean => {
  if (HOST.test(request.headers.host ?? '')) return true;
  void send(reply, { status: 403, body: [{ errorCode: 'FORBIDDEN', message: 'Unknown host' }] });
  return false;
};

const addHooks = (app: FastifyInstance, rooms: () => Rooms): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (!guardHost(request, reply)) return reply;
    if (isControl(request)) return undefined;
    const exchange = new Exchange(rooms(), request, reply);
    exchanges.set(request, exchange);
    return (await exchange.begin(request)) ? undefined : reply;
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!exchanges.get(request)?.loseReply) return done(null, payload);
    reply.hijack();
    (payload as Partial<Readable> | undefined)?.destroy?.();
    request.raw.socket.destroy();
    return undefined;
  });
};

/** Builds the server. It looks the rooms up for every request, so that a reset can replace them. */
export const buildApp = (rooms: () => Rooms, control: ControlEntry): FastifyInstance => {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
  });
  readBodies(app, (request, bytes) => {
    const exchange = exchanges.get(request);
    if (exchange) exchange.bytes += bytes;
  });
  addHooks(app, rooms);
  const rest = handleRest(restRouter());
  app.all('/*', async (request, reply) => {
    if (isControl(request)) return control(request, reply);
    const exchange = exchanges.get(request)!;
    return entryFor(exchange.occasion.path, rest)(request, reply, exchange);
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return send(reply, { status, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: error.message }] });
  });
  return app;
};

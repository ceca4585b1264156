/** `/workbench/…`: the page that shows our components, its session, and the calls of Apex that its components make. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../errors.js';
import { notFound, ok, type Reply } from '../http/call.js';
import { errorReply } from '../http/errors.js';
import type { Exchange } from '../http/exchange.js';
import { authenticated, send } from '../http/rest-entry.js';
import type { WorkbenchDesk } from './desk.js';
import { sendFile } from './files.js';
import { openSession } from './session.js';

const ROOT = '/workbench/';

const bodyOf = (request: FastifyRequest): Record<string, unknown> => {
  try {
    const body = JSON.parse(typeof request.body === 'string' && request.body !== '' ? request.body : '{}') as unknown;
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new PlatformError('JSON_PARSER_ERROR', 'The body must be a JSON object');
};

const logIn = (request: FastifyRequest, { rooms }: Exchange, desk: WorkbenchDesk): Reply => {
  const visitor = desk.visitor(request.headers.cookie);
  if (!visitor) {
    throw new PlatformError('INVALID_SESSION_ID', 'This page has expired. Open it by "sf channel practice open".', 401);
  }
  const { userId } = bodyOf(request);
  return ok(openSession(rooms, visitor, typeof userId === 'string' ? userId : undefined));
};

/** The place of Apex on the platform's own channel for pages, which no client may rely on; ours has a plain address. */
const callApex = async (request: FastifyRequest, exchange: Exchange, path: string): Promise<Reply> => {
  const session = authenticated(request, exchange);
  const [className = '', name = ''] = path.split('/');
  const answer = await exchange.rooms.apex.page(session.user.Id, { className, name, parameters: bodyOf(request) });
  return 'error' in answer ? { status: 500, body: answer.error } : ok(answer.value);
};

const handle = (request: FastifyRequest, exchange: Exchange, desk: WorkbenchDesk): Reply | Promise<Reply> => {
  const path = exchange.occasion.path.slice(ROOT.length);
  if (request.method === 'POST' && path === 'session') return logIn(request, exchange, desk);
  if (request.method === 'POST' && path.startsWith('apex/')) {
    return callApex(request, exchange, path.slice('apex/'.length));
  }
  throw notFound();
};

const expired = 'This address was used already or is too old. Get a new one by "sf channel practice open".';

/** A ticket becomes a cookie and leaves the address. */
const admit = (reply: FastifyReply, desk: WorkbenchDesk, ticket: string): FastifyReply => {
  const cookie = desk.admit(ticket);
  if (cookie === undefined) return reply.status(403).type('text/plain').send(expired);
  return reply.header('set-cookie', cookie).redirect(ROOT, 303);
};

/** Handles it. */
export const handleWorkbench =
  (desk: WorkbenchDesk) =>
  async (request: FastifyRequest, reply: FastifyReply, exchange: Exchange): Promise<FastifyReply> => {
    const path = exchange.occasion.path.slice(ROOT.length);
    const ticket = new URLSearchParams(exchange.query).get('ticket');
    if (request.method === 'GET' && path === '' && ticket !== null) return admit(reply, desk, ticket);
    const file = request.method === 'GET' ? sendFile(reply, path) : undefined;
    if (file) return file;
    try {
      return send(reply, await handle(request, exchange, desk));
    } catch (error) {
      if (!(error instanceof PlatformError)) request.log.error(error);
      return send(reply, errorReply(error));
    }
  };

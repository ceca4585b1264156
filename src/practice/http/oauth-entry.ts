/** `/services/oauth2/…` and `/id/…`. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../errors.js';
import { frontdoor, identity, userInfo } from '../rest/identity.js';
import { notFound, ok, type Reply } from './call.js';
import { errorReply } from './errors.js';
import type { Exchange } from './exchange.js';
import { authenticated, bearerOf, send } from './rest-entry.js';

type Entry = (request: FastifyRequest, exchange: Exchange) => Reply;

const info: Entry = (request, exchange) =>
  ok(userInfo(exchange.rooms.org, authenticated(request, exchange), exchange.rooms.url()));

const singleAccess: Entry = (request, exchange) => {
  authenticated(request, exchange);
  return ok(frontdoor(exchange.rooms.url(), new URLSearchParams(exchange.query).get('redirect_uri')));
};

const tokenOf = (request: FastifyRequest, exchange: Exchange): string => {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  return form.get('token') ?? new URLSearchParams(exchange.query).get('token') ?? bearerOf(request) ?? '';
};

/** Ends a session; a token that opens none is an OAuth error, not a REST one. */
const revoke: Entry = (request, exchange) => {
  const token = tokenOf(request, exchange);
  try {
    exchange.session(token);
  } catch {
    return {
      status: 400,
      body: { error: 'unsupported_token_type', error_description: 'this token type is not supported' },
    };
  }
  exchange.rooms.org.access.expire(token);
  return { status: 200 };
};

const noGrant: Entry = (_request, exchange) => {
  exchange.rooms.unsupported.add(`${exchange.occasion.method} ${exchange.occasion.path}`);
  return { status: 400, body: { error: 'unsupported_grant_type', error_description: 'grant type not supported' } };
};

const entries: Record<string, Entry> = {
  'GET userinfo': info,
  'POST userinfo': info,
  'GET singleaccess': singleAccess,
  'POST singleaccess': singleAccess,
  'GET revoke': revoke,
  'POST revoke': revoke,
  'POST token': noGrant,
};

const idPage: Entry = (request, exchange) => {
  const [, , orgId = '', userId = ''] = exchange.occasion.path.split('/');
  const session = authenticated(request, exchange);
  return ok(identity(exchange.rooms.org, session, exchange.rooms.url(), orgId, userId));
};

const entryOf = ({ occasion }: Exchange): Entry | undefined => {
  if (occasion.path.startsWith('/id/')) return occasion.method === 'GET' ? idPage : undefined;
  const key = `${occasion.method} ${occasion.path.slice('/services/oauth2/'.length)}`;
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
};

/** Handles them. */
export const handleOAuth = (request: FastifyRequest, reply: FastifyReply, exchange: Exchange): FastifyReply => {
  try {
    const entry = entryOf(exchange);
    if (entry) return send(reply, entry(request, exchange));
    exchange.rooms.unsupported.add(`${exchange.occasion.method} ${exchange.occasion.path}`);
    throw notFound();
  } catch (error) {
    if (!(error instanceof PlatformError)) request.log.error(error);
    return send(reply, errorReply(error));
  }
};

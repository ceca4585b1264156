import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../errors.js';
import { handleSoap } from '../soap/handler.js';
import { soapFault } from '../soap/reply.js';
import type { Exchange } from './exchange.js';
import { bearerOf, requireApi } from './rest-entry.js';

const ADDRESS = /^\/services\/Soap\/([ucm])\/(\d+\.\d)(?:\/.*)?$/i;

/** Calls that write. */
const WRITES = /<(?:\w+:)?(?:create|update|upsert|delete|undelete)[\s>]/;

/** Handles `/services/Soap/{u|c|m}/{version}`. */
export const handleSoapRequest = async (
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange
): Promise<FastifyReply> => {
  const match = ADDRESS.exec(exchange.occasion.path);
  void reply.type('text/xml;charset=UTF-8');
  if (!match || request.method !== 'POST') {
    exchange.rooms.unsupported.add(`${request.method} ${exchange.occasion.path}`);
    return reply
      .status(500)
      .send(soapFault(new PlatformError('UNSUPPORTED_API_VERSION', 'No such SOAP endpoint', 500)));
  }
  const body = typeof request.body === 'string' ? request.body : '';
  // As over REST: writers wait for rows that Apex holds.
  if (WRITES.test(body)) await exchange.rooms.org.tools.locks.quiet();
  const { status, xml } = handleSoap({
    rooms: exchange.rooms,
    n: exchange.n,
    flavour: match[1]!.toLowerCase(),
    version: match[2]!,
    body,
    bearer: bearerOf(request),
    occasion: exchange.occasion,
    session: (token) => {
      const session = exchange.session(token);
      requireApi(session);
      return session;
    },
    count: () => exchange.count(),
  });
  return reply.status(status).send(xml);
};

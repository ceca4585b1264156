/** `/services/apexrest/…` and the Apex API of SOAP. Both run Apex, which lets others in while it waits. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../errors.js';
import { apexOperation } from '../soap/apex.js';
import { child, parseEnvelope, text } from '../soap/envelope.js';
import { soapFault } from '../soap/reply.js';
import { errorReply } from './errors.js';
import type { Exchange } from './exchange.js';
import { authenticated, bearerOf, requireApi, send } from './rest-entry.js';

const bodyOf = (request: FastifyRequest): string => (typeof request.body === 'string' ? request.body : '');

const headersOf = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      // The session is the org's own affair.
      typeof value === 'string' && name !== 'authorization' ? [[name, value]] : []
    )
  );

/** A class with @RestResource answers, or nobody does. */
export const handleApexRest = async (
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange
): Promise<FastifyReply> => {
  try {
    const session = authenticated(request, exchange);
    requireApi(session);
    exchange.count();
    const answer = await exchange.rooms.apex.rest(session.user.Id, {
      method: request.method,
      path: exchange.occasion.path.replace(/^\/services\/apexrest/, ''),
      headers: headersOf(request),
      parameters: Object.fromEntries(new URLSearchParams(exchange.query)),
      body: bodyOf(request),
    });
    if (answer === undefined) {
      exchange.rooms.unsupported.add(`${request.method} ${exchange.occasion.path}`);
      throw new PlatformError('NOT_FOUND', 'Could not find a match for URL', 404);
    }
    void reply.status(answer.status).header('sforce-limit-info', exchange.rooms.org.limits.usage());
    return answer.body === undefined ? reply.send() : reply.type('application/json').send(answer.body);
  } catch (error) {
    if (!(error instanceof PlatformError)) request.log.error(error);
    return send(reply, errorReply(error));
  }
};

/** `/services/Soap/s/{version}`: anonymous Apex. */
export const handleApexSoap = async (
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange
): Promise<FastifyReply> => {
  void reply.type('text/xml;charset=UTF-8');
  try {
    const envelope = parseEnvelope(bodyOf(request));
    const token = text(child(envelope.headers, 'SessionHeader'), 'sessionId')?.trim() ?? bearerOf(request) ?? '';
    const session = exchange.session(token);
    requireApi(session);
    exchange.count();
    const { status, xml } = await apexOperation(envelope, (source) =>
      exchange.rooms.apex.anonymous(session.user.Id, source)
    );
    return await reply.status(status).send(xml);
  } catch (error) {
    return reply.status(500).send(soapFault(error));
  }
};

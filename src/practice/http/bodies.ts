/** How request bodies are read: text for JSON and XML, a stream for uploads. */
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What fastify wants of a body that a hook has replaced: the bytes that came over the wire. */
type Replaced = Readable & { receivedEncodedLength?: number };

const TEXT = [
  'application/json',
  'text/xml',
  'application/xml',
  'application/soap+xml',
  'application/x-www-form-urlencoded',
];

class Counter extends Transform {
  public constructor(private readonly add: (bytes: number) => void) {
    super();
  }

  public override _transform(data: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.add(data.length);
    done(null, data);
  }
}

const decoder = (encoding: string | undefined): Transform | undefined => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  return encoding === 'deflate' ? createInflate() : undefined;
};

/** Counts the bytes of bodies without a length, and unpacks the compressed ones. */
const replaceBody = (request: FastifyRequest, payload: Readable, add: (bytes: number) => void): Replaced => {
  const unpack = decoder(request.headers['content-encoding']?.toLowerCase());
  const chunked = request.headers['transfer-encoding'] !== undefined;
  if (!unpack && !chunked) return payload;
  let received = 0;
  const count = new Counter((bytes) => {
    received += bytes;
    if (chunked) add(bytes);
  });
  const body: Replaced = unpack ? payload.pipe(count).pipe(unpack) : payload.pipe(count);
  // pipe() does not pass errors on; without this a broken upload would never end.
  payload.once('error', (error) => body.destroy(error));
  payload.once('aborted', () => body.destroy(new Error('the client went away')));
  Object.defineProperty(body, 'receivedEncodedLength', { get: () => received });
  return body;
};

/** Sets the body readers of the server. `add` gets the bytes of a body that told no length. */
export const readBodies = (app: FastifyInstance, add: (request: FastifyRequest, bytes: number) => void): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(TEXT, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.addHook('preParsing', (request, _reply, payload, done) => {
    done(
      null,
      replaceBody(request, payload as Readable, (bytes) => add(request, bytes))
    );
  });
};

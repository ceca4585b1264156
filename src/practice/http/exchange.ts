/** One request on its way through the server: its number, its faults, its session, its line in the log. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { FaultKind, FaultRule, Occasion } from '../faults/rules.js';
import type { Rooms } from './rooms.js';

const UNAVAILABLE =
  '<html><head><title>Service unavailable</title></head><body><h1>We are down for maintenance.</h1></body></html>';

/** Tokens, one-time codes and passwords that a client put into an address do not go into the log. */
const withoutSecrets = (query: string): string =>
  query.replaceAll(/((?:^|&)(?:[^=&]*(?:token|password)|c|code|otp|pw|sid|ticket)=)[^&]*/gi, '$1…');

export class Exchange {
  public readonly n: number;
  public readonly occasion: Occasion;
  public readonly query: string;
  /** Bytes of the request body. */
  public bytes = 0;
  private readonly started = performance.now();
  private readonly time = new Date().toISOString();
  private user?: string;
  private faults: FaultRule[] = [];

  public constructor(
    public readonly rooms: Rooms,
    request: FastifyRequest,
    private readonly reply: FastifyReply
  ) {
    const [path = '/', query = ''] = splitOnce(request.url, '?');
    this.query = query;
    this.occasion = { method: request.method, path };
    this.n = rooms.requests.next();
    this.bytes = Number(request.headers['content-length'] ?? 0);
    reply.raw.once('close', () => this.log());
  }

  /** Carries out the faults that come before the handler. @returns false where the request is at its end. */
  public async begin(request: FastifyRequest): Promise<boolean> {
    this.faults = this.rooms.faults.take('request', this.occasion);
    const latency = this.faults.find(({ kind }) => kind === 'latency');
    if (latency) await pause(latency.ms);
    if (this.has('drop-before')) {
      this.reply.hijack();
      request.raw.socket.destroy();
      return false;
    }
    const status = this.faults.find(({ kind }) => kind === 'status');
    if (status) this.answer(status);
    return !status;
  }

  /** Whether the reply is to be lost on its way. */
  public get loseReply(): boolean {
    return this.has('drop-after');
  }

  /** @throws PlatformError INVALID_SESSION_ID. */
  public session(token: string): Session {
    if (this.has('expire-session')) this.rooms.org.access.expire(token);
    const session = this.rooms.org.access.session(token);
    this.user = session.user.Username;
    return session;
  }

  /** Counts the call. @throws PlatformError REQUEST_LIMIT_EXCEEDED. */
  public count(): void {
    if (this.has('request-limit')) {
      throw new PlatformError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403);
    }
    this.rooms.org.limits.countRequest();
  }

  private has(kind: FaultKind): boolean {
    return this.faults.some((rule) => rule.kind === kind);
  }

  private answer({ status, html }: FaultRule): void {
    const body = html
      ? UNAVAILABLE
      : JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'Service unavailable' }]);
    void this.reply
      .status(status)
      .type(html ? 'text/html' : 'application/json;charset=UTF-8')
      .send(body);
  }

  private log(): void {
    const { raw } = this.reply;
    const fault = this.faults[0]?.kind;
    this.rooms.requests.append({
      n: this.n,
      time: this.time,
      method: this.occasion.method,
      path: this.occasion.path,
      query: withoutSecrets(this.query),
      status: raw.writableFinished ? raw.statusCode : 0,
      duration: Math.round((performance.now() - this.started) * 10) / 10,
      ...(this.user === undefined ? {} : { user: this.user }),
      bytes: this.bytes,
      ...(fault === undefined ? {} : { fault }),
    });
  }
}

const splitOnce = (text: string, separator: string): [string, string] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

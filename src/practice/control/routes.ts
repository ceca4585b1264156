/** The control API, `/practice/*`: what tests and `sf channel practice` ask of a running server. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '../errors.js';
import { parseFaultRules } from '../faults/rules.js';
import { notFound, ok, type Reply } from '../http/call.js';
import { errorReply } from '../http/errors.js';
import { bearerOf, send } from '../http/rest-entry.js';
import type { ControlEntry } from '../http/app.js';
import type { Rooms } from '../http/rooms.js';
import { installPackage } from '../package/install.js';
import { isBuilt } from '../workbench/files.js';
import { clearWrites, readWrites } from '../log/writes.js';
import type { MovableClock } from './clock.js';
import { statusOf, type ServerFacts } from './status.js';

export type ControlDesk = {
  token: string;
  rooms: () => Rooms;
  facts: () => ServerFacts;
  clock?: MovableClock;
  /** Makes the org anew from its scenario; absent where the server was started on an org of the caller's. */
  reset?: () => Promise<void>;
  /** Ends the server soon after the answer is out. */
  stop: () => void;
};

type Ask = {
  desk: ControlDesk;
  rooms: Rooms;
  query: URLSearchParams;
  body: () => Record<string, unknown>;
  raw: () => unknown;
};
type Handler = (ask: Ask) => Reply | Promise<Reply>;

const bad = (message: string): PlatformError => new PlatformError('INVALID_REQUEST', message, 400);

const numberOf = (query: URLSearchParams, name: string, fallback: number): number => {
  const value = query.get(name);
  if (value === null) return fallback;
  if (!/^\d+$/.test(value)) throw bad(`${name} must be a number`);
  return Number(value);
};

const openSession: Handler = ({ rooms, body }) => {
  const { user, login, browser } = body();
  if (typeof user !== 'string') throw bad('user must be a username or an id');
  const { access } = rooms.org;
  const session = browser === true ? access.openBrowser(user) : access.open(user, login === true);
  return ok({ token: session.id, user: session.user });
};

const listOutbox: Handler = ({ rooms, query }) => {
  const [kind, to] = [query.get('kind') ?? undefined, query.get('to') ?? undefined];
  return ok({ mails: rooms.org.outbox.list({ kind, to }) });
};

const setFaults: Handler = ({ rooms, raw }) => {
  try {
    rooms.faults.set(parseFaultRules(raw()));
  } catch (error) {
    throw error instanceof PlatformError ? error : bad((error as Error).message);
  }
  return ok({ rules: rooms.faults.state() });
};

const setClock: Handler = ({ desk, body }) => {
  if (!desk.clock) throw bad('this server was started with a clock that cannot be moved');
  const { now } = body();
  if (now !== null && now !== undefined && typeof now !== 'string') throw bad('now must be a time or null');
  const time = now ? new Date(now) : undefined;
  if (time && Number.isNaN(time.getTime())) throw bad(`not a time: ${now}`);
  desk.clock.set(time);
  return ok({ now: desk.clock.now().toISOString() });
};

const setLimits: Handler = ({ rooms, body }) => {
  for (const [name, max] of Object.entries(body())) {
    if (typeof max !== 'number') throw bad(`${name} must be a number`);
    rooms.org.limits.setMax(name, max);
  }
  return ok(rooms.org.limits.all());
};

const reset: Handler = async ({ desk }) => {
  if (!desk.reset) throw bad('this server was started on an org that it cannot make anew');
  await desk.reset();
  return ok(statusOf(desk.rooms(), desk.facts()));
};

const cleared =
  (work: (rooms: Rooms) => void): Handler =>
  ({ rooms }) => {
    work(rooms);
    return { status: 204 };
  };

/** The address of the workbench for one visit. Puts the package into the org, where it is not there or `install` asks for it. */
const openWorkbench: Handler = async ({ rooms, body }) => {
  if (!isBuilt()) throw bad('The workbench is not built. Run "npm run build" in the folder of the plugin.');
  const { install } = body();
  const isThere = rooms.apex.classes().includes('PartnerInboxController');
  const installs = install === true || !isThere;
  if (installs) await installPackage(rooms);
  // Compiled here, so that the first page does not wait for it.
  rooms.apex.problems();
  return ok({ url: `${rooms.url()}/workbench/?ticket=${rooms.workbench.ticket()}`, installed: installs });
};

const handlers: Record<string, Handler> = {
  'GET status': ({ desk, rooms }) => ok(statusOf(rooms, desk.facts())),
  'POST sessions': openSession,
  'DELETE sessions': cleared((rooms) => rooms.org.access.expireAll()),
  'GET outbox': listOutbox,
  'DELETE outbox': cleared((rooms) => rooms.org.outbox.clear()),
  'POST reset': reset,
  'GET faults': ({ rooms }) => ok({ rules: rooms.faults.state() }),
  'PUT faults': setFaults,
  'DELETE faults': cleared((rooms) => rooms.faults.set([])),
  'GET requests': async ({ rooms, query }) =>
    ok({ requests: await rooms.requests.read(numberOf(query, 'from', 1), numberOf(query, 'limit', 1000)) }),
  'GET writes': ({ rooms, query }) =>
    ok({
      on: rooms.org.logWrites,
      writes: readWrites(rooms.org, numberOf(query, 'from', 1), numberOf(query, 'limit', 10_000)),
    }),
  'PUT writes': ({ rooms, body }) => {
    rooms.org.logWrites = body().on === true;
    return ok({ on: rooms.org.logWrites });
  },
  'DELETE writes': cleared((rooms) => clearWrites(rooms.org)),
  'GET clock': ({ rooms }) => ok({ now: rooms.org.clock.now().toISOString() }),
  'PUT clock': setClock,
  'POST workbench': openWorkbench,
  'GET limits': ({ rooms }) => ok(rooms.org.limits.all()),
  'PUT limits': setLimits,
  'POST settle': cleared((rooms) => rooms.org.settle()),
  'POST idle': async ({ rooms }) => {
    await rooms.bulk.idle();
    return { status: 204 };
  },
  'POST stop': ({ desk }) => {
    desk.stop();
    return ok({ stopping: true });
  },
};

const allowed = (request: FastifyRequest, token: string): boolean => {
  const given = Buffer.from(bearerOf(request) ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const parse = (body: unknown): unknown => {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw bad((error as Error).message);
  }
};

const answer = async (request: FastifyRequest, desk: ControlDesk): Promise<Reply> => {
  if (!allowed(request, desk.token)) {
    return {
      status: 401,
      body: [{ errorCode: 'INVALID_CONTROL_TOKEN', message: 'The control token is missing or wrong' }],
    };
  }
  const url = new URL(request.url, 'http://127.0.0.1');
  const key = `${request.method} ${url.pathname.slice('/practice/'.length)}`;
  const handler = Object.hasOwn(handlers, key) ? handlers[key] : undefined;
  if (!handler) throw notFound();
  const raw = (): unknown => parse(request.body);
  return handler({
    desk,
    rooms: desk.rooms(),
    query: url.searchParams,
    raw,
    body: () => raw() as Record<string, unknown>,
  });
};

/** Makes the handler of `/practice/*`. */
export const controlEntry =
  (desk: ControlDesk): ControlEntry =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      return send(reply, await answer(request, desk));
    } catch (error) {
      return send(reply, errorReply(error));
    }
  };

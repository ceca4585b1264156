/** The few pages of sites and of the org: login, and who is logged in. As HTML where a browser asks, else as JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { errorReply } from '../http/errors.js';
import type { Exchange } from '../http/exchange.js';
import { send } from '../http/rest-entry.js';
import type { Rooms } from '../http/rooms.js';
import { logIn, openLink, siteAt, type Door } from './login.js';
import { INTERNAL_LOGIN, loginPath } from './mails.js';

/** First segments of paths that belong to the platform. */
export const RESERVED: ReadonlySet<string> = new Set(['services', 'practice', 'secur', 'id', 'login']);

type Place = { door: Door; page: 'login' | 'home' };

type Visit = { request: FastifyRequest; reply: FastifyReply; exchange: Exchange; door: Door };

/** What a path is a page of, or undefined where it is none. */
const placeOf = (rooms: Rooms, path: string): Place | undefined => {
  if (path === INTERNAL_LOGIN) return { door: undefined, page: 'login' };
  const parts = path.split('/').filter(Boolean);
  const page = parts.at(-1) === 'login' ? 'login' : 'home';
  const prefix = page === 'login' ? parts.slice(0, -1) : parts;
  if (prefix.length > 1 || RESERVED.has(prefix[0] ?? '')) return undefined;
  const door = siteAt(rooms, decodeURIComponent(prefix[0] ?? ''));
  return door && { door, page };
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const wantsHtml = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

const html = (reply: FastifyReply, status: number, title: string, inner: string): FastifyReply =>
  reply
    .status(status)
    .header('content-security-policy', "default-src 'none'; form-action 'self'")
    .type('text/html;charset=UTF-8')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head>` +
        `<body><main><h1>${escape(title)}</h1>${inner}</main></body></html>`
    );

const nameOf = ({ door }: Visit): string => door?.name ?? 'Practice org';

/** Who somebody is, for himself. Neither token nor link are in it. */
const profileOf = ({ exchange, door }: Visit, { user }: Session): object => {
  const { org } = exchange.rooms;
  const row = org.store.find(org.catalog.require('User'), user.Id)!;
  return {
    site: door ? { id: door.id, name: door.name, url: `${exchange.rooms.url()}/${door.prefix}` } : null,
    user: { id: user.Id, username: user.Username, name: row.Name, accountId: row.AccountId ?? null },
    lastLoginDate: row.LastLoginDate,
  };
};

/** The page of somebody who is in. The session goes into a cookie that scripts do not see. */
const welcome = (visit: Visit, session: Session): FastifyReply => {
  const { reply, request } = visit;
  void reply.header('set-cookie', `sid=${session.id}; Path=/; HttpOnly; SameSite=Strict`);
  void reply.header('cache-control', 'no-store');
  if (!wantsHtml(request)) return send(reply, { status: 200, body: profileOf(visit, session) });
  return html(reply, 200, nameOf(visit), `<p>You are logged in as ${escape(session.user.Username)}.</p>`);
};

const FORM =
  '<form method="post"><p><label>Username <input name="username" autocomplete="username" required></label></p>' +
  '<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>' +
  '<p><button>Log in</button></p></form>';

const showLogin = (visit: Visit): FastifyReply => {
  const { door, exchange, request, reply } = visit;
  const code = new URLSearchParams(exchange.query).get('c');
  if (code !== null) return welcome(visit, openLink(exchange.rooms, door, code));
  if (wantsHtml(request)) return html(reply, 200, nameOf(visit), FORM);
  return send(reply, {
    status: 200,
    body: { site: door ? { id: door.id, name: door.name, status: door.status } : null },
  });
};

/** Username and password of a form or of JSON; the names of the platform's own form are known too. */
const credentials = (body: unknown): [username: string, password: string] => {
  const text = typeof body === 'string' ? body : '';
  const fields = text.startsWith('{')
    ? new Map(Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]))
    : new URLSearchParams(text);
  const field = (...names: string[]): string => names.map((name) => fields.get(name)).find(Boolean) ?? '';
  return [field('username', 'un'), field('password', 'pw')];
};

const submitLogin = (visit: Visit): FastifyReply => {
  const [username, password] = credentials(visit.request.body);
  return welcome(visit, logIn(visit.exchange.rooms, visit.door, username, password));
};

const showHome = (visit: Visit): FastifyReply => {
  const { request, exchange, door } = visit;
  const token = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (token !== undefined) return welcome(visit, exchange.session(token));
  if (wantsHtml(request)) return visit.reply.redirect(loginPath(door?.prefix ?? ''));
  throw new PlatformError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
};

const handlers: Readonly<Record<string, (visit: Visit) => FastifyReply>> = {
  'GET login': showLogin,
  'POST login': submitLogin,
  'GET home': showHome,
};

const refuse = (visit: Visit, error: unknown): FastifyReply => {
  const { status, body } = errorReply(
    error instanceof SyntaxError ? new PlatformError('JSON_PARSER_ERROR', 'The body is no JSON') : error
  );
  if (!wantsHtml(visit.request)) return send(visit.reply, { status, body });
  const [{ message }] = body as [{ message: string }];
  return html(visit.reply, status, nameOf(visit), `<p role="alert">${escape(message)}</p>`);
};

/** Answers a page of a site or the login of the org; undefined where the path is none of them. */
export const handlePage = (
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange
): FastifyReply | undefined => {
  const place = placeOf(exchange.rooms, exchange.occasion.path);
  const handler = place && handlers[`${request.method} ${place.page}`];
  if (!handler) return undefined;
  const visit: Visit = { request, reply, exchange, door: place.door };
  try {
    return handler(visit);
  } catch (error) {
    return refuse(visit, error);
  }
};

/** A REST request as the handlers see it, and what they answer. Nothing here knows the HTTP server. */
import type { Readable } from 'node:stream';
import type { SaveOptions, Session, TransactionScope } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Occasion } from '../faults/rules.js';
import { to18 } from '../store/ids.js';
import type { Rooms } from './rooms.js';

/** Answer of a handler. A `stream` is sent as it is, with `headers` telling its type; other bodies become JSON. */
export type Reply = { status: number; body?: unknown; headers?: Record<string, string>; stream?: Readable };

export type CallInit = {
  rooms: Rooms;
  /** Number in the request log. */
  n: number;
  method: string;
  /** Path behind `/services/data/vXX.0`, such as `/sobjects/Lead`. */
  path: string;
  /** `66.0` */
  version: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string | undefined>;
  session: Session;
  /** Text of the body, a stream of it for uploads, or the value itself inside a composite request. */
  body?: unknown;
  /** What fault rules see; inside a composite request the outer one. */
  occasion: Occasion;
  /** Shared by the parts of an all-or-none composite request. */
  scope?: TransactionScope;
};

export class Call {
  /** Values of the pattern's `:name` segments. */
  public params: Record<string, string> = {};

  public constructor(private readonly init: CallInit) {}

  public get rooms(): Rooms {
    return this.init.rooms;
  }
  public get org(): Rooms['org'] {
    return this.init.rooms.org;
  }
  public get n(): number {
    return this.init.n;
  }
  public get method(): string {
    return this.init.method;
  }
  public get path(): string {
    return this.init.path;
  }
  public get version(): string {
    return this.init.version;
  }
  public get query(): URLSearchParams {
    return this.init.query;
  }
  public get headers(): Record<string, string | undefined> {
    return this.init.headers;
  }
  public get session(): Session {
    return this.init.session;
  }
  public get body(): unknown {
    return this.init.body;
  }
  public get occasion(): Occasion {
    return this.init.occasion;
  }

  /** Base of resource addresses, `/services/data/v66.0`. */
  public get base(): string {
    return `/services/data/v${this.version}`;
  }

  public param(name: string): string {
    return this.params[name] ?? '';
  }

  /** The JSON object of the body. @throws PlatformError JSON_PARSER_ERROR where there is none. */
  public json(): Record<string, unknown> {
    const value = typeof this.body === 'string' ? parseJson(this.body) : this.body;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new PlatformError(
        'JSON_PARSER_ERROR',
        'The HTTP entity body is required, but this request has no entity body.'
      );
    }
    return value as Record<string, unknown>;
  }

  /** A call inside this one, as composite requests make them. */
  public sub(part: Pick<CallInit, 'method' | 'path' | 'version' | 'query' | 'headers' | 'body' | 'scope'>): Call {
    return new Call({ ...this.init, ...part });
  }

  /** How records of this call are saved. @throws PlatformError for a malformed Sforce-Auto-Assign header. */
  public saveOptions(more: Partial<SaveOptions> = {}): SaveOptions {
    return {
      session: this.session,
      assignment: assignmentOf(this.headers['sforce-auto-assign']),
      source: 'rest',
      request: this.n,
      scope: this.init.scope,
      ...more,
    };
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlatformError('JSON_PARSER_ERROR', (error as Error).message);
  }
};

/**
 * Reads `Sforce-Auto-Assign`: absent runs the active rule, as TRUE does (platform-facts D).
 * @throws PlatformError MALFORMED_ID for anything but TRUE, FALSE and an assignment rule's id.
 */
export const assignmentOf = (header: string | undefined): SaveOptions['assignment'] => {
  const value = header?.trim();
  if (value === undefined || /^true$/i.test(value)) return 'active';
  if (/^false$/i.test(value)) return 'none';
  if (/^01Q[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/.test(value)) return { ruleId: to18(value) };
  throw new PlatformError('MALFORMED_ID', `Sforce-Auto-Assign: malformed id ${value}`);
};

/** 404 as the platform words it. */
export const notFound = (message = 'The requested resource does not exist'): PlatformError =>
  new PlatformError('NOT_FOUND', message, 404);

/** A resource that Salesforce has and the practice org does not; it is listed under `practice status`. */
export class NotSupported extends PlatformError {
  public constructor(message: string) {
    super('NOT_FOUND', `${message} (not supported by the practice org)`, 404);
  }
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers });
export const noContent: Reply = { status: 204 };

import { SfError } from '@salesforce/core';

/**
 * What a failed request means for a write:
 * `refused`, the org said no and nothing was written; `unknown`, the reply was lost, so the rows must be read back;
 * `expired`, the session is over; `limit`, the org takes no more calls today.
 */
export type Failure = 'refused' | 'unknown' | 'expired' | 'limit';

const EXPIRED = new Set(['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER', 'Bad_OAuth_Token', 'RefreshTokenAuthError']);
const UNKNOWN = /^(ERROR_HTTP_5\d\d|SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION|QUERY_TIMEOUT)$/;

/** Sorts the error of a request into what the caller has to do about it. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  if (code === undefined) return 'unknown';
  if (EXPIRED.has(code)) return 'expired';
  if (code === 'REQUEST_LIMIT_EXCEEDED') return 'limit';
  return UNKNOWN.test(code) ? 'unknown' : 'refused';
}

/** Errors before there is a connection; the others also come about on one, when something may have been sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH']);

/** Whether a request certainly never left: its host was not found, or took no connection. */
export function wasNotSent(error: unknown): boolean {
  const { code, message = '', cause } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown };
  if (typeof code === 'string' && NOT_CONNECTED.has(code)) return true;
  if (typeof code === 'string' && UNREACHABLE.has(code)) return /\bconnect\b/.test(message);
  return cause !== undefined && cause !== null && wasNotSent(cause);
}

/** Salesforce's error code, where the org gave one. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof SfError && EXPIRED.has(error.name)) return error.name;
  const code = (error as { errorCode?: unknown } | undefined)?.errorCode;
  return typeof code === 'string' ? code : undefined;
}

/** Codes of rows that may well succeed when they are tried again (platform-facts H, locks). */
const RETRIABLE = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'REQUEST_RUNNING_TOO_LONG']);

export const isRetriable = (statusCode: string): boolean => RETRIABLE.has(statusCode);

/**
 * Why a run stops: a failed request; `timeout`, the org works on; or its lock, which another run holds, took over, or
 * has used since the plan was made.
 */
export type StopReason = Failure | 'timeout' | 'lock-held' | 'lock-lost' | 'lock-stale';

/** The run has to stop here and can be resumed. `cause` is the request's error. */
export class RunStopped extends Error {
  public constructor(
    public readonly failure: StopReason,
    cause: unknown
  ) {
    super((cause as Error).message, { cause });
    this.name = 'RunStopped';
  }
}

/**
 * The stop that an error means for a step: what the org answered is a refusal.
 * @throws the error itself where neither the org nor a part of the run gave it: that is a fault of the program
 */
export function stopOf(error: unknown): RunStopped {
  if (error instanceof RunStopped) return error;
  if (codeOf(error) === undefined) throw error;
  return new RunStopped('refused', error);
}

/** Asks a running practice org through its control API. For commands and tests. */
import type { OutboxMail } from '../contracts.js';
import type { FaultState } from '../faults/book.js';
import type { RequestEntry } from '../log/request-log.js';
import type { WriteEntry } from '../log/writes.js';
import type { PracticeStatus } from './status.js';

/** The server refused, or is not there. */
export class ControlError extends Error {}

const TIMEOUT = 60_000;

export class PracticeControl {
  public constructor(
    private readonly url: string,
    private readonly token: string
  ) {}

  public status(): Promise<PracticeStatus> {
    return this.ask('GET', 'status');
  }
  /** Session of a user, by username or id. `login` counts as a login: LastLoginDate is set. */
  public session(user: string, login = false): Promise<{ token: string; user: { Id: string; Username: string } }> {
    return this.ask('POST', 'sessions', { user, login });
  }
  /** A session as the components of a page in the browser have it. */
  public browserSession(user: string): Promise<{ token: string; user: { Id: string; Username: string } }> {
    return this.ask('POST', 'sessions', { user, browser: true });
  }
  /** Address of the pages with our components, for one visit. @param install deploys the package anew where it is there */
  public openWorkbench(install = false): Promise<{ url: string; installed: boolean }> {
    return this.ask('POST', 'workbench', { install });
  }
  public expireSessions(): Promise<void> {
    return this.ask('DELETE', 'sessions');
  }
  public async outbox(filter: { kind?: string; to?: string } = {}): Promise<OutboxMail[]> {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
    return (await this.ask<{ mails: OutboxMail[] }>('GET', `outbox?${query.toString()}`)).mails;
  }
  public clearOutbox(): Promise<void> {
    return this.ask('DELETE', 'outbox');
  }
  /** Seeds the org anew. */
  public reset(): Promise<PracticeStatus> {
    return this.ask('POST', 'reset');
  }
  public async faults(): Promise<FaultState[]> {
    return (await this.ask<{ rules: FaultState[] }>('GET', 'faults')).rules;
  }
  /** Replaces the fault rules; they are checked by the server. */
  public async setFaults(rules: object[]): Promise<FaultState[]> {
    return (await this.ask<{ rules: FaultState[] }>('PUT', 'faults', rules)).rules;
  }
  public clearFaults(): Promise<void> {
    return this.ask('DELETE', 'faults');
  }
  public async requests(from = 1, limit = 1000): Promise<RequestEntry[]> {
    return (await this.ask<{ requests: RequestEntry[] }>('GET', `requests?from=${from}&limit=${limit}`)).requests;
  }
  public async logWrites(on: boolean): Promise<void> {
    await this.ask('PUT', 'writes', { on });
  }
  public async writes(from = 1): Promise<WriteEntry[]> {
    return (await this.ask<{ writes: WriteEntry[] }>('GET', `writes?from=${from}`)).writes;
  }
  public clearWrites(): Promise<void> {
    return this.ask('DELETE', 'writes');
  }
  /** Moves the org's clock; undefined gives it the machine's time again. */
  public async setClock(now?: Date): Promise<Date> {
    return new Date((await this.ask<{ now: string }>('PUT', 'clock', { now: now?.toISOString() ?? null })).now);
  }
  public limits(maxima: Record<string, number> = {}): Promise<Record<string, { Max: number; Remaining: number }>> {
    return this.ask('PUT', 'limits', maxima);
  }
  /** Finishes the org's own background work, such as adding members to a site. */
  public settle(): Promise<void> {
    return this.ask('POST', 'settle');
  }
  /** Resolves when no Bulk job is being worked on. */
  public idle(): Promise<void> {
    return this.ask('POST', 'idle');
  }
  public async stop(): Promise<void> {
    await this.ask('POST', 'stop');
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(`${this.url}/practice/${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
    const text = await response.text();
    if (!response.ok) throw new ControlError(`${method} /practice/${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** A practice org in a temporary folder, served, with clients on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsforce from 'jsforce';
import { MovableClock } from '../../../src/practice/control/clock.js';
import { PracticeControl } from '../../../src/practice/control/client.js';
import { openPracticeOrg, type OrgOptions } from '../../../src/practice/org.js';
import type { PracticeOrg } from '../../../src/practice/contracts.js';
import { startPracticeServer, type PracticeServer, type ServerOptions } from '../../../src/practice/server.js';

export const ADMIN = 'admin@practice.example.com';

export type Fixture = {
  folder: string;
  org: PracticeOrg;
  server: PracticeServer;
  control: PracticeControl;
  token: string;
  conn: jsforce.Connection;
  /** A request with the admin's token; `version` 66.0. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
};

export type Answer = { status: number; body: any; headers: Headers }; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes

/** Clients that retry would hide what a fault does. */
const connection = (url: string, token: string): jsforce.Connection =>
  new jsforce.Connection({ instanceUrl: url, accessToken: token, version: '66.0', maxRequest: 20 });

export const request = async (
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {}
): Promise<Answer> => {
  const json = typeof body === 'object';
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: json ? JSON.stringify(body) : (body as string | undefined),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, headers: response.headers };
};

/** Starts one. Close it in `after`. */
export const startFixture = async (
  server: Partial<ServerOptions> = {},
  org: Partial<OrgOptions> = { scenario: { leads: 50 } }
): Promise<Fixture> => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-http-'));
  const clock = new MovableClock();
  const opened = openPracticeOrg({ folder, clock, ...org });
  const started = await startPracticeServer({
    org: opened,
    clock,
    logFile: join(folder, 'requests.ndjson'),
    ...server,
  });
  const control = new PracticeControl(started.url, started.controlToken);
  const { token } = await control.session(ADMIN);
  return {
    folder,
    org: opened,
    server: started,
    control,
    token,
    conn: connection(started.url, token),
    call: (method, path, body, headers) =>
      request(
        started.url,
        token,
        method,
        path.startsWith('/services') ? path : `/services/data/v66.0${path}`,
        body,
        headers
      ),
    close: async () => {
      await started.close();
      opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A practice org for tests, in this process, known to sf under an alias. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, StateAggregator } from '@salesforce/core';
import { MovableClock } from '../../src/practice/control/clock.js';
import { PracticeControl } from '../../src/practice/control/client.js';
import { openPracticeOrg, type OpenOrg } from '../../src/practice/org.js';
import type { Scenario } from '../../src/practice/scenario/scenario.js';
import { startPracticeServer, type PracticeServer, type ServerOptions } from '../../src/practice/server.js';

export const ADMIN = 'admin@practice.example.com';

export type TestOrg = {
  org: OpenOrg;
  server: PracticeServer;
  control: PracticeControl;
  /** What to pass as --target-org. */
  username: string;
  token: string;
  /** Rows of a query, as the administrator sees them. */
  query<T>(soql: string): T[];
  close(): Promise<void>;
};

export type TestOrgOptions = {
  leads?: number;
  /** In place of the example company with so many leads. */
  scenario?: Scenario;
  user?: string;
  server?: Partial<ServerOptions>;
};

/** Starts a server on a new org in a temporary folder. */
export async function startTestOrg({
  leads = 300,
  scenario = { leads },
  user = ADMIN,
  server: options,
}: TestOrgOptions = {}): Promise<TestOrg> {
  const folder = await mkdtemp(join(tmpdir(), 'channel-desk-org-'));
  const clock = new MovableClock();
  const org = openPracticeOrg({ folder, clock, scenario });
  const server = await startPracticeServer({ org, clock, logFile: join(folder, 'requests.ndjson'), ...options });
  const admin = org.access.open(ADMIN);
  const session = user === ADMIN ? admin : org.access.open(user);
  await register(server.url, session.user.Username, session.id);
  return {
    org,
    server,
    control: new PracticeControl(server.url, server.controlToken),
    username: session.user.Username,
    token: session.id,
    query: <T>(soql: string): T[] => {
      const records: unknown[] = [];
      for (
        let page = org.queries.query(soql, { session: admin });
        ;
        page = org.queries.more(page.locator!, { session: admin })
      ) {
        records.push(...page.records);
        if (page.done) return records as T[];
      }
    },
    close: async () => {
      await server.close();
      org.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a session the sf login of a user. */
export async function register(url: string, username: string, accessToken: string): Promise<void> {
  const fields = { accessToken, instanceUrl: url, loginUrl: url };
  const known = await (await StateAggregator.getInstance()).orgs.hasFile(username);
  const auth = await AuthInfo.create(known ? { username } : { accessTokenOptions: fields });
  await auth.save(known ? fields : undefined);
}

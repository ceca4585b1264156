/** The API calls of a sharing review of a practice org, counted by the org's own log. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, Connection } from '@salesforce/core';
import { readIdentity } from '../../src/org/read/index.js';
import { PracticeControl } from '../../src/practice/control/client.js';
import { openPracticeOrg, type OpenOrg } from '../../src/practice/org.js';
import { startPracticeServer } from '../../src/practice/server.js';
import { reviewSharing } from '../../src/sharing/review.js';

export type Calls = { rules: number; objects: number; counted: number; uncounted: number };

const ADMIN = 'admin@practice.example.com';

/** Calls of a review with so many owner-based rules on leads beside those of the example company. */
export async function reviewCalls(more: readonly number[]): Promise<Calls[]> {
  const folder = await mkdtemp(join(tmpdir(), 'channel-desk-bench-'));
  const org = openPracticeOrg({ folder, scenario: { leads: 300 } });
  const server = await startPracticeServer({ org, logFile: join(folder, 'requests.ndjson') });
  try {
    const { id: accessToken } = org.access.open(ADMIN);
    const login = { accessToken, instanceUrl: server.url, loginUrl: server.url };
    const conn = await Connection.create({ authInfo: await AuthInfo.create({ accessTokenOptions: login }) });
    const identity = await readIdentity(conn);
    const control = new PracticeControl(server.url, server.controlToken);
    const calls = async (counts: boolean): Promise<number> => {
      const before = (await control.requests()).length;
      await reviewSharing(conn, identity, { partnerRoles: 1, counts });
      return (await control.requests()).length - before;
    };
    const rows: Calls[] = [];
    for (const [round, count] of more.entries()) {
      addRules(org, count, round);
      const rules = org.tools.sharing.rules.list();
      const objects = new Set(rules.map(({ object }) => object)).size;
      rows.push({ rules: rules.length, objects, counted: await calls(true), uncounted: await calls(false) });
    }
    return rows;
  } finally {
    await server.close();
    org.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function addRules(org: OpenOrg, count: number, round: number): void {
  const [like] = org.tools.sharing.rules.list('Lead').filter(({ kind }) => kind === 'owner');
  const author = { tools: org.tools, userId: org.access.open(ADMIN).user.Id, now: org.clock.stamp() };
  for (let index = 0; index < count; index++) {
    const { id: _id, modifiedAt: _at, modifiedBy: _by, ...rule } = like!;
    org.tools.sharing.rules.put(author, { ...rule, name: `Bench_${round}_${index}`, label: `Bench ${index}` });
  }
}

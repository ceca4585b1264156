/**
 * Pages of 2,000 leads by GraphQL, and saves by a user who sees some fields only beside those of the administrator.
 * Run: `node --import tsx bench/practice-graphql.ts [leads]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../src/practice/contracts.js';
import { openPracticeOrg } from '../src/practice/org.js';
import { startPracticeServer } from '../src/practice/server.js';

const leads = Number(process.argv[2] ?? 20_000);
const ROUNDS = 5;

const PAGE = `query ($after: String) { uiapi { query { Lead(first: 2000, after: $after, upperBound: 1000000) {
  edges { cursor node { Id Name { value } Status { value label } Company { value } CreatedDate { value displayValue }
    Owner { ... on User { Name { value } } ... on Group { Name { value } } } } }
  pageInfo { endCursor hasNextPage } totalCount } } } }`;

const timed = async (label: string, work: () => unknown): Promise<void> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    times.push(Math.round(performance.now() - start));
  }
  console.log(`${label}: ${times.join(', ')} ms`);
};

const folder = mkdtempSync(join(tmpdir(), 'practice-graphql-'));
try {
  const org = openPracticeOrg({ folder, scenario: { leads } });
  const server = await startPracticeServer({ org, logFile: join(folder, 'requests.ndjson') });
  const admin = org.access.open('admin@practice.example.com');
  const ask = async (query: string): Promise<void> => {
    const headers = { authorization: `Bearer ${admin.id}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    const answer = await fetch(`${server.url}/services/data/v66.0/graphql`, { method: 'POST', headers, body });
    const { errors } = (await answer.json()) as { errors: object[] };
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  };
  await timed('page of 2,000 leads', () => ask(PAGE));
  await timed('page of 10 leads', () =>
    ask(PAGE.replace('first: 2000', 'first: 10').replace(', upperBound: 1000000', ''))
  );
  const minimum = `UPDATE "User" SET "ProfileId" = (SELECT "Id" FROM "Profile" WHERE "Name" LIKE 'Minimum Access%') WHERE "Id" = ?`;
  const nora = String(org.store.db.prepare(`SELECT "Id" AS id FROM "User" WHERE "Username" LIKE 'nora.%'`).get()!.id);
  org.store.db.prepare(minimum).run(nora);
  const ids = org.store.db.prepare('SELECT "Id" AS id FROM "Lead" WHERE "IsConverted" = 0 LIMIT 2000').all();
  const save = (session: Session): void => {
    const records = ids.map(({ id }) => ({ Id: String(id), LastName: 'Reed', Company: 'Lamps' }));
    const results = org.saver.save('update', 'Lead', records, { session, assignment: 'none', source: 'bulk' });
    const failed = results.find(({ success }) => !success);
    if (failed) throw new Error(JSON.stringify(failed.errors));
  };
  await timed(`update of ${ids.length} leads, administrator`, () => save(admin));
  await timed(`update of ${ids.length} leads, user who sees some fields`, () => save(org.access.open(nora)));
  await server.close();
  org.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

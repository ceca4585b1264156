/**
 * What record-level sharing costs queries and saves: a partner, a manager of many and the administrator.
 * Run: `node --import tsx bench/practice-sharing.ts [leads]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../src/practice/contracts.js';
import { openPracticeOrg } from '../src/practice/org.js';

const leads = Number(process.argv[2] ?? 100_000);

const timed = (label: string, work: () => unknown): void => {
  const start = performance.now();
  const result = work();
  console.log(`${label}: ${String(result)} in ${Math.round(performance.now() - start)} ms`);
};

const folder = mkdtempSync(join(tmpdir(), 'practice-sharing-'));
try {
  const org = openPracticeOrg({ folder, scenario: { leads } });
  const lead = org.catalog.require('Lead');
  const open = (where: string): Session => {
    const sql = `SELECT u."Username" FROM "User" u LEFT JOIN "UserRole" r ON r."Id" = u."UserRoleId" WHERE u."IsActive" = 1 AND ${where} ORDER BY u."Id" LIMIT 1`;
    return org.access.open(String(org.store.db.prepare(sql).get()!.Username));
  };
  const users = {
    administrator: open('u."Username" LIKE \'admin%\''),
    'vice president of sales': open('r."Name" = \'VP Sales\''),
    partner: open('u."UserType" = \'PowerPartner\' AND u."PortalRole" = \'User\''),
  };
  const ids = org.store.db
    .prepare('SELECT "Id" FROM "Lead" ORDER BY "Id" LIMIT 200')
    .all()
    .map(({ Id }) => String(Id));
  for (const [name, session] of Object.entries(users)) {
    const count = (soql: string): number => org.queries.query(soql, { session }).totalSize;
    timed(`${name}, first count`, () => count('SELECT COUNT() FROM Lead'));
    timed(`${name}, count again`, () => count('SELECT COUNT() FROM Lead'));
    timed(`${name}, first 200 by name`, () => count('SELECT Id, Name, Owner.Name FROM Lead ORDER BY Name LIMIT 200'));
    timed(`${name}, access to 200`, () => org.sharing.accessTo(session.user.Id, lead, ids).size);
    timed(`${name}, access to one`, () => org.sharing.access(session.user.Id, lead, ids[0]!).read);
    timed(`${name}, contacts`, () => count('SELECT COUNT() FROM Contact'));
  }
  const { partner } = users;
  const own = org.store.db
    .prepare('SELECT "Id" FROM "Lead" WHERE "OwnerId" = ? AND "IsConverted" = 0 LIMIT 2000')
    .all(partner.user.Id)
    .map(({ Id }) => ({ Id: String(Id), City: 'Leeds' }));
  timed('partner, update of his own', () => {
    const results = org.saver.save('update', 'Lead', own, { session: partner, assignment: 'none', source: 'rest' });
    return results.filter(({ success }) => success).length;
  });
  org.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

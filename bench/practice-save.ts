/**
 * Bulk update of { Id, OwnerId } on leads through the saver, in transactions of 200, and what seeding and opening cost.
 * Run: `node --import tsx bench/practice-save.ts [leads] [owners] [rows a call]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPracticeOrg } from '../src/practice/org.js';

const leads = Number(process.argv[2] ?? 200_000);
const ownerCount = Number(process.argv[3] ?? 50);
/** Rows a call, as the bulk room hands them over; the saver makes transactions of 200 of them. */
const CHUNK = Number(process.argv[4] ?? 2000);

const timed = <T>(label: string, rows: number, work: () => T): T => {
  const start = performance.now();
  const result = work();
  const seconds = (performance.now() - start) / 1000;
  console.log(`${label}: ${rows} rows in ${seconds.toFixed(2)} s, ${Math.round(rows / seconds)} rows/s`);
  return result;
};

const folder = mkdtempSync(join(tmpdir(), 'practice-save-'));
try {
  const org = timed('open and seed', leads, () => openPracticeOrg({ folder, scenario: { leads } }));
  const session = org.access.open('admin@practice.example.com');
  const ids = (sql: string): string[] =>
    org.store.db
      .prepare(sql)
      .all()
      .map((row) => String(row.Id));
  const owners = ids(
    `SELECT "Id" FROM "User" WHERE "IsActive" = 1 AND "UserType" = 'PowerPartner' ORDER BY "Id" LIMIT ${ownerCount}`
  );
  const open = ids('SELECT "Id" FROM "Lead" WHERE "IsConverted" = 0 ORDER BY "Id"');
  for (const logged of [false, true]) {
    org.logWrites = logged;
    timed(`update of OwnerId${logged ? ', write log on' : ''}`, open.length, () => {
      for (let from = 0; from < open.length; from += CHUNK) {
        const records = open
          .slice(from, from + CHUNK)
          .map((Id, index) => ({ Id, OwnerId: owners[(from + index + Number(logged)) % owners.length]! }));
        const results = org.saver.save('update', 'Lead', records, { session, assignment: 'none', source: 'bulk' });
        if (results.some((result) => !result.success)) throw new Error(JSON.stringify(results));
      }
    });
  }
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  org.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

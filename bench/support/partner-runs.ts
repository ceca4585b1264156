/** Enables and invites the partners of generated files, at several sizes, and prints what each took. */
import type { DaemonOrg } from '../../test/helpers/daemon.js';
import { leastOfEnable, leastOfInvite, leastOfUndo, type Least } from './least-calls.js';
import { writePartnerFiles, type Partners } from './partner-files.js';
import { enableArgs, inviteArgs, openOrg, runCommand, type Run } from './partner-org.js';
import { totalOf } from './phases.js';
import { printTable } from './run.js';

type Row = { name: string; rows: number; run: Run; least: Least };

/** Each size on an org of its own. @param listCalls whether each request is printed too */
export async function measureSizes(home: string, sizes: readonly number[], listCalls: boolean): Promise<void> {
  const peaks: Row[][] = [];
  for (const [at, size] of sizes.entries()) {
    const files = await writePartnerFiles(home, `s${at}`, size);
    const org = await openOrg();
    try {
      peaks.push(await measureOne(home, org, files, listCalls));
    } finally {
      await org.close();
    }
  }
  const [small, large] = [peaks[0]!, peaks.at(-1)!];
  console.log('\nPeak memory of the command, in MB');
  const cells = large.map(({ name, rows, run }, at) => {
    const [less, more] = [small[at]!.run.rss, run.rss];
    return [name, `${small[at]!.rows}: ${less.toFixed(0)}`, `${rows}: ${more.toFixed(0)}`, (more / less).toFixed(2)];
  });
  printTable([['', 'a tenth', 'the whole', 'ratio'], ...cells]);
}

async function measureOne(home: string, org: DaemonOrg, files: Partners, listCalls: boolean): Promise<Row[]> {
  const { accounts, emails } = files;
  console.log(`\n${accounts.length} accounts, ${emails.length} users`);
  const enable = await runCommand(home, org, enableArgs(files.accountsFile));
  await org.control.clearOutbox();
  const invite = await runCommand(home, org, inviteArgs(files.peopleFile));
  const mails = (await org.control.outbox({ kind: 'welcome' })).length;
  const users = org.rows<{ n: number }>(
    "SELECT count(*) AS n FROM User WHERE IsActive = 1 AND Username LIKE '%.example'"
  )[0]!.n;
  const undo = await runCommand(home, org, ['run', 'undo', invite.run, '--no-prompt']);
  const rows: Row[] = [
    { name: 'partner enable', rows: accounts.length, run: enable, least: leastOfEnable(files) },
    { name: 'partner invite', rows: emails.length, run: invite, least: leastOfInvite(files) },
    { name: 'run undo (of the invite)', rows: emails.length, run: undo, least: leastOfUndo(files) },
  ];
  show(rows);
  console.log(`users made: ${users}; welcome mails in the outbox: ${mails}, planned: ${invite.result.cost.emails}`);
  if (listCalls) for (const { name, run } of rows) list(name, run);
  return rows;
}

function show(rows: readonly Row[]): void {
  const cells = rows.map(({ name, rows: count, run: { seconds, rss, phases }, least }) => {
    const total = totalOf(phases);
    const { planning, looking, writing, proving } = phases;
    const calls = [planning, looking, writing, proving, total, least.calls].map(String);
    return [name, String(count), seconds.toFixed(1), rss.toFixed(0), ...calls, (total / least.calls).toFixed(3)];
  });
  const phases = ['planning', 'looking', 'writing', 'proving'];
  printTable([['', 'rows', 'seconds', 'peak MB', ...phases, 'API calls', 'least', 'ratio'], ...cells]);
  for (const { name, least } of rows) console.log(`least of ${name}: ${least.formula}`);
}

function list(name: string, { requests }: Run): void {
  console.log(`\n${name}`);
  for (const { time, method, path, query, bytes, duration } of requests) {
    console.log(
      `${time.slice(14, 23)} ${method} ${path}${query && `?${query.slice(0, 60)}`} ${bytes} B ${duration} ms`
    );
  }
}

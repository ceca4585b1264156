/** A run that meets locked rows and is killed in the middle, then resumed: everybody exactly once. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonOrg } from '../../test/helpers/daemon.js';
import { writePartnerFiles, type Partners } from './partner-files.js';
import { commandArgs, enableArgs, inviteArgs, openOrg, OURS, runCommand, runFolder } from './partner-org.js';

/** Every so many-th row cannot be locked, in the first so many saves of users. */
const LOCKS = { kind: 'lock-rows', object: 'User', every: 20, count: 10 };

/** Runs on a new org and prints what became of the rows. */
export async function killAndResume(folder: string, accounts: number): Promise<void> {
  const org = await openOrg();
  try {
    const files = await writePartnerFiles(folder, 'k', accounts);
    await runCommand(folder, org, enableArgs(files.accountsFile));
    await org.control.setFaults([LOCKS]);
    console.log(
      `\nWith faults: every ${LOCKS.every}th row locked in the first ${LOCKS.count} saves of users, then SIGKILL`
    );
    const users = await killHalfway(org, files);
    const [faults] = await org.control.faults();
    console.log(`killed at ${users} of ${files.emails.length} users; ${faults?.fired} saves had met locked rows`);
    const run = basename(await runFolder('-invite-'));
    const resumed = await runCommand(folder, org, ['run', 'resume', run]);
    console.log(`resumed in ${resumed.seconds.toFixed(1)} s, ${resumed.requests.length} API calls:`);
    report(org, files);
  } finally {
    await org.close();
  }
}

/** Kills the command when the org has about half of the users. @returns how many it had when the process was gone */
async function killHalfway(org: DaemonOrg, files: Partners): Promise<number> {
  const before = countUsers(org);
  const args = [OURS, ...commandArgs(org, inviteArgs(files.peopleFile))];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
  while (child.exitCode === null && countUsers(org) - before < files.emails.length / 2) await sleep(20);
  if (child.exitCode !== null) throw new Error('The command ended before it could be killed.');
  child.kill('SIGKILL');
  await gone;
  return countUsers(org) - before;
}

const countUsers = (org: DaemonOrg): number => org.rows<{ n: number }>('SELECT count(*) AS n FROM User')[0]!.n;

function report(org: DaemonOrg, { accounts, emails }: Partners): void {
  const of = (sql: string): string[] => org.rows<{ key: string }>(sql).map(({ key }) => key);
  const lines: Array<[string, readonly string[], string[]]> = [
    ['accounts', accounts, of('SELECT Name AS key FROM Account WHERE IsPartner = 1')],
    ['contacts', emails, of('SELECT Email AS key FROM Contact WHERE IsDeleted IS NOT 1')],
    [
      'users',
      emails,
      of('SELECT c.Email AS key FROM User u JOIN Contact c ON c.Id = u.ContactId WHERE u.IsActive = 1'),
    ],
  ];
  for (const [what, wanted, found] of lines) console.log(`  ${lineOf(what, wanted, found)}`);
}

function lineOf(what: string, wanted: readonly string[], found: readonly string[]): string {
  const times = new Map(wanted.map((key) => [key, 0]));
  for (const key of found) if (times.has(key)) times.set(key, times.get(key)! + 1);
  const counts = [...times.values()];
  const many = (test: (count: number) => boolean): number => counts.filter(test).length;
  const missing = many((count) => count === 0);
  return `${wanted.length - missing} ${what}, ${many((count) => count > 1)} twice, ${missing} missing`;
}

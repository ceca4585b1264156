/** A practice org with seats for thousands of partner users, and our commands run on it as processes. */
import { glob, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RequestEntry } from '../../src/practice/log/request-log.js';
import { DaemonOrg } from '../../test/helpers/daemon.js';
import { phasesOf, type Phases } from './phases.js';
import { measured, type Measured } from './run.js';

export const OURS = join(import.meta.dirname, '../../bin/run.js');

/** Member of a Live site that welcomes everybody. */
const PROFILE = 'Example Partner';

export type Run = Measured & { run: string; result: Result; requests: RequestEntry[]; phases: Phases };
type Result = { run: string; receipt: { state: string }; cost: { apiCalls: number; formula: string; emails: number } };

export const openOrg = async (): Promise<DaemonOrg> => {
  const org = await DaemonOrg.start(0, { scenario: { leads: 0, seats: { PID_Partner_Community: 10_000 } } });
  await org.control.logWrites(false);
  return org;
};

export const enableArgs = (file: string): string[] => [
  ...['partner', 'enable', '--file', file],
  ...['--partner-roles', '1', '--no-prompt'],
];

export const inviteArgs = (file: string): string[] => [
  ...['partner', 'invite', '--file', file],
  ...['--profile', PROFILE, '--accept-mails', '--no-prompt'],
];

/** All that a command on an org needs besides what it is to do. */
export const commandArgs = ({ username }: DaemonOrg, args: readonly string[]): string[] => [
  'channel',
  ...args,
  '--target-org',
  username,
  '--json',
];

/** Runs a command to its end. @throws Error where it was not done whole */
export async function runCommand(home: string, org: DaemonOrg, args: readonly string[]): Promise<Run> {
  const from = (await org.control.status()).requests + 1;
  const process = await measured(home, OURS, commandArgs(org, args));
  const { code, stdout, stderr } = process;
  if (code !== 0) throw new Error(`exit ${code}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`);
  const { result } = JSON.parse(stdout) as { result: Result };
  const run = result.run ?? (result.receipt as unknown as { run: string }).run;
  const all = await org.control.requests(from, 100_000);
  const requests = all.filter(({ path }) => !path.startsWith('/practice/'));
  const plannedAt = await planTime(run);
  return { ...process, run, result, requests, phases: phasesOf(requests, plannedAt) };
}

/** When the plan of a run was written; nothing changes it afterwards. */
async function planTime(run: string): Promise<number> {
  const folder = await runFolder(run);
  return (await stat(join(folder, 'plan.json'))).mtimeMs;
}

/** Folder of a run, by its id or by what is in its id. */
export async function runFolder(pattern: string): Promise<string> {
  const root = process.env.XDG_DATA_HOME!;
  const found: string[] = [];
  for await (const file of glob(`*/channel/runs/*${pattern}*/plan.json`, { cwd: root })) found.push(dirname(file));
  const last = found.sort().at(-1);
  if (last === undefined) throw new Error(`There is no run ${pattern}.`);
  return join(root, last);
}

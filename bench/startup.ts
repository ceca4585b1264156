/** Start-up of commands against `sf data query` on the same org: `npm run bench -- startup`. Medians of seven. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../test/helpers/home.js';
import { measured, printTable } from './support/run.js';

const { DaemonOrg } = await import('../test/helpers/daemon.js');
const root = join(import.meta.dirname, '..');
const SF = join(root, 'tools/sf/node_modules/@salesforce/cli/bin/run.js');
const OURS = join(root, 'bin/run.js');
const ROUNDS = 7;

const home = await mkdtemp(join(tmpdir(), 'channel-desk-bench-'));
const org = await DaemonOrg.start(100);
const COMMANDS: Array<[name: string, script: string, args: string[]]> = [
  [
    'sf data query',
    SF,
    ['data', 'query', '--query', 'SELECT Id FROM Account LIMIT 1', '--target-org', org.username, '--json'],
  ],
  ['channel status', OURS, ['channel', 'status', '--target-org', org.username, '--json']],
  ['channel run list', OURS, ['channel', 'run', 'list', '--json']],
  ['channel lead distribute --help', OURS, ['channel', 'lead', 'distribute', '--help']],
];

async function timed(name: string, script: string, args: string[]): Promise<number> {
  const { seconds, code, stderr } = await measured(home, script, args);
  if (code !== 0) throw new Error(`${name}: exit ${code}\n${stderr}`);
  return seconds;
}

try {
  const times = new Map(COMMANDS.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, script, args] of COMMANDS) {
      times.get(name)!.push(await timed(name, script, args));
    }
  }
  const median = (name: string): number => times.get(name)!.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  const base = median('sf data query');
  printTable([
    ['', 'seconds', 'ratio'],
    ...COMMANDS.map(([name]) => [name, median(name).toFixed(2), (median(name) / base).toFixed(2)]),
  ]);
} finally {
  await org.close();
  await rm(home, { recursive: true, force: true });
}

/**
 * `npm test`: lint, layers, then every test. `npm test -- unit scenarios` runs only the groups named. Prints what was
 * skipped and why, and closes with the totals.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'channel-desk-test-'));

/** Groups of test files that mocha runs; unit tests of Lightning components are run by Jest. */
const GROUPS = {
  unit: globSync('test/{leads,prm,runs,org,report,status,contract,sharing,partners}/**/*.test.ts', { cwd: root }),
  practice: globSync('test/practice/**/*.test.ts', { cwd: root }),
  scenarios: globSync('test/scenarios/*.test.ts', { cwd: root }).filter((file) => !/crash|sf-cli|partner-/.test(file)),
  partners: globSync('test/scenarios/partner-*.test.ts', { cwd: root }),
  'sf-cli': ['test/scenarios/sf-cli.test.ts'],
  package: globSync('test/package/**/*.test.ts', { cwd: root }),
  browser: globSync('test/browser/*.test.ts', { cwd: root }),
  crash: globSync('test/scenarios/crash*.test.ts', { cwd: root }),
};

const wanted = process.argv.slice(2);
const OTHERS = ['lint', 'components'];
const unknown = wanted.filter((name) => !OTHERS.includes(name) && !(name in GROUPS));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown group ${unknown.join(', ')}. Groups: ${[...OTHERS, ...Object.keys(GROUPS)].join(', ')}\n`
  );
  process.exit(1);
}
const asked = (name) => wanted.length === 0 || wanted.includes(name);

const totals = { passes: 0, failures: 0, pending: 0, skipped: [] };

/** Long groups first, so that the lanes end at about the same time. */
const ORDER = [
  'scenarios',
  'crash',
  'sf-cli',
  'unit',
  'browser',
  'package',
  'practice',
  'partners',
  'lint',
  'components',
];

// What processes of the tests compile is compiled once: most of them are the same program, started again.
process.env.NODE_COMPILE_CACHE ??= join(work, 'compiled');

let broken = false;
const waiting = wanted.length > 0 ? [...OTHERS, ...Object.keys(GROUPS)].filter(asked) : ORDER;

/**
 * Two groups run side by side: a lane that has ended one takes the next that waits. The first lane is shown as it goes; what
 * the second one says is shown when a group of it ends. `npm test -- GROUP …` runs one lane.
 */
const lanes = wanted.length > 0 || availableParallelism() < 2 ? [false] : [false, true];
await Promise.all(lanes.map(runLane));

for (const title of totals.skipped) process.stdout.write(`skipped: ${title}\n`);
process.stdout.write(`\n${totals.passes} passed, ${totals.failures} failed, ${totals.pending} skipped\n`);
rmSync(work, { recursive: true, force: true });
process.exit(broken || totals.failures > 0 || totals.passes === 0 ? 1 : 0);

async function runLane(quiet) {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    broken = !(await task(name, quiet)) || broken;
  }
}

function task(name, quiet) {
  if (name === 'lint') return run(name, [join(root, 'tools', 'lint.mjs')], {}, quiet);
  return name === 'components' ? jest(name, quiet) : mocha(name, GROUPS[name], quiet);
}

async function jest(name, quiet) {
  const file = join(work, `${name}.json`);
  const script = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const ok = await run(name, [script, '--ci', '--maxWorkers=1', '--json', `--outputFile=${file}`], {}, quiet, true);
  if (!existsSync(file)) return false;
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
  totals.passes += numPassedTests;
  totals.failures += numFailedTests;
  totals.pending += numPendingTests;
  return ok;
}

async function mocha(name, files, quiet) {
  const file = join(work, `${name}.json`);
  const script = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [script, '--reporter', join(root, 'tools', 'reporter.cjs'), ...files];
  const ok = await run(name, args, { CHANNEL_TEST_TOTALS: file }, quiet);
  if (!existsSync(file)) return false;
  const group = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of ['passes', 'failures', 'pending']) totals[key] += group[key];
  totals.skipped.push(...group.skipped);
  return ok;
}

/** Runs a script of Node. `quiet` keeps what it says until it ends; `mute` shows its errors alone. @returns whether it ended well */
async function run(name, args, env = {}, quiet = false, mute = false) {
  const started = performance.now();
  if (!quiet) process.stdout.write(`\n== ${name}\n`);
  const stdio = ['ignore', mute ? 'ignore' : quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
  const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const status = await new Promise((done) => child.on('close', done));
  if (quiet) process.stdout.write(`\n== ${name}, beside the others\n${said}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`== ${name}: ${status === 0 ? 'ok' : 'failed'} (${seconds} s)\n`);
  return status === 0;
}

/**
 * `npm test`: lint, layers, then every test. `npm test -- unit scenarios` runs only the groups named. Prints what was
 * skipped and why, and closes with the totals.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'channel-desk-test-'));

/** Groups of test files. The practice org is the judge of the rest, so it is tested first. */
const GROUPS = {
  unit: globSync('test/{leads,prm,runs,org,report,status,contract,sharing,partners}/**/*.test.ts', { cwd: root }),
  practice: globSync('test/practice/**/*.test.ts', { cwd: root }),
  scenarios: globSync('test/scenarios/*.test.ts', { cwd: root }).filter((file) => !/crash|sf-cli/.test(file)),
  'sf-cli': ['test/scenarios/sf-cli.test.ts'],
  crash: globSync('test/scenarios/crash*.test.ts', { cwd: root }),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== 'lint' && !(name in GROUPS));
if (unknown.length > 0) {
  process.stderr.write(`Unknown group ${unknown.join(', ')}. Groups: lint, ${Object.keys(GROUPS).join(', ')}\n`);
  process.exit(1);
}
const asked = (name) => wanted.length === 0 || wanted.includes(name);

const totals = { passes: 0, failures: 0, pending: 0, skipped: [] };
let broken = asked('lint') && !run('lint', join(root, 'tools', 'lint.mjs'));
for (const [name, files] of Object.entries(GROUPS)) if (asked(name)) broken = !mocha(name, files) || broken;

for (const title of totals.skipped) process.stdout.write(`skipped: ${title}\n`);
process.stdout.write(`\n${totals.passes} passed, ${totals.failures} failed, ${totals.pending} skipped\n`);
rmSync(work, { recursive: true, force: true });
process.exit(broken || totals.failures > 0 || totals.passes === 0 ? 1 : 0);

function mocha(name, files) {
  const file = join(work, `${name}.json`);
  const ok = run(
    name,
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ['--reporter', join(root, 'tools', 'reporter.cjs'), ...files],
    {
      CHANNEL_TEST_TOTALS: file,
    }
  );
  if (!existsSync(file)) return false;
  const group = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of ['passes', 'failures', 'pending']) totals[key] += group[key];
  totals.skipped.push(...group.skipped);
  return ok;
}

function run(name, script, args = [], env = {}) {
  process.stdout.write(`\n== ${name}\n`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  process.stdout.write(
    `== ${name}: ${status === 0 ? 'ok' : 'failed'} (${((performance.now() - started) / 1000).toFixed(0)} s)\n`
  );
  return status === 0;
}

/** Lint, format, types of the tests, and the layers. Stops at the first that fails. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (...parts) => join(root, 'node_modules', ...parts);

const CHECKS = [
  [
    'eslint',
    bin('eslint', 'bin', 'eslint.js'),
    '.',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    '.cache/eslint',
  ],
  ['prettier', bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['types of tests and benchmarks', bin('typescript', 'bin', 'tsc'), '-p', 'test/tsconfig.json'],
  ['layers', bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), 'src', '--output-type', 'err'],
];

for (const [name, script, ...args] of CHECKS) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`Failed: ${name}\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`ok  ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
}

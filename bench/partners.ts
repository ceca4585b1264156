/**
 * Partners from CSV files, `partner enable` and `partner invite`, against a practice org in a process of its own:
 * `npm run bench -- partners [--accounts 1000] [--calls]`. Three people an account. Prints wall time, API calls by phase beside
 * the least by formula, peak memory of the command at a tenth and at the whole; then a run that is killed and resumed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '../test/helpers/home.js';

const { values } = parseArgs({
  options: { accounts: { type: 'string', default: '1000' }, calls: { type: 'boolean', default: false } },
});
const accounts = Number(values.accounts);
process.env.SF_CHANNEL_BACKOFF_MS = '1000';
const { measureSizes } = await import('./support/partner-runs.js');
const { killAndResume } = await import('./support/partner-faults.js');

const folder = await mkdtemp(join(tmpdir(), 'channel-desk-bench-'));
try {
  await measureSizes(folder, [Math.ceil(accounts / 10), accounts], values.calls);
  await killAndResume(folder, accounts);
} finally {
  await rm(folder, { recursive: true, force: true });
}

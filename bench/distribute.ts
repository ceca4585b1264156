/**
 * `sf channel lead distribute` against the raw transport of the same rows by the sf CLI, in one run on one practice org:
 * `npm run bench -- distribute [--leads 1000000]`. Prints wall time, peak memory of the command's process, API calls.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import '../test/helpers/home.js';
import { measured, printTable, type Measured } from './support/run.js';

const { DaemonOrg } = await import('../test/helpers/daemon.js');
const { values } = parseArgs({ options: { leads: { type: 'string', default: '1000000' } } });
const LEADS = Number(values.leads);
const root = join(import.meta.dirname, '..');
const SF = join(root, 'tools/sf/node_modules/@salesforce/cli/bin/run.js');
const OURS = join(root, 'bin/run.js');
const QUEUES = ['North', 'South', 'East', 'West', 'Nordics', 'Alps', 'Atlantic', 'Americas'].map(
  (name) => `Partner Leads ${name}`
);

const home = await mkdtemp(join(tmpdir(), 'channel-desk-bench-'));
process.env.SF_CHANNEL_BACKOFF_MS = '1000';

type Org = Awaited<ReturnType<typeof DaemonOrg.start>>;
let org: Org;

/** Opens a practice org; `delay` is the time in ms that a Bulk job waits before the org takes it up. */
async function open(leads: number, delay = 0): Promise<void> {
  console.log(`\nSeeding a practice org with ${leads.toLocaleString('en')} leads ...`);
  org = await DaemonOrg.start(leads, { bulk: { delay } });
  await org.control.logWrites(false);
}

/** A condition that selects about so many open leads. */
function selecting(count: number): { where: string; rows: number } {
  const [last] = org.rows<{ Id: string }>(
    `SELECT Id FROM Lead WHERE IsConverted = 0 ORDER BY Id LIMIT 1 OFFSET ${count - 1}`
  );
  return { where: `IsConverted = false AND Id <= '${last!.Id}'`, rows: count };
}

type Figures = { seconds: number; rss: number; calls: number };

async function counted(work: () => Promise<Measured[]>): Promise<Figures> {
  const before = (await org.control.status()).requests;
  const runs = await work();
  for (const { code, stdout, stderr } of runs)
    if (code !== 0) throw new Error(`exit ${code}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`);
  const calls = (await org.control.status()).requests - before - 1;
  return {
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    rss: Math.max(...runs.map((run) => run.rss)),
    calls,
  };
}

/** Export of ids and owners, then update of the same rows; making the file of new owners is not counted. */
function raw(where: string): Promise<Figures> {
  const exported = join(home, 'export.csv');
  const upload = join(home, 'upload.csv');
  const common = ['--target-org', org.username, '--wait', '60', '--json'];
  return counted(async () => {
    const soql = `SELECT Id, OwnerId FROM Lead WHERE ${where}`;
    const first = await measured(home, SF, [
      'data',
      'export',
      'bulk',
      '--query',
      soql,
      '--output-file',
      exported,
      ...common,
    ]);
    await newOwners(exported, upload);
    return [
      first,
      await measured(home, SF, ['data', 'update', 'bulk', '--sobject', 'Lead', '--file', upload, ...common]),
    ];
  });
}

async function newOwners(source: string, target: string): Promise<void> {
  const owners = org.rows<{ Id: string }>(
    `SELECT Id FROM "Group" WHERE Name IN (${QUEUES.map((name) => `'${name}'`).join(',')})`
  );
  const out = createWriteStream(target);
  let row = 0;
  for await (const line of createInterface({ input: createReadStream(source) })) {
    if (row === 0) out.write('Id,OwnerId\n');
    else if (line !== '') out.write(`${line.split(',')[0]!.replaceAll('"', '')},${owners[row % owners.length]!.Id}\n`);
    row += 1;
  }
  await new Promise<void>((resolve) => out.end(resolve));
}

function ours(where: string): Promise<Figures> {
  const args = [
    'channel',
    'lead',
    'distribute',
    '--target-org',
    org.username,
    '--where',
    where,
    '--fresh',
    '--no-prompt',
    '--json',
  ];
  return counted(async () => [await measured(home, OURS, [...args, ...QUEUES.flatMap((name) => ['--to', name])])]);
}

async function compare(count: number): Promise<void> {
  const { where, rows } = selecting(count);
  console.log(`\n${rows.toLocaleString('en')} leads`);
  const table = [['', 'seconds', 'rows/s', 'peak MB', 'API calls']];
  const show = (name: string, { seconds, rss, calls }: Figures): void => {
    table.push([
      name,
      seconds.toFixed(1),
      Math.round(rows / seconds).toLocaleString('en'),
      rss.toFixed(0),
      String(calls),
    ]);
  };
  const theirs = await raw(where);
  show('sf data export bulk + update bulk', theirs);
  const figures = await ours(where);
  show('sf channel lead distribute', figures);
  printTable(table);
  console.log(
    `ratio of wall times: ${(figures.seconds / theirs.seconds).toFixed(2)} (${(theirs.seconds / figures.seconds).toFixed(1)} times as fast)`
  );
}

/** Time that a small Bulk job waits in a queue, in ms. Real orgs take seconds; the practice org takes none. */
const PICK_UP = 1000;

try {
  await open(2000, PICK_UP);
  console.log(`Bulk jobs are taken up after ${PICK_UP / 1000} s.`);
  await compare(200);
  await org!.close();
  await open(Math.ceil(LEADS * 1.1));
  console.log('Bulk jobs are taken up at once.');
  for (const count of [200, LEADS]) await compare(count);
} finally {
  await org!.close();
  await rm(home, { recursive: true, force: true });
}

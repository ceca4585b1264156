/**
 * Kills the command before and after everything it forces to disk, and the server before and after its commits, and
 * proves from the practice org's own write log that every lead was written exactly once.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRowSet, RunStore, summarize, type RunFolder } from '../../src/runs/index.js';
import { DaemonOrg } from '../helpers/daemon.js';
import { momentsOf, todays } from '../helpers/moments.js';
import { spawnCommand, type SpawnOutcome } from '../helpers/spawn-command.js';

const QUEUES = ['Partner Leads North', 'Partner Leads South', 'Partner Leads East'];
const store = new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel'));

type Lead = { Id: string; OwnerId: string };

describe('crashes', function () {
  this.timeout(240_000);
  let org: DaemonOrg;
  let folder: string;
  let free: string[];
  let used = 0;

  before(async () => {
    folder = await mkdtemp(join(process.env.HOME!, 'crash-'));
    org = await DaemonOrg.start(50_000);
    const targets = QUEUES.map((name) => `'${name}'`).join(',');
    free = org
      .rows<Lead>(
        `SELECT Id FROM Lead WHERE IsConverted = 0 AND OwnerId NOT IN (SELECT Id FROM "Group" WHERE Name IN (${targets})) ORDER BY Id`
      )
      .map(({ Id }) => Id);
  });
  after(() => org.close());

  /** A file with leads that no other test touches. */
  async function leadFile(count: number): Promise<string> {
    const ids = free.slice(used, used + count);
    expect(ids).to.have.length(count);
    used += count;
    const file = join(folder, `leads-${used}.csv`);
    await writeFile(file, ['Id', ...ids].join('\n'));
    return file;
  }

  const distribute = (file: string, env: Record<string, string>): Promise<SpawnOutcome> =>
    spawnCommand(
      [
        'channel',
        'lead',
        'distribute',
        '--target-org',
        org.username,
        '--file',
        file,
        '--fresh',
        '--no-prompt',
        '--json',
        ...QUEUES.flatMap((name) => ['--to', name]),
      ],
      env
    );

  const resume = (run: RunFolder, env: Record<string, string>): Promise<SpawnOutcome> =>
    spawnCommand(['channel', 'run', 'resume', run.id, '--target-org', org.username, '--json'], env);

  /** The run of a file, if it got as far as being applied. */
  async function runOf(file: string): Promise<RunFolder | undefined> {
    for (const run of await store.list()) {
      const plan = await run.readPlan().catch(() => undefined);
      if (plan?.details.selection === `ids in ${file}` && (await summarize(run)).state !== 'planned') return run;
    }
    return undefined;
  }

  /** Every lead of the file has the owner of the plan, and was written once. */
  async function expectExactlyOnce(file: string): Promise<void> {
    const run = (await runOf(file))!;
    expect((await summarize(run)).state).to.equal('done');
    const planned = (await Array.fromAsync(readRowSet(run.rows('owners')))).flat();
    const ids = planned.map(({ id }) => `'${id}'`).join(',');
    const counted = `SELECT record, count(*) AS n FROM practice_write_log WHERE record IN (${ids}) GROUP BY record`;
    const writes = new Map(org.rows<{ record: string; n: number }>(counted).map(({ record, n }) => [record, n]));
    const leads = org.rows<Lead>(`SELECT Id, OwnerId FROM Lead WHERE Id IN (${ids})`);
    const owners = new Map(leads.map(({ Id, OwnerId }) => [Id, OwnerId]));
    for (const { id, value } of planned) {
      expect(owners.get(id), `owner of ${id}`).to.equal(value);
      expect(writes.get(id), `writes of ${id}`).to.equal(1);
    }
    expect(planned.length).to.equal((await readFile(file, 'utf8')).trim().split('\n').length - 1);
  }

  /** When to kill a run of so many leads, from one that is not killed. */
  async function killsOf(rows: number, env: Record<string, string>): Promise<string[]> {
    const trace = join(folder, `trace-${rows}`);
    const file = await leadFile(rows);
    const { code, stderr } = await distribute(file, { ...env, CHANNEL_TEST_TRACE: trace });
    expect(code, stderr).to.equal(0);
    await expectExactlyOnce(file);
    return todays(momentsOf(await readFile(trace, 'utf8'), 8));
  }

  async function killAndResume(rows: number, env: Record<string, string>, kill: string): Promise<void> {
    const file = await leadFile(rows);
    const killed = await distribute(file, { ...env, CHANNEL_TEST_KILL: kill });
    expect(killed.signal, `${kill}: ${killed.stdout}${killed.stderr}`).to.equal('SIGKILL');
    const run = await runOf(file);
    const next = await (run ? resume(run, env) : distribute(file, env));
    expect(next.code, `${kill}: ${next.stdout}${next.stderr}`).to.equal(0);
    await expectExactlyOnce(file);
  }

  /** Two at a time: the leads are disjoint, and there are two cores. @returns how often it was killed */
  async function killEverywhere(rows: number, env: Record<string, string>): Promise<number> {
    const kills = await killsOf(rows, env);
    const count = kills.length;
    const worker = async (): Promise<void> => {
      for (let kill = kills.shift(); kill !== undefined; kill = kills.shift()) await killAndResume(rows, env, kill);
    };
    await Promise.all([worker(), worker()]);
    return count;
  }

  it('resumes a run of 150 leads (collections) killed at any disk write', async () => {
    expect(await killEverywhere(150, {})).to.be.at.least(5);
  });

  it('resumes a run of 1,000 leads (Bulk, several jobs) killed at any disk write', async () => {
    expect(await killEverywhere(1000, { SF_CHANNEL_JOB_ROWS: '400' })).to.be.at.least(10);
  });

  it('announces every write on disk before it is sent', async () => {
    const trace = join(folder, 'trace');
    const file = await leadFile(900);
    const { code } = await distribute(file, {
      SF_CHANNEL_JOB_ROWS: '400',
      SF_CHANNEL_JOBS_AT_ONCE: '1',
      CHANNEL_TEST_TRACE: trace,
    });
    expect(code).to.equal(0);
    const events = (await readFile(trace, 'utf8')).trim().split('\n');
    const before = (index: number, wanted: string): void => {
      const journal = events.lastIndexOf(wanted, index);
      expect(journal, `${wanted} before ${events[index]}`).to.be.at.least(0);
      expect(events.indexOf('datasync', journal)).to.be.below(index);
    };
    const sent = events.flatMap((event, index) =>
      /^request (POST|PATCH|PUT) .*jobs\/ingest/.test(event) ? [index] : []
    );
    expect(sent.length).to.equal(9);
    for (const index of sent) {
      const [, method] = events[index]!.split(' ');
      before(index, { POST: 'journal unit', PUT: 'journal opened', PATCH: 'journal closing' }[method!]!);
    }
  });

  const serverKills: Array<{ name: string; rows: number; env: Record<string, string>; fault: object }> = [
    { name: 'collections', rows: 150, env: {}, fault: { method: 'PATCH', path: '*/composite/sobjects' } },
    {
      name: 'Bulk',
      rows: 2000,
      env: { SF_CHANNEL_JOB_ROWS: '800' },
      fault: { method: 'CHUNK', path: '/jobs/ingest/Lead/update', nth: 4 },
    },
  ];
  for (const { name, rows, env, fault } of serverKills) {
    for (const kind of ['kill-before-commit', 'kill-after-commit']) {
      it(`goes on when the server is killed and comes back (${name}, ${kind})`, async () => {
        const file = await leadFile(rows);
        const { pid } = org.state;
        await org.control.setFaults([{ kind, ...fault }]);
        org.supervise();
        const { code, stdout, stderr } = await distribute(file, { ...env, SF_CHANNEL_BACKOFF_MS: '1000' });
        expect(org.state.pid).not.to.equal(pid);
        let exit = code;
        const run = (await runOf(file))!;
        for (let tries = 0; exit === 68 && tries < 3; tries++) exit = (await resume(run, env)).code;
        expect(exit, stdout + stderr).to.equal(0);
        await expectExactlyOnce(file);
      });
    }
  }

  it('stops with a run to resume when the server stays away', async () => {
    const other = await DaemonOrg.start(3000);
    const kept = org;
    org = other;
    try {
      free = other
        .rows<Lead>(
          'SELECT Id FROM Lead WHERE IsConverted = 0 AND OwnerId IN (SELECT Id FROM "Group" WHERE Name = \'Unassigned Leads\') ORDER BY Id'
        )
        .map(({ Id }) => Id);
      used = 0;
      const file = await leadFile(500);
      await other.control.setFaults([
        { kind: 'kill-after-commit', method: 'CHUNK', path: '/jobs/ingest/Lead/update', nth: 2 },
      ]);
      const { code, stdout } = await distribute(file, { SF_CHANNEL_PASSES: '1' });
      expect(code, stdout).to.equal(68);
      expect(stdout).to.contain('channel run resume');
      await other.restart();
      const run = (await runOf(file))!;
      expect((await resume(run, {})).code).to.equal(0);
      await expectExactlyOnce(file);
    } finally {
      org = kept;
      await other.close();
    }
  });
});

/**
 * Kills `site prepare` wherever it forces something to disk: resumed, it ends as if it had not been killed. No member is
 * lost, nothing is published or deployed twice, and nobody is welcomed twice.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { RunStore, summarize } from '../../src/runs/index.js';
import { PREVIEW, SiteDesk } from '../helpers/site.js';
import { momentsOf, todays } from '../helpers/moments.js';
import { spawnCommand, type SpawnOutcome } from '../helpers/spawn-command.js';

type Row = Record<string, string | number | null>;

/** What the run changes. */
const TABLES = ['Network', 'NetworkMemberGroup', 'NetworkMember', 'BackgroundOperation', 'DeployRequest'];
const OWN = ['practice_site_job', 'practice_later', 'practice_outbox'];

const store = new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel'));

describe('crashes of site prepare', function () {
  this.timeout(240_000);
  let org: SiteDesk;
  let folder: string;
  let saved: Array<{ table: string; rows: Row[] }>;
  let hurry: NodeJS.Timeout;

  before(async () => {
    org = await SiteDesk.open();
    folder = await mkdtemp(join(process.env.HOME!, 'crash-site-'));
    await org.switchWelcome(true);
    const { store: db } = org.desk.test.org;
    saved = TABLES.map((table) => ({ table, rows: db.sql(`SELECT * FROM "${table}"`).all() as Row[] }));
    // The org need not take its time: what is waited for is tested elsewhere.
    hurry = setInterval(() => org.desk.test.org.settle(), 100);
  });
  after(() => {
    clearInterval(hurry);
    return org.close();
  });

  /** The sites as they were, and no job, deploy or mail. */
  const reset = (): void => {
    const { store: db } = org.desk.test.org;
    org.desk.test.org.settle();
    db.transaction(() => {
      for (const table of [...TABLES, ...OWN]) db.sql(`DELETE FROM "${table}"`).run();
      for (const { table, rows } of saved) {
        for (const row of rows) {
          const names = Object.keys(row).map((name) => `"${name}"`);
          const marks = names.map(() => '?').join(', ');
          db.sql(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
        }
      }
    });
  };

  const state = async (): Promise<unknown> => {
    org.desk.test.org.settle();
    const deploys = org.desk.test.org.store.sql('SELECT count(*) AS n FROM "DeployRequest"').get()!.n;
    const mails = (await org.welcomes()).map(({ relatedId }) => relatedId).sort();
    return { status: org.statusOf(PREVIEW), members: org.membersOf(PREVIEW), jobs: org.jobs(), deploys, mails };
  };

  const command = (...args: string[]): string[] => [...args, '--target-org', org.desk.test.username, '--json'];
  const prepare = (env: Record<string, string> = {}): Promise<SpawnOutcome> => {
    const members = ['--profile', 'Example Partner Offsite', '--profile', 'System Administrator'];
    const consent = ['--no-prompt', '--accept-mails', ...org.domain];
    const args = ['channel', 'site', 'prepare', '--site', PREVIEW, ...members, '--publish', '--live', ...consent];
    return spawnCommand(command(...args), env);
  };

  it('ends the same wherever it is killed', async () => {
    const trace = join(folder, 'trace');
    const { code, stdout } = await prepare({ CHANNEL_TEST_TRACE: trace });
    expect(code, stdout).to.equal(0);
    const wanted = await state();
    expect(wanted).to.deep.include({ status: 'Live', jobs: 1, deploys: 1 });
    const kills = todays(momentsOf(await readFile(trace, 'utf8'), 13));
    for (const kill of kills) {
      reset();
      const killed = await prepare({ CHANNEL_TEST_KILL: kill });
      expect(killed.signal, `${kill}: ${killed.stdout}${killed.stderr}`).to.equal('SIGKILL');
      await goOn(kill);
      expect(await state(), kill).to.deep.equal(wanted);
    }
  });

  /** Resumes the newest run, or begins again where none was begun. */
  async function goOn(kill: string): Promise<void> {
    const [run] = await store.list();
    if ((await summarize(run!)).state === 'interrupted') {
      const { exitCode, stderr } = await org.resume(run!.id);
      expect(exitCode, `${kill}: ${stderr}`).to.equal(0);
      return;
    }
    const { code, stdout } = await prepare();
    expect(code, `${kill}: ${stdout}`).to.equal(0);
  }
});

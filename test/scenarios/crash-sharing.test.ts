/**
 * Kills `sharing apply` before and after everything it forces to disk: resumed, it ends as if it had not been killed, and
 * nothing was deployed twice.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import SharingReview from '../../src/commands/channel/sharing/review.js';
import { RunStore, summarize } from '../../src/runs/index.js';
import { runCommand } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { momentsOf, todays } from '../helpers/moments.js';
import { spawnCommand, type SpawnOutcome } from '../helpers/spawn-command.js';

/** One is closed by a deploy, the other by exchanging the member of a group. */
const CONVERTED = ['rule:Price_Agreement__c.Gold_prices_to_partners', 'rule:Lead.North_leads_to_north_circle'];

const TABLES = ['practice_sharing_rule', 'GroupMember'];

const store = new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel'));

describe('crashes of sharing apply', function () {
  this.timeout(300_000);
  let org: TestOrg;
  let decisions: string;
  let saved: Array<{ table: string; rows: Array<Record<string, string | number | null>> }>;

  before(async () => {
    org = await startTestOrg({ leads: 60 });
    const folder = await mkdtemp(join(process.env.HOME!, 'crash-sharing-'));
    decisions = join(folder, 'decisions.yaml');
    await runCommand(SharingReview, ['--target-org', org.username, '--decisions', decisions, '--accept-suggested']);
    const entries = (await readFile(decisions, 'utf8')).split(/\n(?= {2}[a-z]+:.*:\n)/);
    const edited = entries.map((entry) =>
      CONVERTED.some((key) => entry.trimStart().startsWith(`${key}:`))
        ? entry
        : entry.replace('decision: convert', 'decision: defer')
    );
    await writeFile(decisions, edited.join('\n'));
    saved = TABLES.map((table) => ({
      table,
      rows: org.org.store.sql(`SELECT * FROM "${table}"`).all() as Array<Record<string, string | number | null>>,
    }));
  });
  after(() => org.close());

  /** Rules and members as they were, and no deploy known. */
  const reset = (): void => {
    org.org.settle();
    org.org.store.transaction(() => {
      for (const { table, rows } of saved) {
        org.org.store.sql(`DELETE FROM "${table}"`).run();
        for (const row of rows) {
          const marks = Object.keys(row).map(() => '?');
          const names = Object.keys(row).map((name) => `"${name}"`);
          const insert = `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${marks.join(', ')})`;
          org.org.store.sql(insert).run(...Object.values(row));
        }
      }
      org.org.store.sql('DELETE FROM "DeployRequest"').run();
    });
  };

  const state = (): unknown => {
    org.org.settle();
    const rules = org.org.sharing.rules.list('Price_Agreement__c').map(({ name, target }) => [name, target]);
    const members = org.query<{ UserOrGroupId: string }>(
      "SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'Channel_North_Circle' ORDER BY UserOrGroupId"
    );
    const deploys = org.org.store.sql('SELECT count(*) AS n FROM "DeployRequest" WHERE "CheckOnly" = 0').get()!.n;
    return { rules, members: members.map(({ UserOrGroupId }) => UserOrGroupId), deploys };
  };

  const apply = (env: Record<string, string>): Promise<SpawnOutcome> =>
    spawnCommand(
      ['channel', 'sharing', 'apply', '--target-org', org.username, '--decisions', decisions, '--no-prompt', '--json'],
      env
    );

  it('ends the same wherever it is killed', async () => {
    const trace = join(process.env.HOME!, 'trace-sharing');
    const { code, stdout } = await apply({ CHANNEL_TEST_TRACE: trace });
    expect(code, stdout).to.equal(0);
    const wanted = state();
    expect(wanted).to.have.property('deploys', 1);
    const kills = todays(momentsOf(await readFile(trace, 'utf8'), 11));
    for (const kill of kills) {
      reset();
      const killed = await apply({ CHANNEL_TEST_KILL: kill });
      expect(killed.signal, `${kill}: ${killed.stdout}${killed.stderr}`).to.equal('SIGKILL');
      await goOn(kill);
      expect(state(), kill).to.deep.equal(wanted);
    }
  });

  /** Resumes the newest run, or begins again where none was begun. */
  async function goOn(kill: string): Promise<void> {
    const [run] = await store.list();
    const begun = (await summarize(run!)).state === 'interrupted';
    const args = ['channel', 'run', 'resume', run!.id, '--target-org', org.username, '--json'];
    const { code, stdout, stderr } = await (begun ? spawnCommand(args) : apply({}));
    expect(code, `${kill}: ${stdout}${stderr}`).to.equal(0);
  }
});

/** Decisions carried out: what was to be closed is closed for the people themselves, and can be taken back. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Connection } from 'jsforce';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import SharingApply from '../../src/commands/channel/sharing/apply.js';
import SharingCheck from '../../src/commands/channel/sharing/check.js';
import SharingReview from '../../src/commands/channel/sharing/review.js';
import { exitCodeOf } from '../../src/channel-command.js';
import { domainOf } from '../../src/org/read/index.js';
import { RECALCULATION_DELAY } from '../../src/practice/sharing/recalculation.js';
import { applyRun, loadPlan, RunStore, type DeployStep, type Plan } from '../../src/runs/index.js';
import { APPLY_KIND, type SharingApplyResult } from '../../src/sharing/apply/index.js';
import type { SharingCheckResult } from '../../src/sharing/check/index.js';
import { reviewSharing, type Review } from '../../src/sharing/review.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { connect, explained, readableOutside, type Readable } from '../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { deploy, file, problems } from '../practice/metadata/support.js';

const ALL = [
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Case',
  'Campaign',
  'Price_Agreement__c',
  'Marketing_Asset__c',
];

const store = new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel'));

describe('sharing apply and check', function () {
  this.timeout(180_000);
  let org: TestOrg;
  let folder: string;
  let decisions: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(process.env.HOME!, 'apply-'));
    decisions = join(folder, 'decisions.yaml');
    org = await startTestOrg({ leads: 120 });
  });
  afterEach(() => org.close());

  /** Decides as the review suggests. */
  const decide = async (): Promise<void> => {
    const args = ['--target-org', org.username, '--decisions', decisions, '--accept-suggested'];
    expect((await runCommand(SharingReview, args)).error).to.equal(undefined);
  };
  const apply = (...args: string[]): Promise<CommandOutcome<SharingApplyResult>> =>
    runCommand(SharingApply, ['--target-org', org.username, '--decisions', decisions, ...args]);
  const check = (...args: string[]): Promise<CommandOutcome<SharingCheckResult>> =>
    runCommand(SharingCheck, ['--target-org', org.username, '--decisions', decisions, ...args]);
  const review = async (): Promise<Review> => {
    const { conn, identity } = await connect(org.username);
    return reviewSharing(conn, identity, { partnerRoles: 1, counts: true });
  };
  const readable = (): Readable => {
    org.org.settle();
    return readableOutside(org.org, ALL);
  };
  /** Somebody who changes the org beside the commands. */
  const author = (): Parameters<typeof org.org.sharing.rules.put>[0] => ({
    tools: org.org.tools,
    userId: org.org.access.session(org.token).user.Id,
    now: org.org.clock.stamp(),
  });
  /** Rewrites decisions in the file, as somebody would in an editor. */
  const edit = async (change: (text: string) => string): Promise<void> =>
    writeFile(decisions, change(await readFile(decisions, 'utf8')));
  /** The text of one entry, changed. */
  const entry = (text: string, key: string, change: (entry: string) => string): string => {
    const start = text.indexOf(`  ${key}:\n`);
    expect(start, key).to.be.above(0);
    const rest = text.indexOf('\n  ', text.indexOf('\n    digest:', start) + 1);
    const end = rest < 0 ? text.length : rest;
    return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
  };

  it('closes what was decided for the partners themselves, and an undo opens exactly that again', async () => {
    await decide();
    const before = readable();
    expect((await check()).exitCode).to.equal(2);
    const { result, exitCode } = await apply('--no-prompt');
    expect([exitCode, result!.state, result!.proof!.open]).to.deep.equal([0, 'done', []]);
    expect(result!.proof!.closed).to.have.length.above(20);
    expect(result!.verification!.agrees).to.equal(true);

    const after = readable();
    const left = await review();
    const closed = new Set(result!.closes.map(({ key }) => key));
    expect(left.findings.filter(({ key }) => closed.has(key))).to.deep.equal([]);
    // What partners still read is explained by findings that were not decided to be closed.
    expect([...explained(left, ALL).keys()]).to.include.members([...after.keys()]);
    const fewer = [...before].filter(([pair, ids]) => (after.get(pair)?.length ?? 0) < ids.length);
    expect(fewer.length).to.be.above(50);
    for (const [pair, ids] of after) expect(before.get(pair), pair).to.include.members(ids);

    const clean = await check();
    expect([clean.exitCode, clean.result!.clean, clean.result!.news]).to.deep.equal([0, true, []]);
    const undo = await runCommand(RunUndo, ['--target-org', org.username, result!.run!, '--no-prompt']);
    expect([undo.exitCode, undo.result!.state, undo.result!.left]).to.deep.equal([0, 'done', 0]);
    expect([...readable()]).to.deep.equal([...before]);
  });

  it('changes nothing in a dry run, and tells everything', async () => {
    await decide();
    const rules = (): unknown => org.org.sharing.rules.list();
    const before = rules();
    const { result, exitCode, stdout } = await apply('--dry-run');
    expect([exitCode, result!.state, result!.run]).to.deep.equal([0, 'planned', null]);
    expect(stdout).to.contain('Sharing rules of Account, Case, Opportunity');
    expect(rules()).to.deep.equal(before);
  });

  it('ends with 69 while sharing is recalculated, and is resumed to the end', async () => {
    await decide();
    const file = join(folder, 'plan.json');
    await apply('--dry-run', '--plan-file', file);
    org.org.preferences.set(RECALCULATION_DELAY, 600_000);
    const { conn, identity } = await connect(org.username);
    const run = await store.create('sharing');
    await loadPlan(file, { kind: APPLY_KIND, orgId: identity.id }, run);
    const receipt = await applyRun({ conn, folder: run, wait: 7000, emit: () => undefined });
    expect([exitCodeOf(receipt), receipt.failure]).to.deep.equal([69, 'timeout']);
    expect(receipt.reason).to.match(/sample records can still be read, such as \w{18} by 005\w{15}/);
    org.org.settle();
    const resumed = await runCommand(RunResume, ['--target-org', org.username, run.id]);
    expect([resumed.exitCode, resumed.result!.receipt!.state]).to.deep.equal([0, 'done']);
    expect((await check()).exitCode).to.equal(0);
  });

  it('leaves the org as it was when a deploy fails, and says which component and why', async () => {
    await decide();
    const saved = join(folder, 'plan.json');
    await apply('--dry-run', '--plan-file', saved);
    const rules = (): unknown[] =>
      org.org.sharing.rules.list().map(({ object, name, target }) => [object, name, target]);
    const original = rules();
    // Somebody takes the name of a twin meanwhile, for a rule to others: whom a rule shares with cannot be changed.
    const { components } = (JSON.parse(await readFile(saved, 'utf8')) as Plan).steps[0] as DeployStep;
    const [object, twin] = components.find(({ action }) => action === 'create')!.fullName.split('.') as [
      string,
      string,
    ];
    const rule = org.org.sharing.rules.find(object, twin.replace(/_Int$/, ''))!;
    org.org.sharing.rules.put(author(), { ...rule, name: twin });
    const before = rules();
    const { conn, identity } = await connect(org.username);
    const run = await store.create('sharing');
    await loadPlan(saved, { kind: APPLY_KIND, orgId: identity.id }, run);
    const receipt = await applyRun({ conn, folder: run, wait: 60_000, emit: () => undefined });
    expect([exitCodeOf(receipt), receipt.state, receipt.failure]).to.deep.equal([68, 'stopped', 'refused']);
    expect(receipt.steps[0]!.errors[0]!.code).to.match(/^Sharing(Owner|Criteria)Rule (Account|Case|Opportunity)\./);
    expect(rules()).to.deep.equal(before);

    // Once the cause is mended, a resumed run sends its deploy anew, and an undo knows what was done.
    org.org.sharing.rules.remove(author(), object, twin);
    org.org.settle();
    const resumed = await runCommand(RunResume, ['--target-org', org.username, run.id]);
    expect([resumed.exitCode, resumed.result!.receipt!.state]).to.deep.equal([0, 'done']);
    expect((await check()).exitCode).to.equal(0);
    const undo = await runCommand(RunUndo, ['--target-org', org.username, run.id, '--no-prompt']);
    expect([undo.exitCode, undo.result!.left]).to.deep.equal([0, 0]);
    expect(rules()).to.have.deep.members(original);
  });

  it('refuses a plan once somebody has edited a rule that it replaces: it would bring the old one back', async () => {
    await decide();
    const saved = join(folder, 'plan.json');
    await apply('--dry-run', '--plan-file', saved);
    const converted = org.org.sharing.rules.list('Lead').find(({ name }) => name === 'European_leads_to_channel')!;
    org.org.sharing.rules.put(author(), { ...converted, label: 'Edited since' });
    expect((await apply('--plan', saved, '--no-prompt')).error!.name).to.equal('PlanStaleError');
  });

  it('fails the check on a file in which nobody has decided anything, until it is put off by somebody', async () => {
    const review = (...args: string[]): Promise<CommandOutcome<unknown>> =>
      runCommand(SharingReview, ['--target-org', org.username, '--decisions', decisions, ...args]);
    expect((await review()).error).to.equal(undefined);
    const fresh = await check();
    expect([fresh.exitCode, fresh.result!.deferred]).to.deep.equal([2, []]);
    expect(fresh.result!.news.every(({ news }) => news === 'new')).to.equal(true);
    await edit((text) => text.replaceAll('decision: open', 'decision: defer'));
    const later = await check();
    expect([later.exitCode, later.result!.deferred.length]).to.deep.equal([0, fresh.result!.news.length]);
  });

  describe('refuses', () => {
    it('decisions that cannot be carried out together', async () => {
      await decide();
      const lead = 'rule:Lead.North_leads_to_north_circle';
      await edit((text) =>
        entry(text, lead, (one) =>
          one.replace('decision: convert', 'decision: keep\n    reason: The circle needs them')
        )
      );
      const { error } = await apply('--no-prompt');
      expect(error!.name).to.equal('ConflictError');
      expect(error!.message).to.contain(lead).and.to.contain('Channel_North_Circle');
    });

    it('a file with a mistake, with line and column', async () => {
      await decide();
      await edit((text) => text.replace('decision: convert', 'decision: perhaps'));
      const { error, exitCode } = await check();
      expect(exitCode).to.equal(1);
      expect(error!.message).to.match(/decisions\.yaml:\d+:\d+: the decision "perhaps" is not one of/);
    });

    it('a description that was edited', async () => {
      await decide();
      await edit((text) => text.replace('target: RoleAndSubordinates:VP_Channel', 'target: RoleAndSubordinates:CEO'));
      expect((await apply('--no-prompt')).error!.message).to.match(
        /decisions\.yaml:\d+:\d+: the description of .* was edited/
      );
    });

    it('the decisions of another org, with the line that names it, unless told to use them', async () => {
      await decide();
      await edit((text) => text.replace(/id: 00D\w+\n {2}domain: .*/, 'id: 00D000000000009EAA\n  domain: acme--dev'));
      const { error, exitCode } = await check();
      expect([exitCode, error!.name]).to.deep.equal([1, 'ForeignDecisionsError']);
      expect(error!.message).to.match(/decisions\.yaml:\d+: .*acme--dev/);
      expect((await check('--from-org', 'acme--dev')).exitCode).to.equal(2);
    });

    it('wrong flags with exit code 1: 2 is for findings', async () => {
      expect((await runCommand(SharingCheck, ['--target-org', org.username])).exitCode).to.equal(1);
      expect((await check('--annotations', 'nobody')).exitCode).to.equal(1);
      expect((await check('--nonsense')).exitCode).to.equal(1);
    });
  });

  it('closes what is shared with several at once, and leaves the people of the company in it', async () => {
    const view =
      '<columns>FULL_NAME</columns><filterScope>Everything</filterScope><label>Several</label><sharedTo><allInternalUsers/><allPartnerUsers/></sharedTo>';
    const targets =
      '<group>Launch_Team</group><roleAndSubordinates>VP_Channel</roleAndSubordinates><role>Support_Manager</role>';
    const deployed = await deploy(
      new Connection({ instanceUrl: org.server.url, accessToken: org.token, version: '66.0' }),
      { ListView: ['Lead.Several'], Document: ['Several'] },
      {
        'objects/Lead.object': file('CustomObject', `<listViews><fullName>Several</fullName>${view}</listViews>`),
        'documents/Several-meta.xml': file(
          'DocumentFolder',
          `<accessType>Shared</accessType><name>Several</name><publicFolderAccess>ReadOnly</publicFolderAccess><sharedTo>${targets}</sharedTo>`
        ),
      }
    );
    expect(problems(deployed)).to.deep.equal([]);
    const keys = ['listview:Lead.Several', 'folder:Document/Several'];
    expect((await review()).findings.map(({ key }) => key)).to.include.members(keys);

    await decide();
    await edit((text) => entry(text, keys[0]!, (one) => one.replace(/decision: \w+/, 'decision: convert')));
    const { result, exitCode } = await apply('--no-prompt');
    expect([exitCode, result!.proof!.open]).to.deep.equal([0, []]);
    expect(result!.proof!.closed).to.include.members(keys);
    const { snapshot } = await review();
    expect(snapshot.listViews.find(({ name }) => name === 'Several')!.to).to.deep.equal([
      { element: 'allInternalUsers', names: [] },
    ]);
    expect(snapshot.folders.find(({ name }) => name === 'Several')!.to).to.have.deep.members([
      { element: 'group', names: ['Launch_Team'] },
      { element: 'role', names: ['Support_Manager'] },
      { element: 'roleAndSubordinatesInternal', names: ['VP_Channel'] },
    ]);
  });

  it('finds a new exposure and one that was reopened, with annotations for CI', async () => {
    await decide();
    expect((await apply('--no-prompt')).exitCode).to.equal(0);
    const [group] = org.query<{ Id: string }>("SELECT Id FROM Group WHERE DeveloperName = 'AllPartnerUsers'");
    const [twin] = org.org.sharing.rules.list('Lead');
    org.org.sharing.rules.put(author(), {
      ...twin!,
      name: 'Everything_to_partners',
      label: 'Everything',
      target: group!.Id,
    });
    org.org.settle();
    const { result, exitCode, stderr } = await check('--annotations', 'github');
    expect(exitCode).to.equal(2);
    expect(result!.news.map(({ key, news }) => `${news} ${key}`)).to.deep.equal([
      'new rule:Lead.Everything_to_partners',
    ]);
    expect(stderr).to.match(/^::error file=.*decisions\.yaml,title=new::rule:Lead\.Everything_to_partners/m);
  });

  it('carries the decisions of a sandbox into production, and lists what differs there', async () => {
    await decide();
    const production = await startTestOrg({ leads: 120 });
    try {
      production.org.store.sql('UPDATE "Organization" SET "IsSandbox" = 0, "Id" = \'00D000000000001EAA\'').run();
      // In production one rule is for another role, and one is not there.
      const { sharing, tools, clock, access } = production.org;
      const author = { tools, userId: access.session(production.token).user.Id, now: clock.stamp() };
      const hotels = sharing.rules.find('Lead', 'UK_hotels_to_north')!;
      const [south] = production.query<{ Id: string }>(
        "SELECT Id FROM Group WHERE Type = 'RoleAndSubordinates' AND DeveloperName = 'Channel_Manager_South'"
      );
      sharing.rules.remove(author, 'Lead', hotels.name);
      sharing.rules.remove(author, 'Lead', 'American_leads_to_channel');
      production.org.settle();
      sharing.rules.put(author, { ...hotels, target: south!.Id });
      production.org.settle();
      const args = ['--target-org', production.username, '--decisions', decisions];
      const from = ['--from-org', domainOf(org.server.url)];
      const consent = ['--no-prompt', '--confirm-domain', domainOf(production.server.url)];
      const { result, exitCode } = await runCommand(SharingApply, [...args, ...from, ...consent]);
      expect(exitCode).to.equal(0);
      expect(result!.different.map(({ key }) => key)).to.deep.equal(['rule:Lead.UK_hotels_to_north']);
      expect(result!.notHere).to.include('rule:Lead.American_leads_to_channel');
      expect(result!.closes.map(({ key }) => key)).to.not.include('rule:Lead.UK_hotels_to_north');
      expect(result!.proof!.open).to.deep.equal([]);
    } finally {
      await production.close();
    }
  });
});

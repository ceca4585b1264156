/** Findings as records of the org, and decisions that people make there: into the file, and carried out. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import RunUndo from '../../src/commands/channel/run/undo.js';
import SharingApply from '../../src/commands/channel/sharing/apply.js';
import SharingCollect from '../../src/commands/channel/sharing/collect.js';
import SharingPublish from '../../src/commands/channel/sharing/publish.js';
import SharingReview from '../../src/commands/channel/sharing/review.js';
import type { SharingCollectResult, SharingPublishResult } from '../../src/sharing/publish/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { installPackage } from '../helpers/package.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { request } from '../practice/http/fixture.js';

type Record = {
  Id: string;
  Finding_Key__c: string;
  State__c: string;
  Decision__c: string | null;
  Path__c: string;
  Records_Exposed__c: number | null;
  Proposal_Exported__c: boolean;
};

describe('sharing publish and collect', function () {
  this.timeout(180_000);
  let org: TestOrg;
  let decisions: string;

  beforeEach(async () => {
    decisions = join(await mkdtemp(join(process.env.HOME!, 'publish-')), 'decisions.yaml');
    org = await startTestOrg({ leads: 60 });
  });
  afterEach(() => org.close());

  const target = (): string[] => ['--target-org', org.username];
  const publish = (...args: string[]): Promise<CommandOutcome<SharingPublishResult>> =>
    runCommand(SharingPublish, [...target(), '--no-prompt', ...args]);
  const collect = (...args: string[]): Promise<CommandOutcome<SharingCollectResult>> =>
    runCommand(SharingCollect, [...target(), '--decisions', decisions, '--no-prompt', ...args]);
  const install = (): Promise<void> => installPackage({ url: org.server.url, token: org.token });
  const records = (where = "Finding_Key__c != ''"): Record[] =>
    org.query<Record>(
      `SELECT Id, Finding_Key__c, State__c, Decision__c, Path__c, Records_Exposed__c, Proposal_Exported__c FROM Sharing_Finding__c WHERE ${where} ORDER BY Finding_Key__c`
    );
  const update = async (id: string, fields: object): Promise<void> => {
    const path = `/services/data/v66.0/sobjects/Sharing_Finding__c/${id}`;
    const answer = await request(org.server.url, org.token, 'PATCH', path, fields);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(204);
  };
  /** As the page of the package does it. */
  const propose = (id: string, decision: string, reason?: string): Promise<void> =>
    update(id, {
      ...{ Decision__c: decision, Decision_Reason__c: reason ?? null, Proposal_Exported__c: false },
      Decided_By__c: org.org.access.session(org.token).user.Id,
      Decided_At__c: org.org.clock.stamp(),
    });

  it('says how to get the package where it is missing', async () => {
    const { error } = await publish();
    expect(error?.name).to.equal('PackageError');
    expect((error as { actions?: string[] }).actions?.join()).to.contain('sf project deploy start');
  });

  it('publishes every finding once, changes what has changed, and is taken back by its undo', async () => {
    await install();
    const review = await runCommand(SharingReview, [...target()]);
    const first = await publish();
    expect(first.error).to.equal(undefined);
    expect(first.result?.receipt?.verification?.agrees).to.equal(true);
    const known = new Map(review.result!.findings.map((finding) => [finding.key, finding]));
    expect(records().map((one) => one.Finding_Key__c)).to.have.members([...known.keys()]);
    for (const one of records()) {
      const finding = known.get(one.Finding_Key__c)!;
      expect(one.Path__c).to.equal(finding.chains.map((chain) => chain.join(' > ')).join('\n'));
      expect(one.Records_Exposed__c).to.equal(finding.recordsKnown ? finding.records : null);
      expect(one.State__c).to.equal('new');
    }
    const again = await publish();
    expect(again.result?.state).to.equal('nothing-to-do');
    await update(records()[0]!.Id, { Severity__c: 'info', State__c: 'decided' });
    expect((await publish()).result?.summary).to.include({ created: 0, changed: 1, gone: 0 });
    const undo = await runCommand(RunUndo, [first.result!.run!, ...target(), '--no-prompt']);
    expect(undo.error).to.equal(undefined);
    // The one that two later runs have written is no longer as this run left it.
    expect(records()).to.have.length(1);
  });

  it('takes proposals into the file; what is converted by it is gone at the next publication', async () => {
    await install();
    await publish();
    const rule = records("Finding_Key__c LIKE 'rule:Lead.%'")[0]!;
    const [kept, changed] = records("Finding_Key__c LIKE 'rule:Case.%'");
    await propose(rule.Id, 'convert');
    await propose(kept!.Id, 'keep', 'Partners work on these cases');
    await propose(changed!.Id, 'keep', 'Long ago');
    await update(changed!.Id, { Digest__c: 'another' });

    const dry = await collect('--dry-run');
    expect(dry.result?.summary.taken.map(({ key }) => key)).to.have.members([
      rule.Finding_Key__c,
      kept!.Finding_Key__c,
    ]);
    expect(await readFile(decisions, 'utf8').catch(() => 'none')).to.equal('none');
    const done = await collect();
    expect(done.result?.state).to.equal('done');
    expect(done.result?.summary.left.map(({ key }) => key)).to.deep.equal([changed!.Finding_Key__c]);
    const text = await readFile(decisions, 'utf8');
    expect(text).to.contain('Partners work on these cases').and.to.contain(org.username);
    expect(records('Proposal_Exported__c = true').map(({ Id }) => Id)).to.have.members([rule.Id, kept!.Id]);
    expect((await collect()).result?.state).to.equal('nothing-to-do');

    const applied = await runCommand(SharingApply, [...target(), '--decisions', decisions, '--no-prompt']);
    expect(applied.error).to.equal(undefined);
    const next = await publish('--decisions', decisions);
    expect(next.result?.summary.gone).to.equal(1);
    const state = Object.fromEntries(records().map((one) => [one.Finding_Key__c, one.State__c]));
    expect(state[rule.Finding_Key__c]).to.equal('gone');
    expect(state[kept!.Finding_Key__c]).to.equal('decided');
  });

  it('lets the file win where both have decided, unless told otherwise', async () => {
    await install();
    await runCommand(SharingReview, [...target(), '--decisions', decisions, '--accept-suggested']);
    await publish();
    const rule = records("Finding_Key__c LIKE 'rule:Lead.%'")[0]!;
    await propose(rule.Id, 'defer');
    const { result } = await collect();
    expect(result?.state).to.equal('nothing-to-do');
    expect(result?.summary.left[0]?.why).to.contain('--prefer-org');
    expect((await collect('--prefer-org')).result?.summary.taken[0]).to.include({
      key: rule.Finding_Key__c,
      decision: 'defer',
    });
  });
});

/** Steps about sites by themselves: what they wait for, what stops them, and what another process goes on with. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  applyRun,
  PLAN_FORMAT,
  RunStore,
  type Plan,
  type PublishSiteStep,
  type Receipt,
  type RunFolder,
  type SiteMemberChange,
  type SiteMembersStep,
} from '../../src/runs/index.js';
import { Journal } from '../../src/runs/store/journal.js';
import { MEMBERSHIP_WORK } from '../../src/practice/rules/membership-work.js';
import { connect } from '../helpers/exposure.js';
import { LIVE, PREVIEW, SiteDesk } from '../helpers/site.js';

const WAIT = 30_000;

describe('steps about sites', function () {
  this.timeout(60_000);
  let org: SiteDesk;
  let store: RunStore;
  beforeEach(async () => {
    org = await SiteDesk.open();
    store = new RunStore(await mkdtemp(join(process.env.HOME!, 'site-steps-')));
  });
  afterEach(() => org.close());

  const profile = (name: string): string => org.desk.id('Profile', name);

  const change = (name: string, what: SiteMemberChange['change']): SiteMemberChange => ({
    parent: profile(name),
    parentName: name,
    change: what,
    text: `${what} ${name}`,
  });

  const members = (site: string, changes: SiteMemberChange[], exactly?: string[]): SiteMembersStep => ({
    id: 'members',
    kind: 'site-members',
    title: 'Members',
    site: org.desk.id('Network', site),
    siteName: site,
    changes,
    ...(exactly ? { exactly } : {}),
    undo: 'exact',
  });

  const publish = (knownJobs: string[] = []): PublishSiteStep => ({
    id: 'publish',
    kind: 'publish-site',
    title: 'Publish',
    site: org.desk.id('Network', PREVIEW),
    siteName: PREVIEW,
    knownJobs,
    undo: 'none',
  });

  const folderOf = async (step: SiteMembersStep | PublishSiteStep): Promise<RunFolder> => {
    const { identity } = await connect(org.desk.test.username);
    const { id, domain, kind, username } = identity;
    const folder = await store.create('test');
    const plan: Plan = {
      format: PLAN_FORMAT,
      kind: 'test',
      title: 'Test',
      createdAt: new Date().toISOString(),
      org: { id, domain, kind, username },
      fingerprint: '',
      steps: [step],
      warnings: [],
      cost: { apiCalls: 0, formula: '', emails: 0, licences: 0 },
      details: {},
    };
    await folder.writePlan(plan);
    return folder;
  };

  const apply = async (folder: RunFolder, wait = WAIT): Promise<Receipt> => {
    const { conn } = await connect(org.desk.test.username);
    return applyRun({ conn, folder, wait, emit: () => undefined });
  };

  it('waits no longer than it may, and goes on when it is resumed', async () => {
    // This one of the example company has been waiting for ever: no job works on it.
    const name = 'Partner Community Login User';
    const folder = await folderOf(members(LIVE, [change(name, 'wait')]));
    const stopped = await apply(folder, 300);
    expect(stopped).to.include({ state: 'stopped', failure: 'timeout' });
    expect(stopped.reason).to.equal(`${LIVE} is still working on its members: ${name} (adding).`);
    const row = org.desk.value(`SELECT Id FROM NetworkMemberGroup WHERE ParentId = '${profile(name)}'`);
    org.desk.test.org.tools.background.later(MEMBERSHIP_WORK, row);
    expect((await apply(folder)).state).to.equal('done');
    expect(org.membersOf(LIVE)[name]).to.equal('Added');
  });

  it('stops where that which was waited for is gone', async () => {
    const folder = await folderOf(members(PREVIEW, [change('Example Partner', 'wait')]));
    const { state, reason } = await apply(folder);
    expect([state, reason]).to.deep.equal(['stopped', 'NotFound: Example Partner was removed meanwhile.']);
    expect(org.membersOf(PREVIEW)).to.deep.equal({});
  });

  it('waits for a removal under way before it adds again', async () => {
    const ids = { NetworkId: org.desk.id('Network', PREVIEW), ParentId: profile('Example Partner') };
    const row = await org.desk.create('NetworkMemberGroup', ids);
    org.desk.test.org.settle();
    await org.desk.update('NetworkMemberGroup', row, { AssignmentStatus: 'WaitingForRemove' });
    const receipt = await apply(await folderOf(members(PREVIEW, [change('Example Partner', 'add')])));
    expect(receipt.state, receipt.reason).to.equal('done');
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Example Partner': 'Added' });
  });

  it('removes, and takes what is gone already for done', async () => {
    const changes = [change('Example Partner', 'remove'), change('Example Partner Offsite', 'remove')];
    const receipt = await apply(await folderOf(members(LIVE, changes)));
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(org.membersOf(LIVE)).to.not.have.any.keys('Example Partner', 'Example Partner Offsite');
    expect(org.membersOf(LIVE)).to.include({ 'System Administrator': 'Added' });
  });

  it('says of whom a removal has failed', async () => {
    org.desk.test.org.store
      .sql('UPDATE "NetworkMemberGroup" SET "AssignmentStatus" = \'FailedRemove\' WHERE "ParentId" = ?')
      .run(profile('Example Partner'));
    for (const what of ['remove', 'add'] as const) {
      const { state, reason } = await apply(await folderOf(members(LIVE, [change('Example Partner', what)])));
      expect(state).to.equal('stopped');
      expect(reason).to.match(/^FailedRemove: .*Example Partner/);
    }
  });

  it('stops before a deploy that would take back what others did', async () => {
    const partner = profile('Example Partner');
    const known = ['Example Partner', 'Example Partner Login', 'System Administrator', 'Partner Community Login User'];
    const ids = known.map(profile);
    const add = change('Example Partner Offsite', 'add');
    const expected = [...ids, add.parent];
    const before = org.membersOf(LIVE);
    for (const [exactly, words] of [
      [expected.filter((id) => id !== partner), `${partner} was added`],
      [[...expected, profile('Example Partner Events')], `${profile('Example Partner Events')} was removed`],
    ] as const) {
      const { state, failure, reason } = await apply(await folderOf(members(LIVE, [add], [...exactly])));
      expect([state, failure]).to.deep.equal(['stopped', 'refused']);
      expect(reason).to.contain(words).and.to.contain('Make the plan again');
      expect(org.membersOf(LIVE)).to.deep.equal(before);
    }
    expect((await apply(await folderOf(members(LIVE, [add], expected)))).state).to.equal('done');
  });

  it('takes the refusal of a member for its own: the others are added', async () => {
    const wrong = { ...change('Example Partner', 'add'), parent: org.desk.id('User', 'Joel Bramble') };
    const receipt = await apply(await folderOf(members(PREVIEW, [wrong, change('Example Partner Login', 'add')])));
    expect(receipt).to.include({ state: 'stopped', failure: 'refused' });
    expect(receipt.steps[0]).to.include({ done: 1, failed: 1 });
    expect(org.membersOf(PREVIEW)).to.deep.equal({ 'Example Partner Login': 'Added' });
  });

  /** A journal of a process that was killed behind these lines. */
  const killedAfter = async (folder: RunFolder, job?: string): Promise<void> => {
    const { journal } = await Journal.open(folder.journal);
    await journal.append({ t: 'begin', at: new Date().toISOString(), step: 'publish', before: null });
    await journal.append({ t: 'unit', unit: 1, step: 'publish', mode: 'publish-site', from: 0, to: 0, rows: 1 });
    if (job !== undefined) await journal.append({ t: 'opened', unit: 1, job });
    await journal.close();
  };

  /** Publishes by hand, to the end. */
  const published = async (): Promise<string> => {
    const path = `/connect/communities/${org.desk.id('Network', PREVIEW)}/publish`;
    const { jobId } = (await org.desk.rest('POST', path, {})).body as { jobId: string };
    org.desk.test.org.settle();
    return jobId;
  };

  it('takes a job that the plan does not know for the one whose reply was lost', async () => {
    const folder = await folderOf(publish([await published()]));
    await killedAfter(folder);
    const later = await published();
    expect((await apply(folder)).state).to.equal('done');
    expect(org.jobs()).to.equal(2);
    expect(org.desk.value<number>(`SELECT count(Id) FROM BackgroundOperation WHERE Id = '${later}'`)).to.equal(1);
  });

  it('publishes where only jobs are found that were there before the plan', async () => {
    const folder = await folderOf(publish([await published()]));
    await killedAfter(folder);
    expect((await apply(folder)).state).to.equal('done');
    expect(org.jobs()).to.equal(2);
  });

  it('publishes again when the row of its job has expired', async () => {
    const folder = await folderOf(publish());
    await killedAfter(folder, await published());
    org.desk.test.org.store.sql('DELETE FROM "BackgroundOperation"').run();
    expect((await apply(folder)).state).to.equal('done');
    expect(org.jobs()).to.equal(1);
  });

  it('follows a job that was merged into another one', async () => {
    const [merged, leader] = [await published(), await published()];
    org.desk.test.org.store
      .sql('UPDATE "BackgroundOperation" SET "Status" = \'Merged\', "GroupLeaderId" = ? WHERE "Id" = ?')
      .run(leader, merged);
    const folder = await folderOf(publish());
    await killedAfter(folder, merged);
    expect((await apply(folder)).state).to.equal('done');
    expect(org.jobs()).to.equal(2);
  });

  it('is not published when the site is gone', async () => {
    const folder = await folderOf({ ...publish(), site: '0DB000000000001AAA' });
    const { state, failure } = await apply(folder);
    expect([state, failure]).to.deep.equal(['stopped', 'refused']);
  });
});

/** What a handover leaves behind: manual shares, records of the accounts, and what the running user does not see. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import PartnerHandover from '../../../src/commands/channel/partner/handover.js';
import { runCommand } from '../../helpers/command.js';
import { connect } from '../../helpers/exposure.js';
import { register, startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { Bench, between, ESME, NORA } from './bench.js';

describe('what a handover leaves behind', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 200 });
    bench = new Bench(org);
  });
  afterEach(() => org.close());

  it('keeps manual shares in a file that end with the old owner', async () => {
    const [first] = bench.partnersOf(NORA);
    const { conn } = await connect(org.username);
    const share = { UserOrGroupId: bench.idOf('Petra Silverlake'), AccountAccessLevel: 'Edit' };
    const levels = { OpportunityAccessLevel: 'Read', CaseAccessLevel: 'None' };
    await conn.create('AccountShare', { AccountId: first!.Id, ...share, ...levels });
    const [lead] = bench.openLeadsOf(NORA);
    await conn.create('LeadShare', { LeadId: lead!, UserOrGroupId: share.UserOrGroupId, LeadAccessLevel: 'Read' });
    const { result } = await bench.handover(...between(NORA, ESME));
    expect(result!.handover.effects.manualShares).to.deep.equal({ accounts: 1, leads: 1 });
    expect(result!.handover.accounts.find(({ id }) => id === first!.Id)!.manualShares).to.equal(1);
    const lines = (await readFile(result!.files.manualShares!, 'utf8')).trim().split('\n');
    expect(lines).to.have.length(3);
    expect(lines[1]).to.contain(`Account,${first!.Id},${share.UserOrGroupId},`).and.to.contain('Petra Silverlake');
    expect(lines[1]).to.match(/,Edit,\w*,Read,None$/);
    expect(lines[2]).to.contain(`Lead,${lead},`);
    expect(result!.proof!.manualSharesLeft).to.equal(0);
    expect(org.query(`SELECT Id FROM AccountShare WHERE AccountId = '${first!.Id}'`)).to.deep.equal([]);
  });

  it('says that shares are still there where the org keeps them', async () => {
    org.org.tools.preferences.set('Sharing.enableKeepManualSharesOnTransfer', true);
    const [first] = bench.partnersOf(NORA);
    const { conn } = await connect(org.username);
    await conn.create('AccountShare', {
      AccountId: first!.Id,
      UserOrGroupId: bench.idOf('Petra Silverlake'),
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
    });
    const { result, stdout } = await bench.handover(...between(NORA, ESME));
    expect(result!.proof!.manualSharesLeft).to.equal(1);
    expect(stdout).to.contain('0 manual share(s) of accounts ended');
  });

  it('says that there may be more where the running user does not see everything', async () => {
    expect((await bench.handover(...between(NORA, ESME), '--dry-run')).result!.handover.effects.unknown).to.deep.equal(
      []
    );
    const [ilse] = org.query<{ Username: string }>("SELECT Username FROM User WHERE Name = 'Ilse Marchetti'");
    await register(org.server.url, ilse!.Username, org.org.access.open(ilse!.Username).id);
    const args = ['--target-org', ilse!.Username, ...between(NORA, ESME), '--dry-run'];
    const { result, stderr } = await runCommand(PartnerHandover, args);
    expect(result!.handover.effects.unknown[0]).to.contain('you may not see all records');
    expect(stderr).to.contain('Not known: you may not see all records');
  });

  it('counts what stays with the former manager, and finds it there afterwards', async () => {
    const accounts = bench.partnersOf(NORA).map(({ Id }) => `'${Id}'`);
    const count = (object: string): number =>
      org.query(
        `SELECT Id FROM ${object} WHERE OwnerId = '${bench.idOf(NORA)}' AND AccountId IN (${accounts.join(',')})`
      ).length;
    const counted = { Contact: count('Contact'), Opportunity: count('Opportunity'), Case: count('Case') };
    const { result } = await bench.handover(...between(NORA, ESME));
    expect(result!.handover.effects.children).to.deep.equal(counted);
    expect(counted.Contact).to.be.greaterThan(0);
    expect(result!.proof!.children).to.deep.equal(counted);
  });
});

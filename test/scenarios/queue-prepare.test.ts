/** Partners are given what they need to claim leads of a queue, and the org says that one of them reads a lead. */
import { expect } from 'chai';
import QueuePrepare from '../../src/commands/channel/queue/prepare.js';
import { QueueDesk } from './queue-support.js';

describe('queue prepare', function () {
  this.timeout(60_000);
  let at: QueueDesk;
  let partner: { id: string; username: string };
  let lead: string;

  beforeEach(async () => {
    at = await QueueDesk.open({ leads: 40 });
    // Its users read no leads, until a permission set lets them.
    const permission = at.desk.value(
      "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Lead' AND Parent.Profile.Name = 'Example Partner'"
    );
    expect((await at.desk.rest('DELETE', `/sobjects/ObjectPermissions/${permission}`)).status).to.equal(204);
    partner = await at.desk.newPartner();
    const queue = at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_North'");
    lead = at.desk.value('SELECT Id FROM Lead WHERE IsConverted = false LIMIT 1');
    await at.desk.update('Lead', lead, { OwnerId: queue });
  });
  afterEach(() => at.close());

  const editors = (): string[] =>
    at.desk.test
      .query<{ AssigneeId: string }>(
        "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Partner_Leads'"
      )
      .map(({ AssigneeId }) => AssigneeId);
  const views = (): string[] =>
    at.desk.test
      .query<{ DeveloperName: string }>("SELECT DeveloperName FROM ListView WHERE SobjectType = 'Lead'")
      .map(({ DeveloperName }) => DeveloperName);

  it('gives what is missing, proves it, and takes it back', async () => {
    const args = ['Partner_Leads_North', '--partner', partner.username];
    const look = await at.run(QueuePrepare, ...args, '--dry-run');
    expect(look.error?.message).to.equal(undefined);
    expect(look.result!.summary).to.deep.include({ permissionSet: 'make-and-assign' });
    expect(look.result!.proof).to.equal(undefined);
    const { run, proof } = await at.done(QueuePrepare, ...args);
    expect(proof).to.deep.include({ reads: true });
    expect(editors()).to.deep.equal([partner.id]);
    expect(at.members('Partner_Leads_North')).to.include(partner.id);
    expect(views()).to.include('Partner_Leads_North');
    const again = await at.run(QueuePrepare, ...args, '--no-prompt');
    expect(again.result!.state).to.equal('nothing-to-do');
    expect(again.result!.proof).to.deep.include({ reads: true });
    const back = await at.undo(run);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(editors()).to.deep.equal([]);
    expect(at.desk.test.query("SELECT Id FROM PermissionSet WHERE Name = 'Partner_Leads'")).to.deep.equal([]);
    expect(at.members('Partner_Leads_North')).not.to.include(partner.id);
    expect(views()).not.to.include('Partner_Leads_North');
  });

  it('undo keeps the permission set for others who have it by now', async () => {
    const { run } = await at.done(QueuePrepare, 'Partner_Leads_North', '--partner', partner.username);
    const other = await at.desk.newPartner();
    await at.desk.create('PermissionSetAssignment', {
      AssigneeId: other.id,
      PermissionSetId: at.desk.value("SELECT Id FROM PermissionSet WHERE Name = 'Partner_Leads'"),
    });
    const back = await at.undo(run);
    expect(back.exitCode).to.equal(68);
    expect(editors()).to.deep.equal([other.id]);
    const kept = at.desk.test.query("SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Partner_Leads'");
    expect(kept).to.have.length(1);
  });

  it('an account is put in as its role, and what is there is left', async () => {
    const id = at.desk.value(`SELECT AccountId FROM User WHERE Id = '${partner.id}'`);
    const { summary } = await at.done(QueuePrepare, 'Partner_Leads_West', '--partner', id);
    expect(summary.users.map(({ username }) => username)).to.deep.equal([partner.username]);
    expect(summary.join.map(({ kind }) => kind)).to.deep.equal(['account']);
    expect(summary.view).to.deep.equal({
      name: 'Partner_Leads_West_Queue',
      label: 'Partner Leads West Queue',
      isThere: true,
    });
  });

  it('without a lead in the queue there is no proof, and it says so', async () => {
    const queue = at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_North'");
    for (const { Id } of at.desk.test.query<{ Id: string }>(`SELECT Id FROM Lead WHERE OwnerId = '${queue}'`)) {
      await at.desk.update('Lead', Id, { OwnerId: at.desk.id('User', 'Nora Fieldgate') });
    }
    const outcome = await at.run(QueuePrepare, 'Partner_Leads_North', '--partner', partner.username, '--no-prompt');
    expect(outcome.result!.proof).to.deep.include({ reads: null, lead: null });
    expect(outcome.stderr).to.contain('holds no open lead');
  });

  it('refuses a permission set of that name that allows nothing, and partners who are none', async () => {
    await at.desk.create('PermissionSet', { Name: 'Partner_Leads', Label: 'Something else' });
    const { error } = await at.run(QueuePrepare, 'Partner_Leads_North', '--partner', partner.username, '--no-prompt');
    expect(error?.message).to.contain('does not let leads be edited');
    const { error: unknown } = await at.run(
      QueuePrepare,
      'Partner_Leads_North',
      '--partner',
      'Nora Fieldgate',
      '--no-prompt'
    );
    expect(unknown?.message).to.contain('There is no active partner user and no account "Nora Fieldgate"');
    expect(at.members('Partner_Leads_North')).not.to.include(partner.id);
  });
});

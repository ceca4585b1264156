/** Queues are made, changed and listed, through the real commands over HTTP. */
import { join } from 'node:path';
import { expect } from 'chai';
import QueueCreate from '../../src/commands/channel/queue/create.js';
import QueueList from '../../src/commands/channel/queue/list.js';
import QueueMembers from '../../src/commands/channel/queue/members.js';
import { QueueDesk } from './queue-support.js';

const NORA = 'nora.fieldgate@practice.example.com';

describe('queues', function () {
  this.timeout(60_000);
  let at: QueueDesk;
  let account: string;
  let partner: { id: string; username: string };

  before(async () => {
    at = await QueueDesk.open({ leads: 40 });
    partner = await at.desk.newPartner();
    const id = at.desk.value(`SELECT AccountId FROM User WHERE Id = '${partner.id}'`);
    account = at.desk.value(`SELECT Name FROM Account WHERE Id = '${id}'`);
  });
  after(() => at.close());

  const top = (): string => {
    const id = at.desk.value(`SELECT AccountId FROM User WHERE Id = '${partner.id}'`);
    const roles = at.desk.test.query<{ Id: string; ParentRoleId: string }>(
      `SELECT Id, ParentRoleId FROM UserRole WHERE PortalAccountId = '${id}'`
    );
    const role = roles.find(({ ParentRoleId }) => !roles.some(({ Id }) => Id === ParentRoleId))!;
    return at.desk.value(`SELECT Id FROM Group WHERE RelatedId = '${role.Id}' AND Type = 'RoleAndSubordinates'`);
  };

  it('create makes a queue with all kinds of members, once, and undo deletes it', async () => {
    const args = [
      'Partner Leads Lakes',
      ...['--member', NORA, '--member', 'role:Channel_Manager_North', '--member', 'role-and-subordinates:VP_Channel'],
      ...['--member', 'group:Launch_Team', '--member', `account:${account}`, '--email', 'lakes@example.com'],
    ];
    const look = await at.run(QueueCreate, ...args, '--dry-run');
    expect(look.exitCode, look.error?.message).to.equal(0);
    expect(look.stdout).to.contain('Who is above members in the role hierarchy may claim too: ');
    expect(look.stdout).to.contain('the address of the queue (lakes@example.com), not the members');
    expect(at.desk.test.query("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_Lakes'")).to.deep.equal([]);

    const { run, receipt } = await at.done(QueueCreate, ...args);
    expect(receipt?.verification?.agrees).to.equal(true);
    const [row] = at.desk.test.query<Record<string, unknown>>(
      "SELECT Name, Email, DoesSendEmailToMembers, DoesIncludeBosses FROM Group WHERE DeveloperName = 'Partner_Leads_Lakes'"
    );
    expect(row).to.deep.include({
      Name: 'Partner Leads Lakes',
      Email: 'lakes@example.com',
      DoesSendEmailToMembers: false,
      DoesIncludeBosses: true,
    });
    expect(at.members('Partner_Leads_Lakes')).to.have.members([
      at.desk.value(`SELECT Id FROM User WHERE Username = '${NORA}'`),
      at.roleGroup('Channel_Manager_North', 'Role'),
      at.roleGroup('VP_Channel', 'RoleAndSubordinates'),
      at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Launch_Team'"),
      top(),
    ]);
    const again = await at.run(QueueCreate, ...args, '--no-prompt');
    expect(again.result?.state).to.equal('nothing-to-do');
    const other = await at.run(QueueCreate, ...args, '--send-email-to-members', '--no-prompt');
    expect(other.error?.message).to.contain('mails to members are off');

    const back = await at.undo(run);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(at.desk.test.query("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_Lakes'")).to.deep.equal([]);
  });

  it('undo leaves a queue that holds a lead whole', async () => {
    const { run } = await at.done(QueueCreate, 'Partner Leads Held', '--member', NORA);
    const queue = at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_Held'");
    const lead = at.desk.value('SELECT Id FROM Lead WHERE IsConverted = false LIMIT 1');
    await at.desk.update('Lead', lead, { OwnerId: queue });
    const back = await at.undo(run);
    expect(back.exitCode).to.equal(68);
    expect(back.stderr).to.contain('Lead');
    expect(at.members('Partner_Leads_Held')).to.have.length(1);
  });

  it('says that nobody above claims, where bosses are left out', async () => {
    const look = await at.run(
      QueueCreate,
      'Partner Leads Low',
      '--member',
      partner.username,
      '--no-include-bosses',
      '--dry-run'
    );
    expect(look.stdout).to.contain('Only members may claim, nobody above them');
    const above = await at.run(QueueCreate, 'Partner Leads Low', '--member', partner.username, '--dry-run');
    expect(above.result!.summary.above.flatMap(({ users }) => users)).to.include('Nora Fieldgate');
  });

  it('refuses members that are not there, all of them together', async () => {
    const { error } = await at.run(
      QueueCreate,
      'Q',
      '--member',
      'nobody@example.com',
      '--member',
      'role:Nothing',
      '--no-prompt'
    );
    expect(error?.message).to.contain('There is no user "nobody@example.com".');
    expect(error?.message).to.contain('There is no role "Nothing".');
    const plain = await at.desk.create('Account', { Name: 'Example Without Users' });
    const { error: roleless } = await at.run(QueueCreate, 'Q', '--member', `account:${plain}`, '--no-prompt');
    expect(roleless?.message).to.contain('has no portal role yet');
    expect(
      (await at.run(QueueCreate, 'A name that is much longer than forty letters', '--no-prompt')).error?.message
    ).to.contain('The org would not take this queue');
  });

  it('members shows, puts in and takes out, and undo swaps back', async () => {
    const before = at.members('Partner_Leads_North');
    const shown = await at.run(QueueMembers, 'Partner_Leads_North');
    expect(shown.result!.state).to.equal('nothing-to-do');
    expect(shown.result!.summary.after.map(({ id }) => id)).to.have.members(before);
    const args = ['Partner Leads North', '--add', partner.username, '--add', `account:${account}`, '--remove', NORA];
    const { run } = await at.done(QueueMembers, ...args);
    const nora = at.desk.value(`SELECT Id FROM User WHERE Username = '${NORA}'`);
    expect(at.members('Partner_Leads_North')).to.have.members([
      ...before.filter((id) => id !== nora),
      partner.id,
      top(),
    ]);
    expect((await at.run(QueueMembers, ...args, '--no-prompt')).result!.state).to.equal('nothing-to-do');
    const back = await at.undo(run);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(at.members('Partner_Leads_North')).to.have.members(before);
    expect((await at.run(QueueMembers, 'Nowhere')).error?.message).to.contain('Partner_Leads_North');
  });

  it('a saved plan of members is refused when somebody else changed them', async () => {
    const plan = join(at.folder, 'members.json');
    await at.run(QueueMembers, 'Partner_Leads_South', '--add', partner.username, '--dry-run', '--plan-file', plan);
    const queue = at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Partner_Leads_South'");
    await at.desk.create('GroupMember', {
      GroupId: queue,
      UserOrGroupId: at.desk.value("SELECT Id FROM Group WHERE DeveloperName = 'Launch_Team'"),
    });
    const { error } = await at.run(QueueMembers, '--plan', plan, '--no-prompt');
    expect(error?.message).to.match(/changed/);
    expect(at.members('Partner_Leads_South')).not.to.include(partner.id);
  });

  it('list counts open leads, names members, and says whether claims are known', async () => {
    const { result } = await at.run(QueueList);
    const north = result!.queues.find(({ developerName }) => developerName === 'Partner_Leads_North')!;
    const open = at.desk.test.query(`SELECT Id FROM Lead WHERE OwnerId = '${north.id}' AND IsConverted = false`);
    expect(north.openLeads).to.equal(open.length);
    expect(north.members.map(({ id }) => id)).to.have.members(at.members('Partner_Leads_North'));
    expect(result!.queues.map(({ name }) => name)).not.to.include('Partner Support Cases');
  });
});

/** Where the package is installed, new owners are mailed by its Apex: 200 leads a call, exactly the planned mails. */
import { expect } from 'chai';
import ChannelStatus from '../../src/commands/channel/status.js';
import type { Status } from '../../src/status/result.js';
import { runCommand } from '../helpers/command.js';
import { installPackage } from '../helpers/package.js';
import { request } from '../practice/http/fixture.js';
import { OPEN, ReassignDesk } from './reassign-support.js';

const PATH = '/services/apexrest/channel-desk/reassign';

describe('channel lead reassign --notify by Apex', function () {
  this.timeout(60_000);
  let desk: ReassignDesk;
  before(async () => {
    desk = await ReassignDesk.open({ leads: 600 });
    desk.org.org.preferences.set('Email.deliverability', 'all');
  });
  after(() => desk.close());
  beforeEach(() => desk.org.org.outbox.clear());

  const route = async (): Promise<string> => {
    const { result } = await runCommand<Status>(ChannelStatus, ['--target-org', desk.org.username]);
    return result!.mails.known ? result!.mails.value.route : result!.mails.reason;
  };
  const posts = async (): Promise<number> =>
    (await desk.org.control.requests()).filter(({ method, path }) => method === 'POST' && path === PATH).length;
  const ids = (count: number, owner: string): string[] =>
    desk.leads(`${OPEN} AND OwnerId != '${owner}'`, count).map(({ Id }) => Id);

  it('is not there before the package is: the status says so, and asking for it is refused', async () => {
    expect(await route()).to.equal('alert');
    const [lead] = ids(1, desk.user('Ada Ashgrove'));
    const refused = await desk.run(lead!, '--to', 'Ada Ashgrove', '--notify', '--route', 'apex', '--dry-run');
    expect(refused.error!.message).to.contain('not installed in this org');
  });

  it('is not for those who lack its permission, though they see the class', async () => {
    await installPackage({ url: desk.org.server.url, token: desk.org.token });
    expect(await route()).to.equal('apex');
    const [set] = desk.org.query<{ Id: string }>(
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Channel_Admin'`
    );
    const give = {
      PermissionSetId: desk.desk.value(`SELECT Id FROM PermissionSet WHERE Name = 'Channel_Admin'`),
      AssigneeId: desk.desk.value(`SELECT Id FROM User WHERE Username = '${desk.org.username}'`),
    };
    const path = `/services/data/v66.0/sobjects/PermissionSetAssignment/${set!.Id}`;
    const { server, token } = desk.org;
    expect((await request(server.url, token, 'DELETE', path)).status).to.equal(204);
    expect(await route()).to.equal('alert');
    await desk.desk.create('PermissionSetAssignment', give);
    expect(await route()).to.equal('apex');
  });

  it('takes a call for 200 leads and mails exactly the planned', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = ids(250, ada);
    const before = await posts();
    const file = await desk.save('many.csv', ['Id', ...chosen]);
    const result = await desk.done(0, '--file', file, '--to', 'Ada Ashgrove', '--notify', '--accept-mails');
    expect(result.summary.notify).to.include({ route: 'apex', mails: 250, alert: null });
    expect(result.warnings.join(' ')).to.contain('shouldSendNotificationEmailWhenLeadOwnerUpdatesViaApexInLEX');
    expect(result.cost.emails).to.equal(250);
    // Two give the leads away; one without any lead asks before the plan whether they may.
    expect((await posts()) - before).to.equal(3);
    const mails = desk.org.org.outbox.list();
    expect(mails.map(({ relatedId }) => relatedId)).to.have.members(chosen);
    expect(new Set(mails.map(({ kind }) => kind))).to.deep.equal(new Set(['owner-change']));
    expect(new Set(Object.values(desk.owners(chosen)))).to.deep.equal(new Set([ada]));
    const few = await desk.save('few.csv', ['Id', ...ids(2, ada)]);
    const args = ['--file', few, '--to', 'Ada Ashgrove', '--notify', '--accept-mails', '--no-prompt'];
    const { stdout } = await desk.run(...args);
    expect(stdout).to.contain('Mails: asked for with each new owner (leads: 2, new owners: 1).');
    desk.org.org.outbox.clear();
    expect((await desk.undo(result.run)).error?.message).to.equal(undefined);
    expect(desk.org.org.outbox.list(), 'an undo mails nobody').to.deep.equal([]);
  });

  it('costs as many calls as the plan says, with up to 200 leads and with more', async () => {
    const ada = desk.user('Ada Ashgrove');
    const calls = async (...args: string[]): Promise<number> => {
      const from = (await desk.org.control.requests()).length;
      await desk.run(...args, '--no-prompt');
      return (await desk.org.control.requests()).length - from;
    };
    for (const [count, formula] of [
      [3, 'Lead: 1 Apex call with a look before + 1 verification'],
      [200, 'Lead: 1 Apex call with a look before + 1 verification'],
      [230, 'Lead: 2 Apex calls, each with a look before + 2 counts'],
    ] as const) {
      const file = await desk.save('some.csv', ['Id', ...ids(count, ada)]);
      const plan = `${desk.folder}/cost-${count}.json`;
      const { result } = await desk.run('--file', file, '--to', ada, '--notify', '--dry-run', '--plan-file', plan);
      expect(result!.cost.formula.split('; ')[0]).to.equal(formula);
      // Without consent a plan is looked at, and not applied.
      const looked = await calls('--plan', plan);
      expect((await calls('--plan', plan, '--accept-mails')) - looked, formula).to.equal(result!.cost.apiCalls);
      expect(desk.org.org.outbox.list().splice(0)).to.have.length(count);
      desk.org.org.outbox.clear();
      await desk.done(0, '--file', file, '--to', 'Unassigned_Leads');
    }
  });

  it('leaves alone what somebody gives away in the meantime, and tries what is locked again', async () => {
    const ada = desk.user('Ada Ashgrove');
    const [one, two, three] = ids(3, ada) as [string, string, string];
    const { locks } = desk.org.org.tools;
    const holder = {};
    locks.take([two], holder);
    locks.patience = 400;
    setTimeout(() => locks.release(holder), 700);
    try {
      const locked = await desk.done(0, one, two, '--to', 'Ada Ashgrove', '--notify', '--accept-mails');
      expect(locked.receipt!.steps[0]).to.include({ rows: 2, done: 2 });
      expect(desk.org.org.outbox.list()).to.have.length(2);
    } finally {
      locks.release(holder);
      locks.patience = 10_000;
    }
    desk.org.org.outbox.clear();
    const dry = await desk.run(three, '--to', 'Ada Ashgrove', '--notify', '--dry-run');
    expect(dry.stdout).to.match(/Ada Ashgrove.* 1\W*$/m, 'how many mails to whom');
    expect(dry.stdout).to.contain('Mails: 1; the column').and.to.contain('cannot be shown here before it is sent');
    const own = await desk.run(three, '--to', desk.org.username, '--notify', '--dry-run');
    expect(own.result!.summary.notify!.mails, 'nobody is mailed about what he gives to himself').to.equal(0);
  });

  it('mails nobody twice after a lost reply, and says that nobody can tell', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = ids(3, ada);
    await desk.org.control.setFaults([{ kind: 'drop-after', method: 'POST', path: PATH, nth: 2, count: 1 }]);
    const { result } = await desk.run(...chosen, '--to', 'Ada Ashgrove', '--notify', '--accept-mails', '--no-prompt');
    expect(desk.org.org.outbox.list()).to.have.length(3);
    expect(result!.receipt!.verification!.differences.join(' ')).to.contain(
      'whether these were mailed nobody can tell'
    );
  });

  it('goes by an e-mail alert where a template is wanted', async () => {
    const [lead] = ids(1, desk.user('Ada Ashgrove'));
    const dry = await desk.run(lead!, '--to', 'Ada Ashgrove', '--notify', '--route', 'alert', '--dry-run');
    expect(dry.result!.summary.notify!.route).to.equal('alert');
    const both = await desk.run(
      lead!,
      '--to',
      'Ada Ashgrove',
      '--notify',
      '--route',
      'apex',
      '--template',
      'X',
      '--dry-run'
    );
    expect(both.error!.message).to.contain('have no template');
  });
});

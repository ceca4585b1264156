/** Where the package is installed, new owners are mailed by its Apex: 200 leads a call, exactly the planned mails. */
import { expect } from 'chai';
import ChannelStatus from '../../src/commands/channel/status.js';
import type { Status } from '../../src/status/result.js';
import { runCommand } from '../helpers/command.js';
import { installPackage } from '../helpers/package.js';
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

  it('takes a call for 200 leads, mails exactly the planned, and leaves alone what somebody else gave away', async () => {
    await installPackage({ url: desk.org.server.url, token: desk.org.token });
    expect(await route()).to.equal('apex');
    const ada = desk.user('Ada Ashgrove');
    const chosen = ids(250, ada);
    const file = await desk.save('many.csv', ['Id', ...chosen]);
    const result = await desk.done(0, '--file', file, '--to', 'Ada Ashgrove', '--notify', '--accept-mails');
    expect(result.summary.notify).to.include({ route: 'apex', mails: 250, alert: null });
    expect(result.cost.emails).to.equal(250);
    expect(await posts()).to.equal(2);
    const mails = desk.org.org.outbox.list();
    expect(mails.map(({ relatedId }) => relatedId)).to.have.members(chosen);
    expect(new Set(mails.map(({ kind }) => kind))).to.deep.equal(new Set(['owner-change']));
    expect(new Set(Object.values(desk.owners(chosen)))).to.deep.equal(new Set([ada]));
    desk.org.org.outbox.clear();
    expect((await desk.undo(result.run)).error?.message).to.equal(undefined);
    expect(desk.org.org.outbox.list(), 'an undo mails nobody').to.deep.equal([]);
  });

  it('mails nobody twice after a lost reply, and says that nobody can tell', async () => {
    const ada = desk.user('Ada Ashgrove');
    const chosen = ids(3, ada);
    await desk.org.control.setFaults([{ kind: 'drop-after', method: 'POST', path: PATH, count: 1 }]);
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

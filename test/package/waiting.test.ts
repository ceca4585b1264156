/** What waits for a rotation in the org, for its page and its batch, is what the command line would spread. */
import { expect } from 'chai';
import { executeAnonymous } from '../practice/apex/org/anonymous.js';
import { DistributionDesk } from '../scenarios/rotation-distribute-support.js';

const ALL = `key: Everywhere
name: Everywhere
leads: IsConverted = false
members:
  - queue: Partner_Leads_North
  - queue: Partner_Leads_South
`;

describe('leads that wait for a rotation', function () {
  this.timeout(60_000);
  let desk: DistributionDesk;
  before(async () => (desk = await DistributionDesk.open(300, ALL)));
  after(() => desk.close());

  const waiting = async (): Promise<string[]> => {
    const { server, token } = desk.desk.desk.test;
    const block =
      "throw new ChannelDesk.DeskException(JSON.serialize(Database.queryWithBinds(WaitingLeads.soql('Everywhere', 'Id'), " +
      'WaitingLeads.binds(), AccessLevel.USER_MODE)));';
    const { exceptionMessage } = await executeAnonymous(server.url, token, block);
    const rows = JSON.parse(exceptionMessage!.replace('ChannelDesk.DeskException: ', '')) as Array<{ Id: string }>;
    return rows.map(({ Id }) => Id).sort();
  };

  it('are none of partners, of their queues, or of other members; exactly these are spread by the command line', async () => {
    desk.leads(30);
    const before = desk.owners();
    const offered = await waiting();
    expect(offered.length).to.be.greaterThan(29);
    const queues = desk.query<{ OwnerId: string }>(
      "SELECT OwnerId FROM Lead WHERE Owner.Type = 'Queue' AND IsConverted = false GROUP BY OwnerId"
    );
    expect(queues.length, 'queues that are left alone').to.be.greaterThan(3);
    await desk.done('Everywhere');
    const moved = [...desk.owners()].filter(([id, owner]) => before.get(id) !== owner).map(([id]) => id);
    expect(moved.sort()).to.deep.equal(offered);
  });
});

/** Users of a partner account that ends, and replies that are lost on the way. */
import { expect } from 'chai';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';
import { Bench, type Account } from './bench.js';

const HARBOR = 'Example Harbor Ltd';

describe('users of disabled partners', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;
  let harbor: Account;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 100 });
    org.org.logWrites = true;
    bench = new Bench(org);
    harbor = bench.account(HARBOR);
  });
  afterEach(() => org.close());

  for (const kind of ['drop-before', 'drop-after']) {
    it(`reads back what a lost reply has done (${kind})`, async () => {
      await org.control.setFaults([{ kind, method: 'PATCH', path: '*/composite/sobjects' }]);
      const { result, exitCode } = await bench.disable('--account', HARBOR);
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      expect((await org.control.faults())[0]!.fired).to.equal(1);
      expect((await org.control.writes()).filter(({ record }) => record === harbor.Id)).to.have.length(1);
    });
  }

  it('names those who stay active where there are more users than the platform takes', async () => {
    await bench.addUsers(harbor, 16);
    const active = bench.count(`User WHERE AccountId = '${harbor.Id}' AND IsActive = true`);
    const { result, stderr, exitCode } = await bench.disable('--account', HARBOR);
    expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
    const [loss] = result!.losses.accounts;
    expect(loss!.users!.active).to.have.length(active);
    expect(loss!.users!.beyond).to.equal(active - 15);
    const left = org.query<Account>(`SELECT Id FROM User WHERE AccountId = '${harbor.Id}' AND IsActive = true`);
    expect(left).to.have.length(active - 15);
    expect(result!.proof!.stillActive!.map(({ id }) => id)).to.have.members(left.map(({ Id }) => Id));
    expect(stderr).to.contain(`at least ${active - 15} stay active`);
    expect(stderr).to.contain(`${active - 15} partner user(s) are still active`);
    const rest = await bench.disable('--account', harbor.Id, '--deactivate-rest');
    expect([rest.exitCode, rest.result!.state]).to.deep.equal([0, 'done']);
    expect(rest.result!.losses.deactivated.map(({ id }) => id)).to.have.members(left.map(({ Id }) => Id));
    expect(bench.count(`User WHERE AccountId = '${harbor.Id}' AND IsActive = true`)).to.equal(0);
  });

  it('deactivates all users when asked, and frees their licences', async () => {
    await bench.addUsers(harbor, 16);
    const seats = (): number =>
      Number(org.org.store.sql('SELECT sum("UsedLicenses") AS n FROM "UserLicense"').get()!.n);
    const before = seats();
    const active = bench.count(`User WHERE AccountId = '${harbor.Id}' AND IsActive = true`);
    const { result, exitCode, stderr } = await bench.disable('--account', HARBOR, '--deactivate-rest');
    expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
    expect(result!.steps.map(({ object, done }) => [object, done])).to.deep.equal([
      ['User', active],
      ['Account', 1],
    ]);
    expect(result!.proof).to.deep.include({ stillActive: [], differences: [] });
    expect(seats()).to.equal(before - active);
    expect(stderr).not.to.contain('stay active');
  });
});

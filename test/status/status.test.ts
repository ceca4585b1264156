import { expect } from 'chai';
import Status from '../../src/commands/channel/status.js';
import { runCommand } from '../helpers/command.js';
import { register, startTestOrg, type TestOrg } from '../helpers/practice.js';

describe('channel status', function () {
  this.timeout(60_000);
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 200 })));
  after(() => org.close());

  const count = (soql: string): number =>
    org.org.queries.query(soql, { session: org.org.access.session(org.token) }).totalSize;

  it('tells an administrator what the org holds', async () => {
    const { result, stdout } = await runCommand(Status, ['--target-org', org.username]);
    expect(result!.org.kind).to.equal('sandbox');
    expect(result!.prm).to.deep.equal({ known: true, value: { enabled: true } });
    expect(result!.partnerAccounts).to.deep.include({ known: true });
    expect(result!.partnerUsers).to.deep.equal({
      known: true,
      value: {
        active: count("SELECT COUNT() FROM User WHERE UserType = 'PowerPartner' AND IsActive = true"),
        neverLoggedIn: count(
          "SELECT COUNT() FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate = null"
        ),
        inactive: count("SELECT COUNT() FROM User WHERE UserType = 'PowerPartner' AND IsActive = false"),
      },
    });
    expect(result!.leads).to.deep.equal({
      known: true,
      value: {
        open: count('SELECT COUNT() FROM Lead WHERE IsConverted = false'),
        inQueues: count("SELECT COUNT() FROM Lead WHERE IsConverted = false AND Owner.Type = 'Queue'"),
        converted: count('SELECT COUNT() FROM Lead WHERE IsConverted = true'),
      },
    });
    expect(stdout).to.contain('Example Partner Central').and.to.contain('Unassigned Leads');
  });

  it('shows a restricted user what he may read, and says why the rest is unknown', async () => {
    const [reader] = org.query<{ Username: string }>(
      "SELECT Username FROM User WHERE IsActive = true AND Profile.Name = 'Channel Reader (Example)'"
    );
    const session = org.org.access.open(reader!.Username);
    await register(org.server.url, reader!.Username, session.id);
    const { result, exitCode, stdout } = await runCommand(Status, ['--target-org', reader!.Username]);
    expect(exitCode).to.equal(0);
    expect(result!.licences.known).to.equal(false);
    expect(result!.leads.known).to.equal(true);
    expect(result!.prm.known).to.equal(false);
    expect(stdout).to.match(/Partner licences: unknown: \S+/);
  });
});

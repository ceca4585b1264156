/** Progress is drawn where somebody looks, and neither under --json nor where it is switched off. */
import { expect } from 'chai';
import PartnerCheck from '../../src/commands/channel/partner/check.js';
import { runCommand } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

describe('progress', function () {
  this.timeout(60_000);
  let org: TestOrg;
  const before = process.env.SF_CHANNEL_PROGRESS;

  beforeEach(async () => {
    org = await startTestOrg({ leads: 0 });
  });
  afterEach(async () => {
    process.env.SF_CHANNEL_PROGRESS = before;
    await org.close();
  });

  const check = async (...args: string[]): Promise<string> => {
    const { stdout, error } = await runCommand(PartnerCheck, ['--target-org', org.username, ...args]);
    expect(error).to.equal(undefined);
    return stdout;
  };

  it('shows the stages with what they are at', async () => {
    process.env.SF_CHANNEL_PROGRESS = 'on';
    const stdout = await check();
    expect(stdout)
      .to.contain('Check the partner users')
      .and.to.match(/✔ ?Read/);
    expect(stdout).to.match(/Progress: \d+ partner user\(s\)/);
  });

  it('is silent where it is off, and under --json', async () => {
    process.env.SF_CHANNEL_PROGRESS = 'off';
    expect(await check()).not.to.contain('Check the partner users');
    process.env.SF_CHANNEL_PROGRESS = 'on';
    const stdout = await check('--json');
    expect(JSON.parse(stdout)).to.be.an('object');
  });
});

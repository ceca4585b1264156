import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startFixture, type Fixture } from './fixture.js';

describe('@salesforce/core against the practice org', function () {
  this.timeout(60_000);
  let fx: Fixture;
  let home: string;
  const kept: Record<string, string | undefined> = {};
  const settings: Record<string, string> = {
    SF_DISABLE_TELEMETRY: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SFDX_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'practice-home-'));
    Object.assign(settings, { HOME: home, USERPROFILE: home });
    for (const [name, value] of Object.entries(settings)) {
      kept[name] = process.env[name];
      process.env[name] = value;
    }
    fx = await startFixture({}, { scenario: { leads: 20 } });
    process.env.SF_ORG_INSTANCE_URL = fx.server.url;
  });
  after(async () => {
    for (const [name, value] of Object.entries(kept)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    delete process.env.SF_ORG_INSTANCE_URL;
    await fx.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('opens an Org by access token, reads and writes', async () => {
    const { AuthInfo, Org } = await import('@salesforce/core');
    const accessTokenOptions = {
      accessToken: fx.token,
      instanceUrl: `${fx.server.url}/`,
      loginUrl: `${fx.server.url}/`,
    };
    const auth = await AuthInfo.create({ accessTokenOptions, username: fx.token });
    const org = await Org.create({
      connection: await (await import('@salesforce/core')).Connection.create({ authInfo: auth }),
    });
    const conn = org.getConnection();
    expect(Number(await conn.retrieveMaxApiVersion())).to.equal(67);
    expect((await conn.identity()).username).to.equal('admin@practice.example.com');
    expect((await conn.autoFetchQuery('SELECT Id FROM Lead')).records).to.have.length(20);
    expect(
      (await conn.tooling.query("SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Lead'"))
        .totalSize
    ).to.equal(1);
    const made = await conn.sobject('Lead').create([{ LastName: 'Core', Company: 'Example Harbor Ltd' }]);
    expect(made[0]!.success).to.equal(true);
    expect(
      await org.checkScratchOrg().then(
        () => 'scratch',
        () => 'none'
      )
    ).to.equal('none');
    expect(await org.isSandbox()).to.equal(false);
  });
});

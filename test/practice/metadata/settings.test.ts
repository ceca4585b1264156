import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { deploy, file, problems, retrieve, start, type Deployed } from './support.js';

const communities = (inner: string): Record<string, string> => ({
  'settings/Communities.settings': file('CommunitiesSettings', inner),
});

const flag = (name: string, value: boolean): string => `<${name}>${value}</${name}>`;

const put = (fixture: Fixture, inner: string, options = {}): Promise<Deployed> =>
  deploy(fixture.conn, { Settings: ['Communities'] }, communities(inner), options);

const read = async ({ conn }: Fixture, name: string): Promise<string | undefined> => {
  const { files } = await retrieve(conn, { Settings: ['Communities'] });
  return new RegExp(`<${name}>(.*)</${name}>`).exec(files['settings/Communities.settings']!)?.[1];
};

describe('settings in metadata', () => {
  let fixture: Fixture;

  beforeEach(async () => (fixture = await start()));
  afterEach(() => fixture.close());

  it('are retrieved with every field, deployed, and read again', async () => {
    expect(await read(fixture, 'enableEnablePRM')).to.equal('false');
    const on = flag('enableNetworksEnabled', true) + flag('enableEnablePRM', true);
    const result = await put(fixture, on);
    expect(result).to.deep.include({ status: 'Succeeded', success: true, numberComponentsTotal: 1 });
    expect(result.successes).to.have.length(1);
    expect(result.successes[0]).to.deep.include({
      componentType: 'Settings',
      fullName: 'Communities',
      fileName: 'settings/Communities.settings',
      changed: true,
      created: false,
      success: true,
    });
    expect(await read(fixture, 'enableEnablePRM')).to.equal('true');
    const again = await put(fixture, on);
    expect(again.successes[0]).to.deep.include({ changed: false });
  });

  it('come back unchanged from a deploy of what was retrieved', async () => {
    const types = { Settings: ['Communities', 'Sharing', 'LeadConfig', 'Account', 'Org'] };
    const before = await retrieve(fixture.conn, types);
    const { 'package.xml': _manifest, ...files } = before.files;
    expect(Object.keys(files)).to.have.length(5);
    const result = await deploy(fixture.conn, types, files);
    expect(result.status, problems(result).join()).to.equal('Succeeded');
    expect(result.successes.some(({ changed }) => changed)).to.equal(false);
    expect((await retrieve(fixture.conn, types)).files).to.deep.equal(before.files);
  });

  it('refuse unknown elements with their place, wrong values, and unknown members', async () => {
    const unknown = await put(fixture, flag('enableNetworks', true));
    expect(unknown.status).to.equal('Failed');
    expect(problems(unknown)).to.deep.equal([
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}enableNetworks invalid at this location in type CommunitiesSettings',
    ]);
    expect(unknown.failures[0]).to.deep.include({
      lineNumber: 3,
      columnNumber: 16,
      problemType: 'Error',
      success: false,
    });
    expect(problems(await put(fixture, '<enableEnablePRM>yes</enableEnablePRM>'))).to.deep.equal([
      "Error parsing file: 'yes' is not a valid value for the type xsd:boolean",
    ]);
    const member = await deploy(
      fixture.conn,
      { Settings: ['Chatter'] },
      {
        'settings/Chatter.settings': file('ChatterSettings', ''),
      }
    );
    expect(problems(member)).to.deep.equal(['Unknown Settings: Chatter']);
  });

  it('never go off where they are for good', async () => {
    const on = ['enableNetworksEnabled', 'enablePRMAccRelPref', 'enableExternalAccHierPref'];
    expect((await put(fixture, on.map((name) => flag(name, true)).join(''))).success).to.equal(true);
    for (const name of on) {
      const result = await put(fixture, flag(name, false));
      expect(problems(result)[0]).to.match(new RegExp(`^${name}: `));
      expect(await read(fixture, name)).to.equal('true');
    }
  });

  it('know settings that need Digital Experiences', async () => {
    const bundles = {
      'settings/ExperienceBundle.settings': file(
        'ExperienceBundleSettings',
        flag('enableExperienceBundleMetadata', true)
      ),
    };
    const types = { Settings: ['ExperienceBundle'] };
    expect(problems(await deploy(fixture.conn, types, bundles))).to.deep.equal([
      'Not available for deploy for this organization',
    ]);
    await put(fixture, flag('enableNetworksEnabled', true));
    expect((await deploy(fixture.conn, types, bundles)).success).to.equal(true);
  });

  it('leave what only Support can switch on', async () => {
    const result = await deploy(
      fixture.conn,
      { Settings: ['Sharing'] },
      {
        'settings/Sharing.settings': file('SharingSettings', flag('deferSharingRules', true)),
      }
    );
    expect(problems(result)).to.deep.equal([
      'deferSharingRules: Contact Salesforce Customer Support to enable this setting',
    ]);
  });

  it('are checked without being kept', async () => {
    const result = await put(fixture, flag('enableNetworksEnabled', true), { checkOnly: true });
    expect(result).to.deep.include({ status: 'Succeeded', checkOnly: true });
    expect(result.successes[0]).to.deep.include({ changed: true });
    expect(await read(fixture, 'enableNetworksEnabled')).to.equal('false');
  });

  it('are read and changed by CRUD calls', async () => {
    const { metadata } = fixture.conn;
    const saved = await metadata.update('CommunitiesSettings', {
      fullName: 'Communities',
      enableNetworksEnabled: true,
    } as never);
    expect(saved).to.deep.include({ fullName: 'Communities', success: true });
    const settings = (await metadata.read('CommunitiesSettings', 'Communities')) as unknown as Record<string, unknown>;
    expect(settings).to.deep.include({ fullName: 'Communities', enableNetworksEnabled: true, enableEnablePRM: false });
  });
});

describe('settings in metadata, by variant', () => {
  let fixture: Fixture | undefined;

  const on = flag('enableNetworksEnabled', true) + flag('enableEnablePRM', true);

  afterEach(() => fixture?.close());

  for (const [variant, success, value] of [
    ['refused', false, 'true'],
    ['ignored', true, 'true'],
    ['allowed', true, 'false'],
  ] as const) {
    it(`PRM switched back: ${variant}`, async () => {
      fixture = await start('empty', { prmSwitchBack: variant });
      await put(fixture, on);
      expect((await put(fixture, flag('enableEnablePRM', false))).success).to.equal(success);
      expect(await read(fixture, 'enableEnablePRM')).to.equal(value);
    });
  }

  for (const [variant, success] of [
    ['refused', false],
    ['allowed', true],
  ] as const) {
    it(`PRM without Digital Experiences: ${variant}`, async () => {
      fixture = await start('empty', { prmWithoutNetworks: variant });
      expect((await put(fixture, flag('enableEnablePRM', true))).success).to.equal(success);
    });
  }

  for (const [variant, value] of [
    ['kept', 'true'],
    ['reset', 'false'],
  ] as const) {
    it(`settings left out are ${variant}`, async () => {
      fixture = await start('empty', { partialSettings: variant });
      await put(fixture, flag('enableNetPortalUserReportOpts', true));
      await put(fixture, flag('enableUsernameUniqForOrgPref', true));
      expect(await read(fixture, 'enableNetPortalUserReportOpts')).to.equal(value);
    });
  }
});

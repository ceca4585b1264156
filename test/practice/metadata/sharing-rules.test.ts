import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { deploy, file, manifest, problems, retrieve, start, zipOf, deployZip, type Deployed } from './support.js';

const rule = (name: string, to: string, more = '', access = 'Read'): string =>
  `<sharingOwnerRules><fullName>${name}</fullName><accessLevel>${access}</accessLevel>${more}<label>${name}</label>` +
  `<sharedTo>${to}</sharedTo><sharedFrom><role>CEO</role></sharedFrom></sharingOwnerRules>`;

const criteria = (
  name: string,
  to: string,
  flag = '<includeRecordsOwnedByAll>true</includeRecordsOwnedByAll>'
): string =>
  `<sharingCriteriaRules><fullName>${name}</fullName><accessLevel>Edit</accessLevel><label>${name}</label>` +
  `<sharedTo>${to}</sharedTo><criteriaItems><field>Industry</field><operation>equals</operation><value>R&amp;D &lt;"x"&gt;</value>` +
  `</criteriaItems>${flag}</sharingCriteriaRules>`;

const to = (member: string, name: string): string => `<${member}>${name}</${member}>`;
const INTERNAL = to('allInternalUsers', '');

const put = (fixture: Fixture, inner: string, object = 'Lead', options = {}): Promise<Deployed> =>
  deploy(
    fixture.conn,
    { SharingRules: [object] },
    {
      [`sharingRules/${object}.sharingRules`]: file('SharingRules', inner),
    },
    options
  );

describe('sharing rules in metadata', () => {
  let fixture: Fixture;

  const role = (name: string, parent?: string): Promise<unknown> =>
    fixture.conn.metadata.create('Role', { fullName: name, name, ...(parent ? { parentRole: parent } : {}) } as never);
  const networks = (on: boolean): void => fixture.org.preferences.set('Communities.enableNetworksEnabled', on);
  const names = (object = 'Lead'): string[] => fixture.org.sharing.rules.list(object).map(({ name }) => name);

  beforeEach(async () => {
    fixture = await start();
    networks(true);
    await role('CEO');
    await role('West', 'CEO');
  });
  afterEach(() => fixture.close());

  it('are made, read back with every character, and changed where they may be', async () => {
    const result = await put(fixture, rule('To_West', to('roleAndSubordinates', 'West')) + criteria('Dept', INTERNAL));
    expect(problems(result)).to.deep.equal([]);
    const made = result.successes.map(({ componentType, fullName, created }) => [componentType, fullName, created]);
    expect(made).to.have.deep.members([
      ['SharingRules', 'Lead', false],
      ['SharingOwnerRule', 'Lead.To_West', true],
      ['SharingCriteriaRule', 'Lead.Dept', true],
    ]);
    const [stored] = fixture.org.sharing.rules.list('Lead').filter(({ name }) => name === 'Dept');
    expect(stored).to.deep.include({
      access: 'Edit',
      criteria: [{ field: 'Industry', operation: 'equals', value: 'R&D <"x">' }],
    });
    const { files } = await retrieve(fixture.conn, { SharingRules: ['Lead'] });
    const text = files['sharingRules/Lead.sharingRules']!;
    expect(text).to.contain('<value>R&amp;D &lt;&quot;x&quot;&gt;</value>');
    expect(text).to.contain('<allInternalUsers></allInternalUsers>');
    fixture.org.settle();
    expect((await put(fixture, rule('To_West', to('roleAndSubordinates', 'West'), '', 'Edit'))).success).to.equal(true);
    expect(fixture.org.sharing.rules.find('Lead', 'To_West')).to.deep.include({ access: 'Edit' });
    expect(names(), 'a deploy adds, it does not replace').to.have.members(['Dept', 'To_West']);
  });

  it('take names of everybody with or without the name inside', async () => {
    expect(
      (await put(fixture, rule('A', to('allPartnerUsers', 'allPartnerUsers')) + rule('B', to('allPartnerUsers', ''))))
        .success
    ).to.equal(true);
    const [a, b] = fixture.org.sharing.rules.list('Lead');
    expect(a!.target).to.equal(b!.target);
  });

  it('keep target, source and owners', async () => {
    await put(fixture, rule('Fixed', to('role', 'West')) + criteria('Crit', to('role', 'West')));
    fixture.org.settle();
    expect(problems(await put(fixture, rule('Fixed', to('role', 'CEO'))))).to.deep.equal([
      'sharedTo cannot be changed for an existing sharing rule: Fixed',
    ]);
    const source = rule('Fixed', to('role', 'West')).replace(
      '<role>CEO</role></sharedFrom>',
      '<role>West</role></sharedFrom>'
    );
    expect(problems(await put(fixture, source))).to.deep.equal([
      'sharedFrom cannot be changed for an existing sharing rule: Fixed',
    ]);
    const owners = criteria('Crit', to('role', 'West'), '<includeRecordsOwnedByAll>false</includeRecordsOwnedByAll>');
    expect(problems(await put(fixture, owners))).to.deep.equal([
      'includeRecordsOwnedByAll cannot be changed for an existing sharing rule: Crit',
    ]);
    expect(problems(await put(fixture, criteria('Fixed', to('role', 'West'))))[0]).to.match(
      /^Duplicate sharing rule name/
    );
  });

  it('are refused for what is missing or unknown, in the words of the platform', async () => {
    const cases: Array<[string, string, RegExp]> = [
      ['Account', rule('A', INTERNAL), /^AccountSettings is required for account sharing rules$/],
      ['Lead', criteria('A', INTERNAL, ''), /^Required field is missing: sharingCriteriaRules$/],
      [
        'Lead',
        rule('A', to('roleAndSubordinates', 'Nowhere')),
        /^In field: roleAndSubordinates - no Role named Nowhere found$/,
      ],
      ['Lead', rule('A', to('group', 'Nobody')), /^In field: group - no Group named Nobody found$/],
      ['Lead', rule('A', INTERNAL + to('role', 'West')), /^sharedTo: exactly one target must be specified, found 2$/],
      ['Lead', rule('A', ''), /^sharedTo: exactly one target must be specified, found 0$/],
      ['Lead', rule('A', to('territory', 'T')), /^In field: territory - no Territory named T found$/],
      [
        'Lead',
        rule('A', to('channelProgramGroup', 'T')),
        /^In field: channelProgramGroup - no ChannelProgramGroup named T found$/,
      ],
      ['Lead', rule('A', to('allRestrictedEmployeeUsers', '')), /no Restricted Employee named/],
      ['Lead', rule('A', to('managers', 'admin@practice.example.com')), /^SharedTo not allowed:managers/],
      ['Lead', rule('A', to('guestUser', '')), /guest user's nickname/],
      ['Lead', rule('A__B', INTERNAL), /two consecutive underscores/],
      ['Lead', rule('A', INTERNAL, '', 'All'), /^Invalid value for accessLevel: All$/],
      ['Task', rule('A', INTERNAL), /^Entity type Task does not support sharing rules$/m],
      ['Nothing__c', rule('A', INTERNAL), /^Entity type Nothing__c does not support sharing rules$/m],
      [
        'Lead',
        rule('A', INTERNAL).replaceAll('sharingOwnerRules', 'sharingTerritoryRules'),
        /^Territory management is not enabled/,
      ],
    ];
    for (const [object, inner, text] of cases) {
      const result = await put(fixture, inner, object);
      expect(result.status, inner).to.equal('Failed');
      expect(problems(result).join('\n')).to.match(text);
    }
    expect(fixture.org.sharing.rules.list()).to.deep.equal([]);
  });

  it('name external targets only where Digital Experiences is on', async () => {
    networks(false);
    for (const member of ['roleAndSubordinates', 'roleAndSubordinatesInternal', 'portalRole', 'allPartnerUsers']) {
      const result = await put(fixture, rule('A', to(member, 'West')));
      expect(problems(result)).to.deep.equal([`SharedTo not allowed:${member} - West`]);
    }
    networks(true);
    expect((await put(fixture, rule('A', to('roleAndSubordinatesInternal', 'West')))).success).to.equal(true);
  });

  it('are replaced by a new one and the end of the old one in the same deploy', async () => {
    await put(fixture, rule('Old', to('roleAndSubordinates', 'West')));
    fixture.org.settle();
    const files = {
      'package.xml': manifest({ SharingOwnerRule: ['Lead.New'] }),
      'sharingRules/Lead.sharingRules': file('SharingRules', rule('New', to('roleAndSubordinatesInternal', 'West'))),
      'destructiveChangesPost.xml': manifest({ SharingOwnerRule: ['Lead.Old'] }),
    };
    const result = await deployZip(fixture.conn, zipOf(files));
    expect(problems(result)).to.deep.equal([]);
    expect(result.successes.find(({ fullName }) => fullName === 'Lead.Old')).to.deep.include({
      deleted: true,
      success: true,
    });
    expect(names()).to.deep.equal(['New']);
    expect(result.successes.map(({ componentType }) => componentType)).to.not.include('SharingRules');
  });

  it('wait for recalculations that are under way', async () => {
    await put(fixture, rule('First', INTERNAL));
    expect(fixture.org.sharing.rules.isLocked('Lead')).to.equal(true);
    expect(problems(await put(fixture, rule('Second', INTERNAL)))[0]).to.match(/being recalculated/);
    fixture.org.settle();
    expect((await put(fixture, rule('Second', INTERNAL))).success).to.equal(true);
  });

  it('have limits', async () => {
    const many = (count: number, make: (name: string) => string): string =>
      Array.from({ length: count }, (_, i) => make(`R${i}`)).join('');
    const tooMany = await put(
      fixture,
      many(51, (name) => criteria(name, INTERNAL))
    );
    expect(problems(tooMany)).to.deep.equal([
      'Maximum number of criteria-based and guest user sharing rules reached for Lead: 50',
    ]);
    const rules = await put(
      fixture,
      many(301, (name) => rule(name, INTERNAL))
    );
    expect(problems(rules)).to.deep.equal(['Maximum number of sharing rules reached for Lead: 300']);
    expect(names(), 'rolled back').to.deep.equal([]);
  });

  it('are listed, read and deleted by CRUD calls, one by one', async () => {
    const { metadata } = fixture.conn;
    await put(fixture, rule('One', to('role', 'West')));
    fixture.org.settle();
    const listed = (await metadata.list([{ type: 'SharingOwnerRule' }])) as unknown as Array<Record<string, string>>;
    expect([listed].flat()[0]).to.deep.include({
      fullName: 'Lead.One',
      fileName: 'sharingRules/Lead.sharingRules',
      type: 'SharingOwnerRule',
    });
    const read = (await metadata.read('SharingOwnerRule', 'Lead.One')) as unknown as Record<string, unknown>;
    expect(read).to.deep.include({ fullName: 'Lead.One', accessLevel: 'Read', label: 'One' });
    expect(read.sharedTo).to.deep.include({ role: ['West'] });
    expect(await metadata.delete('SharingOwnerRule', 'Lead.One')).to.deep.include({
      success: true,
      fullName: 'Lead.One',
    });
    expect(names()).to.deep.equal([]);
  });
});

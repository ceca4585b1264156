import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { deploy, file, problems, retrieve, rows, start, type Deployed } from './support.js';

type Saved = {
  success: boolean;
  fullName: string;
  created?: boolean;
  errors: Array<{ statusCode: string; message: string }>;
};

const queue = (inner: string): string => file('Queue', `${inner}<name>R&amp;D &lt;"x"&gt;</name>`);
const BOSSES = '<doesIncludeBosses>false</doesIncludeBosses>';
const users = (...names: string[]): string =>
  `<queueMembers><users>${names.map((name) => `<user>${name}</user>`).join('')}</users></queueMembers>`;
const LEADS = '<queueSobject><sobjectType>Lead</sobjectType></queueSobject>';

describe('metadata one component at a time', () => {
  let fixture: Fixture;

  const { create, update, upsert } = {
    create: (type: string, metadata: object): Promise<Saved> =>
      fixture.conn.metadata.create(type as 'Group', metadata as never) as unknown as Promise<Saved>,
    update: (type: string, metadata: object): Promise<Saved> =>
      fixture.conn.metadata.update(type as 'Group', metadata as never) as unknown as Promise<Saved>,
    upsert: (type: string, metadata: object): Promise<Saved> =>
      fixture.conn.metadata.upsert(type as 'Group', metadata as never) as unknown as Promise<Saved>,
  };
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      return String(error);
    }
    return 'not refused';
  };
  const group = (fullName: string, name = fullName): object => ({ fullName, name, doesIncludeBosses: true });

  beforeEach(async () => (fixture = await start()));
  afterEach(() => fixture.close());

  it('is created, read, updated, upserted, renamed and deleted', async () => {
    expect(await create('Group', group('A', 'R&D <"x">'))).to.deep.include({ success: true, fullName: 'A' });
    expect((await create('Group', group('A'))).errors[0]).to.deep.include({ statusCode: 'DUPLICATE_DEVELOPER_NAME' });
    expect(await fixture.conn.metadata.read('Group', 'A')).to.deep.include({
      fullName: 'A',
      name: 'R&D <"x">',
    });
    expect(await update('Group', group('A', 'Second'))).to.deep.include({ success: true });
    expect((await update('Group', group('B'))).errors[0]).to.deep.include({
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
    });
    expect(await upsert('Group', group('B'))).to.deep.include({ success: true, created: true });
    expect(await upsert('Group', group('B', 'x'))).to.deep.include({ success: true, created: false });
    expect(await fixture.conn.metadata.rename('Group', 'B', 'C')).to.deep.include({ success: true });
    expect(await fixture.conn.metadata.rename('Group', 'A', 'C')).to.deep.include({ success: false });
    expect(await fixture.conn.metadata.rename('Settings', 'Sharing', 'C')).to.deep.include({
      success: false,
    });
    expect(await fixture.conn.metadata.delete('Group', 'C')).to.deep.include({ success: true });
    const gone = (await fixture.conn.metadata.delete('Group', 'C')) as unknown as Saved;
    expect(gone.errors[0]).to.deep.include({
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: 'no Group named C found',
    });
    expect(
      rows(fixture, `SELECT "DeveloperName" AS n, "Name" AS l FROM "Group" WHERE "Type" = 'Regular'`)
    ).to.deep.equal([{ n: 'A', l: 'Second' }]);
  });

  it('stands alone in a call: one that fails leaves the others', async () => {
    const saved = (await fixture.conn.metadata.create('Group', [
      group('A'),
      { ...group('B__B') },
      group('C'),
    ] as never)) as unknown as Saved[];
    expect(saved.map(({ success }) => success)).to.deep.equal([true, false, true]);
    expect(rows(fixture, `SELECT "DeveloperName" AS n FROM "Group" WHERE "Type" = 'Regular' ORDER BY 1`)).to.deep.equal(
      [{ n: 'A' }, { n: 'C' }]
    );
    const unknown = await update('Group', { ...group('A'), colour: 'red' });
    expect(unknown.errors[0]!.message).to.contain('colour invalid at this location in type Group');
  });

  it('has limits and unknown types', async () => {
    const many = Array.from({ length: 11 }, (_, i) => group(`G${i}`));
    expect(await refusal(fixture.conn.metadata.create('Group', many as never))).to.contain('LIMIT_EXCEEDED');
    expect(
      await refusal(
        fixture.conn.metadata.read(
          'Group',
          many.map((_, i) => `G${i}`)
        )
      )
    ).to.contain('LIMIT_EXCEEDED');
    const four = ['Group', 'Queue', 'Role', 'Profile'].map((type) => ({ type }));
    expect(await refusal(fixture.conn.metadata.list(four))).to.contain('LIMIT_EXCEEDED');
    expect(await refusal(fixture.conn.metadata.list([{ type: 'Flowers' }]))).to.contain(
      'INVALID_TYPE: Unknown type:Flowers'
    );
    expect(await refusal(create('Flowers', group('A')))).to.contain('INVALID_TYPE');
    expect((await create('ApexClass', { fullName: 'A', apiVersion: 66 })).errors[0]).to.deep.include({
      statusCode: 'INVALID_TYPE',
    });
    const { messages } = await retrieve(fixture.conn, { Flowers: ['Rose'], Group: ['Nobody'] });
    expect(messages).to.deep.equal([
      "Entity type: 'Flowers' is unknown",
      "Entity of type 'Group' named 'Nobody' cannot be found",
    ]);
  });

  it('reads several of which some are missing', async () => {
    await create('Group', group('A'));
    await create('Group', group('B'));
    const read = (await fixture.conn.metadata.read('Group', ['A', 'B'])) as unknown as Array<{ fullName: string }>;
    expect(read.map(({ fullName }) => fullName)).to.deep.equal(['A', 'B']);
  });

  it('writes objects and custom tabs too', async () => {
    const object = {
      fullName: 'Thing__c',
      label: 'Thing',
      pluralLabel: 'Things',
      deploymentStatus: 'Deployed',
      sharingModel: 'ReadWrite',
      nameField: { type: 'Text', label: 'Name' },
      fields: [{ fullName: 'A__c', label: 'A', type: 'Text', length: 9 }],
    };
    expect(await create('CustomObject', object)).to.deep.include({ success: true });
    expect(
      await create('CustomField', { fullName: 'Thing__c.B__c', label: 'B', type: 'Checkbox', defaultValue: 'false' })
    ).to.deep.include({ success: true });
    await fixture.conn.sobject('Thing__c').create({ Name: 'x', A__c: 'a', B__c: true });
    expect((await fixture.conn.query('SELECT A__c, B__c FROM Thing__c')).records[0]).to.deep.include({
      A__c: 'a',
      B__c: true,
    });
    expect(
      await create('CustomTab', { fullName: 'Thing__c', customObject: true, motif: 'Custom1: Heart' })
    ).to.deep.include({ success: true });
    const { files } = await retrieve(fixture.conn, { CustomTab: ['Thing__c'] });
    expect(files['tabs/Thing__c.tab']).to.contain('<motif>Custom1: Heart</motif>');
  });
});

describe('queues in metadata', () => {
  let fixture: Fixture | undefined;

  const admin = 'admin@practice.example.com';
  const put = ({ conn }: Fixture, inner: string): Promise<Deployed> =>
    deploy(conn, { Queue: ['Q'] }, { 'queues/Q.queue': queue(inner) });
  const members = (fx: Fixture): unknown[] => rows(fx, 'SELECT "UserOrGroupId" AS id FROM "GroupMember"');

  afterEach(() => fixture?.close());

  for (const [variant, left] of [
    ['replaces', 0],
    ['adds', 1],
  ] as const) {
    it(`a deploy ${variant} members`, async () => {
      fixture = await start('empty', { queueDeploy: variant });
      const first = await put(fixture, BOSSES + users(admin) + LEADS);
      expect(problems(first)).to.deep.equal([]);
      expect(members(fixture)).to.have.length(1);
      const { files } = await retrieve(fixture.conn, { Queue: ['Q'] });
      expect(files['queues/Q.queue'])
        .to.contain(`<user>${admin}</user>`)
        .and.to.contain('<name>R&amp;D &lt;&quot;x&quot;&gt;</name>');
      expect((await put(fixture, BOSSES + LEADS)).success).to.equal(true);
      expect(members(fixture)).to.have.length(left);
    });
  }

  it('ask for doesIncludeBosses from version 67 on, and for members that exist', async () => {
    fixture = await start();
    const files = { 'queues/Q.queue': queue(LEADS) };
    expect((await deploy(fixture.conn, { Queue: ['Q'] }, files)).success, '66').to.equal(true);
    const { manifest, zipOf, deployZip } = await import('./support.js');
    const later = await deployZip(fixture.conn, zipOf({ 'package.xml': manifest({ Queue: ['Q'] }, '67.0'), ...files }));
    expect(problems(later)).to.deep.equal(['Required field is missing: doesIncludeBosses']);
    expect(problems(await put(fixture, BOSSES + users('nobody@example.com')))).to.deep.equal([
      'In field: user - no User named nobody@example.com found',
    ]);
    const role = '<queueMembers><roles><role>None</role></roles></queueMembers>';
    expect(problems(await put(fixture, BOSSES + role))).to.deep.equal(['In field: role - no Role named None found']);
    expect(
      problems(await put(fixture, `${BOSSES}<queueSobject><sobjectType>Account</sobjectType></queueSobject>`))[0]
    ).to.contain('Account');
  });
});

describe('sites in metadata', () => {
  it('change status and members, and leave the sender alone', async () => {
    const fixture = await start({ leads: 5 });
    const name = 'Example Training Preview';
    const { files } = await retrieve(fixture.conn, { Network: [name] });
    const path = Object.keys(files).find((one) => one.startsWith('networks/'))!;
    const changed = files[path]!.replace('<status>UnderConstruction</status>', '<status>Live</status>')
      .replace(
        /<emailSenderAddress>.*<\/emailSenderAddress>/,
        '<emailSenderAddress>other@example.com</emailSenderAddress>'
      )
      .replace(
        '    <site>',
        '    <networkMemberGroups><profile>admin</profile><profile>Example Partner</profile></networkMemberGroups>\n    <site>'
      );
    const result = await deploy(fixture.conn, { Network: [name] }, { [path]: changed });
    expect(problems(result)).to.deep.equal([]);
    fixture.org.settle();
    const [site] = rows(
      fixture,
      'SELECT "Id" AS id, "Status" AS status, "EmailSenderAddress" AS sender, "FirstActivationDate" IS NOT NULL AS active FROM "Network" WHERE "Name" = ?',
      name
    );
    expect(site).to.deep.include({ status: 'Live', sender: 'channel@example.com', active: 1 });
    const groups = rows(
      fixture,
      'SELECT "AssignmentStatus" AS s FROM "NetworkMemberGroup" WHERE "NetworkId" = ?',
      String(site!.id)
    );
    expect(groups).to.deep.equal([{ s: 'Added' }, { s: 'Added' }]);
    const back = await deploy(fixture.conn, { Network: [name] }, { [path]: files[path]! });
    expect(problems(back)[0]).to.match(/cannot return to preview/);
    const other = await deploy(fixture.conn, { Network: ['Nowhere'] }, { 'networks/Nowhere.network': files[path]! });
    expect(problems(other)[0]).to.match(/Sites cannot be created/);
    await fixture.close();
  });
});

import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import {
  deploy,
  deployZip,
  file,
  manifest,
  problems,
  retrieve,
  rows,
  start,
  zipOf,
  type Deployed,
  type Files,
} from './support.js';

const share = (to: string, type: string, level = 'View'): string =>
  `<folderShares><accessLevel>${level}</accessLevel><sharedTo>${to}</sharedTo><sharedToType>${type}</sharedToType></folderShares>`;

const access = (type: string): string => `<accessType>${type}</accessType>`;
const report = (name: string, inner: string): Files => ({
  [`reports/${name}-meta.xml`]: file('ReportFolder', `${inner}<name>R&amp;D ${name.replaceAll('/', ' ')}</name>`),
});

describe('folders in metadata', () => {
  let fixture: Fixture;

  const open = async (variants: Record<string, string> = {}): Promise<void> => {
    fixture = await start('empty', variants);
    fixture.org.preferences.set('Communities.enableNetworksEnabled', true);
    await fixture.conn.metadata.create('Role', [{ fullName: 'CEO', name: 'CEO' }] as never);
    await fixture.conn.metadata.create('Group', { fullName: 'Team', name: 'Team', doesIncludeBosses: true } as never);
  };
  const put = (content: string, members: string[], files: Files): Promise<Deployed> =>
    deploy(fixture.conn, { [content]: members }, files);
  const reports = (name: string, inner: string): Promise<Deployed> => put('Report', [name], report(name, inner));
  const text = async (content: string, name: string, path: string): Promise<string> =>
    (await retrieve(fixture.conn, { [content]: [name] })).files[path]!;

  afterEach(() => fixture.close());

  it('of reports: shares, subfolders, retrieved as they were deployed, listed, deleted', async () => {
    await open();
    const shares =
      share('CEO', 'RoleAndSubordinates') +
      share('Team', 'Group', 'EditAllContents') +
      share('AllInternalUsers', 'Organization', 'Manage');
    const first = await reports('Sales', access('Public') + shares);
    expect(problems(first)).to.deep.equal([]);
    expect(first.successes[0]).to.deep.include({
      componentType: 'ReportFolder',
      fullName: 'Sales',
      created: true,
      fileName: 'reports/Sales-meta.xml',
    });
    expect((await reports('Sales/West', '')).success).to.equal(true);
    expect((await reports('None/West', '')).failures[0]!.problem).to.equal('Cannot find folder: None');
    const back = await text('Report', 'Sales', 'reports/Sales-meta.xml');
    expect(back).to.contain('<name>R&amp;D Sales</name>').and.to.contain('<accessType>Public</accessType>');
    expect(back.match(/<sharedToType>\w+/g)).to.have.members(
      ['RoleAndSubordinates', 'Group', 'Organization'].map((type) => `<sharedToType>${type}`)
    );
    expect((await put('Report', ['Sales'], { 'reports/Sales-meta.xml': back })).successes[0]).to.deep.include({
      changed: false,
    });
    expect(
      rows(fixture, 'SELECT "DeveloperName" AS n, "Type" AS t, "AccessType" AS a FROM "Folder" ORDER BY 1')
    ).to.deep.equal([
      { n: 'Sales', t: 'Report', a: 'Public' },
      { n: 'West', t: 'Report', a: 'Hidden' },
    ]);
    const listed = (await fixture.conn.metadata.list([{ type: 'ReportFolder' }])) as unknown as Array<{
      fullName: string;
    }>;
    expect(listed.map(({ fullName }) => fullName)).to.deep.equal(['Sales', 'Sales/West']);
    expect((await reports('Sales', '')).success).to.equal(true);
    expect(await text('Report', 'Sales', 'reports/Sales-meta.xml')).to.not.contain('folderShares');
    const remove = (name: string): Promise<Deployed> =>
      deployZip(
        fixture.conn,
        zipOf({ 'package.xml': manifest({}), 'destructiveChanges.xml': manifest({ Report: [name] }) })
      );
    expect(problems(await remove('Sales'))).to.deep.equal(['The folder is not empty: Sales']);
    expect((await remove('Sales/West')).success).to.equal(true);
    expect((await remove('Sales')).success).to.equal(true);
  });

  it('refuse whom they do not know, and what does not fit the way of sharing', async () => {
    await open();
    expect(problems(await reports('A', share('Nobody', 'Role')))).to.deep.equal([
      'In field: Role - no Role named Nobody found',
    ]);
    expect(problems(await reports('A', share('x', 'Nonsense')))[0]).to.contain(
      "'Nonsense' is not a valid value for the enum 'FolderSharedToType'"
    );
    expect(problems(await reports('A', `${access('Shared')}<sharedTo><role>CEO</role></sharedTo>`)).join()).to.contain(
      'enhanced folder sharing'
    );
    const document = (inner: string): Files => ({
      'documents/D-meta.xml': file('DocumentFolder', `${inner}<name>D</name>`),
    });
    expect(problems(await put('Document', ['D'], document(share('CEO', 'Role'))))).to.deep.equal([
      'folderShares is not allowed for DocumentFolder',
    ]);
    expect(problems(await put('Report', ['D'], document('')))).to.include('Not in package.xml');
    expect(
      (
        await put('Document', ['D'], {
          'documents/D-meta.xml': file(
            'DocumentFolder',
            `${access('Shared')}<name>D</name><publicFolderAccess>ReadWrite</publicFolderAccess><sharedTo><group>Team</group><role>CEO</role></sharedTo>`
          ),
        })
      ).success
    ).to.equal(true);
    const back = await text('Document', 'D', 'documents/D-meta.xml');
    expect(back)
      .to.contain('<group>Team</group>')
      .and.to.contain('<role>CEO</role>')
      .and.to.contain('<publicFolderAccess>ReadWrite</publicFolderAccess>');
  });

  it('of templates share a directory', async () => {
    await open();
    const files = {
      'email/Old-meta.xml': file(
        'EmailFolder',
        `${access('Public')}<name>Old</name><publicFolderAccess>ReadOnly</publicFolderAccess>`
      ),
      'email/New-meta.xml': file('EmailTemplateFolder', '<name>New</name>'),
      'email/Old/Hi.email': 'Dear {!Lead.Name}',
      'email/Old/Hi.email-meta.xml': file(
        'EmailTemplate',
        '<available>true</available><encodingKey>UTF-8</encodingKey><name>Hi</name><style>none</style><subject>Hi</subject><type>text</type>'
      ),
    };
    const result = await put('EmailTemplate', ['Old', 'New', 'Old/Hi'], files);
    expect(problems(result)).to.deep.equal([]);
    expect(rows(fixture, 'SELECT "Type" AS t FROM "Folder" ORDER BY 1')).to.deep.equal([
      { t: 'Email' },
      { t: 'EmailTemplate' },
    ]);
    expect(rows(fixture, `SELECT "Subject" AS s FROM "EmailTemplate" WHERE "DeveloperName" = 'Hi'`)).to.deep.equal([
      { s: 'Hi' },
    ]);
    expect(await text('EmailTemplate', 'Old/Hi', 'email/Old/Hi.email')).to.equal('Dear {!Lead.Name}');
    const listed = (await fixture.conn.metadata.list([{ type: 'EmailTemplate', folder: 'Old' }])) as unknown as Array<{
      fullName: string;
    }>;
    expect([listed].flat().map(({ fullName }) => fullName)).to.deep.equal(['Old/Hi']);
  });

  for (const [variant, accepted] of [
    ['accepted', true],
    ['refused', false],
  ] as const) {
    it(`PublicInternal on a document folder: ${variant}`, async () => {
      await open({ documentFolderInternal: variant });
      const document = { 'documents/D-meta.xml': file('DocumentFolder', `${access('PublicInternal')}<name>D</name>`) };
      expect((await put('Document', ['D'], document)).success).to.equal(accepted);
      expect((await reports('A', access('PublicInternal'))).success).to.equal(true);
      fixture.org.preferences.set('Communities.enableNetworksEnabled', false);
      expect(problems(await reports('B', access('PublicInternal')))[0]).to.contain('PublicInternal is not allowed');
    });
  }

  it('by access type where sharing is classic', async () => {
    await open({ folderSharing: 'classic' });
    expect(problems(await reports('A', share('CEO', 'Role')))[0]).to.contain('enhanced folder sharing is not enabled');
    expect(
      (await reports('A', `${access('Shared')}<sharedTo><roleAndSubordinates>CEO</roleAndSubordinates></sharedTo>`))
        .success
    ).to.equal(true);
    expect(await text('Report', 'A', 'reports/A-meta.xml')).to.contain(
      '<roleAndSubordinates>CEO</roleAndSubordinates>'
    );
    const [{ id }] = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "Folder"') as [{ id: string }];
    expect((await fixture.call('GET', `/folders/${id}/shares`)).status).to.equal(403);
  });

  it('and their shares over REST', async () => {
    type Share = { shareId: string; accessType: string; shareType: string };
    type Body = { shares: Share[]; folders: Array<Record<string, string>> } & Share & Array<{ errorCode: string }>;
    const ask = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
      const answer = await fixture.call(method, path, body);
      return { status: answer.status, body: answer.body as Body };
    };
    await open();
    await reports('A', share('CEO', 'RoleAndSubordinates'));
    await put('Document', ['D'], { 'documents/D-meta.xml': file('DocumentFolder', '<name>D</name>') });
    const list = await ask('GET', '/folders');
    expect(list.body).to.deep.include({ totalSize: 1 });
    const { id, name, type } = list.body.folders[0]!;
    expect({ name, type }).to.deep.equal({ name: 'A', type: 'report' });
    expect((await ask('GET', `/folders/${id}`)).body).to.deep.include({ id, label: 'R&D A' });
    const [document] = rows<{ id: string }>(fixture, `SELECT "Id" AS id FROM "Folder" WHERE "Type" = 'Document'`);
    expect((await ask('GET', `/folders/${document!.id}/shares`)).status).to.equal(404);
    const roleId = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "UserRole"')[0]!.id;
    const teamId = rows<{ id: string }>(fixture, `SELECT "Id" AS id FROM "Group" WHERE "DeveloperName" = 'Team'`)[0]!
      .id;
    const shares = `/folders/${id}/shares`;
    const first = (await ask('GET', shares)).body.shares[0]!;
    expect(first).to.deep.include({
      accessType: 'View',
      shareType: 'RoleAndSubordinates',
      sharedWithId: roleId,
      sharedWithLabel: 'CEO',
    });
    const added = await ask('POST', shares, {
      shares: [{ accessType: 'Edit', shareType: 'Group', shareWithId: teamId }],
    });
    expect(added.body.shares.map(({ shareType }) => shareType)).to.deep.equal(['RoleAndSubordinates', 'Group']);
    const changed = await ask('PATCH', `${shares}/${first.shareId}`, { accessType: 'Manage' });
    expect(changed.body).to.deep.include({ shareId: first.shareId, accessType: 'Manage' });
    expect((await ask('GET', `${shares}/${first.shareId}`)).body.accessType).to.equal('Manage');
    const replaced = await ask('PUT', shares, {
      shares: [{ accessType: 'view', shareType: 'RoleAndSubordinatesInternal', shareWithId: roleId }],
    });
    expect(replaced.body.shares.map(({ shareType }) => shareType)).to.deep.equal(['RoleAndSubordinatesInternal']);
    expect((await ask('GET', `${shares}/${first.shareId}`)).status).to.equal(404);
    for (const wrong of [
      { accessType: 'Fly', shareType: 'Group', shareWithId: teamId },
      { accessType: 'View', shareType: 'Role', shareWithId: teamId },
      { accessType: 'View', shareType: 'Nonsense' },
    ]) {
      const answer = await ask('POST', shares, { shares: [wrong] });
      expect([answer.status, answer.body[0]!.errorCode]).to.deep.equal([400, 'INVALID_INPUT']);
    }
    const { shareId } = replaced.body.shares[0]!;
    expect((await ask('DELETE', `${shares}/${shareId}`)).status).to.equal(204);
    expect((await ask('GET', shares)).body.shares).to.deep.equal([]);
    expect(await text('Report', 'A', 'reports/A-meta.xml')).to.not.contain('folderShares');
  });
});

import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { element, elements, file, problems, retrieve, rows, start, workbench, type Files } from './support.js';

const field = (name: string, values: Record<string, string | number | boolean>): string =>
  `<fields>${elements({ fullName: name, label: name.replace('__c', ''), ...values })}</fields>`;

const NAME_FIELD = '<nameField><label>Rotation</label><type>Text</type></nameField>';
const OBJECT = elements({ deploymentStatus: 'Deployed', label: 'R&amp;D &lt;"x"&gt;' });

const rotation = (fields: string, model = 'Private'): Files => ({
  'objects/Rotation__c.object': file(
    'CustomObject',
    `${OBJECT}${fields}${NAME_FIELD}${elements({ pluralLabel: 'Rotations', sharingModel: model })}`
  ),
});

describe('components', () => {
  let fixture: Fixture;

  const { put, good, bad, remove, query } = workbench(() => fixture);

  beforeEach(async () => {
    fixture = await start();
    fixture.org.preferences.set('Communities.enableNetworksEnabled', true);
  });
  afterEach(() => fixture.close());

  it('objects with fields: queried at once, changed, and taken away', async () => {
    const fields =
      field('Active__c', { type: 'Checkbox', defaultValue: true }) +
      field('Weight__c', { type: 'Number', precision: 4, scale: 0 }) +
      field('Key__c', { type: 'Text', length: 40, unique: true, externalId: true }) +
      `<fields>${elements({ fullName: 'Mode__c', label: 'Mode', type: 'Picklist' })}<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>Even</fullName><default>true</default><label>Even</label></value><value><fullName>Odd</fullName><default>false</default><label>Odd</label></value></valueSetDefinition></valueSet></fields>` +
      field('Queue_Lead__c', { type: 'Lookup', referenceTo: 'Lead', relationshipName: 'Rotations' });
    const result = await good({ CustomObject: ['Rotation__c'] }, rotation(fields));
    expect(result.successes.filter(({ created }) => created).map(({ fullName }) => fullName)).to.have.members([
      'Rotation__c',
      'Rotation__c.Active__c',
      'Rotation__c.Weight__c',
      'Rotation__c.Key__c',
      'Rotation__c.Mode__c',
      'Rotation__c.Queue_Lead__c',
    ]);
    const saved = await fixture.conn.sobject('Rotation__c').create({ Name: 'North', Weight__c: 3, Key__c: 'n' });
    expect(saved.success).to.equal(true);
    expect((await query('SELECT Name, Weight__c, Active__c, Mode__c FROM Rotation__c'))[0]).to.deep.include({
      Name: 'North',
      Weight__c: 3,
      Active__c: true,
      Mode__c: 'Even',
    });
    const described = await fixture.conn.sobject('Rotation__c').describe();
    expect(described.label).to.equal('R&D <"x">');
    expect(fixture.org.sharing.defaults.of(fixture.org.catalog.require('Rotation__c')).internal).to.equal('Private');
    const { files } = await retrieve(fixture.conn, { CustomObject: ['Rotation__c'] });
    const { 'package.xml': _manifest, ...kept } = files;
    const again = await good({ CustomObject: ['Rotation__c'] }, kept);
    expect(again.successes.filter(({ changed }) => changed)).to.deep.equal([]);
    expect((await remove({ CustomField: ['Rotation__c.Weight__c'] })).success).to.equal(true);
    const gone = await fixture.conn.query('SELECT Weight__c FROM Rotation__c').then(() => '', String);
    expect(gone).to.contain('INVALID_FIELD');
    expect((await remove({ CustomObject: ['Rotation__c'] })).success).to.equal(true);
    expect(await fixture.conn.query('SELECT Id FROM Rotation__c').then(() => '', String)).to.contain('INVALID_TYPE');
  });

  it('objects are undone with the rest of a failed deploy', async () => {
    const result = await put(
      { CustomObject: ['Rotation__c'], Group: ['Bad'] },
      {
        ...rotation(field('A__c', { type: 'Text', length: 10 })),
        'groups/Bad.group': file('Group', elements({ doesIncludeBosses: true, name: 'x'.repeat(50) })),
      }
    );
    expect(result.status).to.equal('Failed');
    expect(await fixture.conn.query('SELECT Id FROM Rotation__c').then(() => '', String)).to.contain('INVALID_TYPE');
    await good({ CustomObject: ['Rotation__c'] }, rotation(''));
  });

  it('objects with a master belong to it', async () => {
    const member = {
      'objects/Member__c.object': file(
        'CustomObject',
        elements({ deploymentStatus: 'Deployed', label: 'Member' }) +
          field('Rotation__c', { type: 'MasterDetail', referenceTo: 'Rotation__c', relationshipName: 'Members' }) +
          '<nameField><displayFormat>M-{0000}</displayFormat><label>Member</label><type>AutoNumber</type></nameField>' +
          elements({ pluralLabel: 'Members', sharingModel: 'ControlledByParent' })
      ),
    };
    await good({ CustomObject: ['Rotation__c', 'Member__c'] }, { ...rotation(''), ...member });
    const { id } = await fixture.conn.sobject('Rotation__c').create({ Name: 'R' });
    await fixture.conn.sobject('Member__c').create({ Rotation__c: id });
    const [row] = await query('SELECT Name, (SELECT Name FROM Members__r) FROM Rotation__c');
    expect((row!.Members__r as { records: unknown[] }).records).to.have.length(1);
    expect(problems(await remove({ CustomObject: ['Rotation__c'] }))[0]).to.match(
      /referenced elsewhere: Member__c.Rotation__c/
    );
  });

  it('objects and fields are refused for what is missing or cannot be', async () => {
    const object = (inner: string): Files => ({ 'objects/Rotation__c.object': file('CustomObject', inner) });
    const types = { CustomObject: ['Rotation__c'] };
    expect(await bad(types, object(''))).to.contain('Must specify a non-empty label');
    expect(await bad(types, object(element('label', 'R')))).to.contain('non-empty pluralLabel');
    expect(await bad(types, object(elements({ label: 'R', pluralLabel: 'R' })))).to.contain('Must specify a nameField');
    expect(
      await bad(
        types,
        rotation('<recordTypes><fullName>A</fullName><active>true</active><label>A</label></recordTypes>')
      )
    ).to.contain('not supported by the practice org');
    expect(await bad(types, rotation(field('A__c', { type: 'Text' })))).to.contain("Must specify 'length'");
    expect(await bad(types, rotation(field('A__c', { type: 'Lookup', referenceTo: 'Nothing__c' })))).to.equal(
      'In field: referenceTo - no CustomObject named Nothing__c found'
    );
    expect(await bad(types, rotation(field('A__c', { type: 'Summary' })))).to.contain(
      'not supported by the practice org'
    );
    expect(await bad(types, rotation(field('Industry', { type: 'Text', length: 3 })))).to.contain(
      'Standard fields cannot be deployed'
    );
    expect(
      await bad({ CustomObject: ['Lead'] }, { 'objects/Lead.object': file('CustomObject', element('label', 'L')) })
    ).to.contain('label of standard objects');
    await good(types, rotation(field('A__c', { type: 'Text', length: 10 })));
    expect(await bad(types, rotation(field('A__c', { type: 'Checkbox' })))).to.contain(
      'Cannot change the type of Rotation__c.A__c from Text to Checkbox'
    );
  });

  it('fields of standard objects come alone, and not without their line in package.xml', async () => {
    const lead = {
      'objects/Lead.object': file(
        'CustomObject',
        field('Score__c', { type: 'Number', precision: 3, scale: 0 }) + field('Other__c', { type: 'Date' })
      ),
    };
    expect(await bad({ CustomField: ['Lead.Score__c'] }, lead)).to.equal('Not in package.xml');
    await good({ CustomField: ['Lead.Score__c', 'Lead.Other__c'] }, lead);
    await fixture.conn.sobject('Lead').create({ LastName: 'A', Company: 'B', Score__c: 7 });
    expect((await query('SELECT Score__c FROM Lead'))[0]).to.deep.include({ Score__c: 7 });
    const { files } = await retrieve(fixture.conn, { CustomField: ['Lead.Score__c'] });
    expect(files['objects/Lead.object']).to.contain('Score__c').and.not.contain('Other__c');
  });

  it('org-wide defaults: never more open outside than inside', async () => {
    const lead = (inside: string, outside: string): Files => ({
      'objects/Lead.object': file('CustomObject', elements({ externalSharingModel: outside, sharingModel: inside })),
    });
    const types = { CustomObject: ['Lead'] };
    await good(types, lead('Read', 'Private'));
    const { records } = await fixture.conn.tooling.query(
      `SELECT InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = 'Lead'`
    );
    expect(records[0]).to.deep.include({ InternalSharingModel: 'Read', ExternalSharingModel: 'Private' });
    expect(await bad(types, lead('Private', 'Read'))).to.match(/cannot be more open/);
    expect(await bad(types, lead('FullAccess', 'Private'))).to.match(/FullAccess/);
    fixture.org.preferences.set('Communities.enableNetworksEnabled', false);
    expect(await bad(types, lead('Read', 'Read'))).to.match(/external sharing model is not enabled/);
  });

  it('list views: rows, sharing, and files of one view', async () => {
    const view = (name: string, shared: string): string =>
      `<listViews>${elements({ fullName: name, columns: 'FULL_NAME', filterScope: 'Everything', label: name })}${shared}</listViews>`;
    const lead = (inner: string): Files => ({ 'objects/Lead.object': file('CustomObject', inner) });
    await good(
      { ListView: ['Lead.A', 'Lead.B'] },
      lead(view('A', '') + view('B', '<sharedTo><allInternalUsers></allInternalUsers></sharedTo>'))
    );
    expect(
      (
        await query(`SELECT DeveloperName, SobjectType FROM ListView WHERE SobjectType = 'Lead' ORDER BY DeveloperName`)
      ).map(({ DeveloperName }) => DeveloperName)
    ).to.deep.equal(['A', 'B']);
    expect(await bad({ ListView: ['Lead.C'] }, lead(view('C', '<sharedTo><role>None</role></sharedTo>')))).to.equal(
      'In field: role - no Role named None found'
    );
    expect((await remove({ ListView: ['Lead.A'] })).success).to.equal(true);
    expect(await query('SELECT Id FROM ListView')).to.have.length(1);
  });

  it('roles: parents first, whatever the order of the files', async () => {
    const role = (name: string, parent = ''): string =>
      file('Role', element('name', name) + (parent ? element('parentRole', parent) : ''));
    await good(
      { Role: ['A', 'B', 'C'] },
      { 'roles/A.role': role('A', 'B'), 'roles/B.role': role('B', 'C'), 'roles/C.role': role('C') }
    );
    expect(
      await query(`SELECT ParentRole.DeveloperName FROM UserRole WHERE DeveloperName = 'A'`).catch(() =>
        query(`SELECT Id FROM UserRole WHERE DeveloperName = 'A'`)
      )
    ).to.have.length(1);
    expect(
      rows(
        fixture,
        `SELECT p."DeveloperName" AS p FROM "UserRole" r JOIN "UserRole" p ON p."Id" = r."ParentRoleId" WHERE r."DeveloperName" = 'A'`
      )
    ).to.deep.equal([{ p: 'B' }]);
    expect(
      rows(fixture, `SELECT count(*) AS n FROM "Group" WHERE "DeveloperName" = 'A' AND "Type" LIKE 'Role%'`)
    ).to.deep.equal([{ n: 3 }]);
    expect(await bad({ Role: ['D'] }, { 'roles/D.role': role('D', 'Nobody') })).to.equal(
      'In field: parentRole - no Role named Nobody found'
    );
  });

  it('labels: one file, one component each', async () => {
    const label = (name: string, value: string): string =>
      `<labels>${elements({ fullName: name, language: 'en_US', protected: false, shortDescription: name, value })}</labels>`;
    const labels = (inner: string): Files => ({ 'labels/CustomLabels.labels': file('CustomLabels', inner) });
    await good({ CustomLabels: ['CustomLabels'] }, labels(label('Hello', 'R&amp;D') + label('Bye', 'Bye')));
    const read = (await fixture.conn.metadata.read('CustomLabel', 'Hello')) as unknown as Record<string, unknown>;
    expect(read).to.deep.include({ fullName: 'Hello', value: 'R&D' });
    const { files } = await retrieve(fixture.conn, { CustomLabel: ['Bye'] });
    expect(files['labels/CustomLabels.labels']).to.contain('Bye').and.not.contain('Hello');
    expect(
      await bad(
        { CustomLabels: ['CustomLabels'] },
        labels(`<labels>${elements({ fullName: 'X', language: 'en_US' })}</labels>`)
      )
    ).to.contain('Required field is missing');
    const twice = label('One', 'a') + '<fullName>x</fullName>' + label('Two', 'b');
    expect(await bad({ CustomLabels: ['CustomLabels'] }, labels(twice))).to.contain(
      'Element labels is duplicated at this location in type CustomLabels'
    );
    expect((await remove({ CustomLabel: ['Hello', 'Bye'] })).success).to.equal(true);
    expect((await retrieve(fixture.conn, { CustomLabels: ['*'] })).files['labels/CustomLabels.labels']).to.not.contain(
      'labels>'
    );
  });

  it('assignment rules: one active, entries checked, rows to query', async () => {
    await good(
      { Queue: ['Q'] },
      {
        'queues/Q.queue': file(
          'Queue',
          elements({ doesIncludeBosses: true, name: 'Q' }) +
            '<queueSobject><sobjectType>Lead</sobjectType></queueSobject>'
        ),
      }
    );
    const entry = (values: string): string => `<ruleEntry>${values}</ruleEntry>`;
    const rule = (name: string, active: boolean, entries: string): string =>
      `<assignmentRule>${elements({ fullName: name, active })}${entries}</assignmentRule>`;
    const rules = (inner: string): Files => ({
      'assignmentRules/Lead.assignmentRules': file('AssignmentRules', inner),
    });
    const toQueue = entry(
      '<assignedTo>Q</assignedTo><assignedToType>Queue</assignedToType><criteriaItems><field>Lead.Country</field><operation>equals</operation><value>DE</value></criteriaItems>'
    );
    await good({ AssignmentRules: ['Lead'] }, rules(rule('Partner Round Robin', true, toQueue)));
    await good({ AssignmentRule: ['Lead.Second'] }, rules(rule('Second', true, toQueue)));
    expect(await query('SELECT Name, Active FROM AssignmentRule ORDER BY Name')).to.have.length(2);
    expect(rows(fixture, 'SELECT "Name" AS name FROM "AssignmentRule" WHERE "Active" = 1')).to.deep.equal([
      { name: 'Second' },
    ]);
    const { files } = await retrieve(fixture.conn, { AssignmentRule: ['Lead.Partner Round Robin'] });
    expect(files['assignmentRules/Lead.assignmentRules']).to.contain('<active>false</active>');
    const wrong = (values: string): Promise<string> =>
      bad({ AssignmentRule: ['Lead.X'] }, rules(rule('X', false, entry(values))));
    expect(await wrong('<assignedTo>None</assignedTo><assignedToType>Queue</assignedToType>')).to.equal(
      'In field: assignedTo - no Queue named None found'
    );
    expect(await wrong('<assignedTo>a@b.c</assignedTo><assignedToType>User</assignedToType>')).to.equal(
      'In field: assignedTo - no User named a@b.c found'
    );
    expect(
      await wrong('<criteriaItems><field>Lead.Nope__c</field><operation>equals</operation></criteriaItems>')
    ).to.contain('no CustomField named Lead.Nope__c found');
    expect(problems(await remove({ Queue: ['Q'] }))[0]).to.contain('used by assignment rule');
  });
});

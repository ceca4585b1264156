/** Assignment rules that run: entries in order, criteria of every kind, and the ways to ask for a rule. */
import { expect } from 'chai';
import { rows, start, workbench, file, elements, type Files } from '../metadata/support.js';
import type { Fixture } from '../http/fixture.js';

type Item = [field: string, operation: string, value?: string, valueField?: string];
type Entry = {
  items?: Item[];
  filter?: string;
  formula?: string;
  to?: string;
  user?: string;
  template?: string;
  more?: string;
};

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const item = ([field, operation, value, valueField]: Item): string =>
  `<criteriaItems><field>Lead.${field}</field><operation>${operation}</operation>` +
  (valueField ? `<valueField>Lead.${valueField}</valueField>` : value === undefined ? '' : `<value>${value}</value>`) +
  '</criteriaItems>';

const entryXml = ({ items = [], filter, formula, to, user, template, more = '' }: Entry): string =>
  '<ruleEntry>' +
  (to ? elements({ assignedTo: to, assignedToType: 'Queue' }) : '') +
  (user ? elements({ assignedTo: user, assignedToType: 'User' }) : '') +
  (filter ? elements({ booleanFilter: filter }) : '') +
  items.map(item).join('') +
  (formula ? `<formula>${escaped(formula)}</formula>` : '') +
  (template ? elements({ template }) : '') +
  `${more}</ruleEntry>`;

const ruleFile = (rules: Array<{ name: string; active: boolean; entries: Entry[] }>): Files => ({
  'assignmentRules/Lead.assignmentRules': file(
    'AssignmentRules',
    rules
      .map(
        ({ name, active, entries }) =>
          `<assignmentRule>${elements({ fullName: name, active })}${entries.map(entryXml).join('')}</assignmentRule>`
      )
      .join('')
  ),
});

describe('assignment rules that run (platform-facts D, G)', () => {
  let fixture: Fixture;
  const bench = workbench(() => fixture);
  before(async () => (fixture = await start({ leads: 20 })));
  after(() => fixture.close());

  const deploy = (name: string, active: boolean, entries: Entry[]) =>
    bench.good({ AssignmentRule: [`Lead.${name}`] }, ruleFile([{ name, active, entries }]));
  const refused = (entry: Entry): Promise<string> =>
    bench.bad({ AssignmentRule: ['Lead.X'] }, ruleFile([{ name: 'X', active: false, entries: [entry] }]));
  const ruleId = (name: string): string =>
    rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "AssignmentRule" WHERE "Name" = ?', name)[0]!.id;
  const ownerOf = (id: string): string =>
    rows<{ name: string }>(
      fixture,
      'SELECT coalesce(g."DeveloperName", u."Username") AS name FROM "Lead" l LEFT JOIN "Group" g ON g."Id" = l."OwnerId" ' +
        'LEFT JOIN "User" u ON u."Id" = l."OwnerId" WHERE l."Id" = ?',
      id
    )[0]!.name;
  const lead = (values: Record<string, unknown> = {}) => ({ LastName: 'Rule', Company: 'Rule Ltd', ...values });
  const create = async (values: Record<string, unknown>, rule: string): Promise<string> => {
    const answer = await fixture.call('POST', '/sobjects/Lead', lead(values), { 'Sforce-Auto-Assign': rule });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return (answer.body as { id: string }).id;
  };
  const ADMIN = 'admin@practice.example.com';
  const [NORTH, SOUTH, EAST] = ['Partner_Leads_North', 'Partner_Leads_South', 'Partner_Leads_East'];

  const CASES: Array<
    [what: string, entry: Omit<Entry, 'to'>, yes: Record<string, unknown>, no: Record<string, unknown>]
  > = [
    ['equals, without case', { items: [['Country', 'equals', 'germany']] }, { Country: 'GERMANY' }, { Country: 'D' }],
    ['a list', { items: [['Country', 'equals', 'Italy, "Korea, South"']] }, { Country: 'Korea, South' }, {}],
    ['blank', { items: [['Country', 'equals', '']] }, {}, { Country: 'Italy' }],
    ['not blank', { items: [['Country', 'notEqual']] }, { Country: 'Italy' }, {}],
    ['notEqual with blank', { items: [['Country', 'notEqual', 'Italy']] }, {}, { Country: 'italy' }],
    [
      'lessThan',
      { items: [['NumberOfEmployees', 'lessThan', '10']] },
      { NumberOfEmployees: 9 },
      { NumberOfEmployees: 10 },
    ],
    ['greaterThan', { items: [['NumberOfEmployees', 'greaterThan', '10']] }, { NumberOfEmployees: 11 }, {}],
    [
      'lessOrEqual',
      { items: [['AnnualRevenue', 'lessOrEqual', '10.5']] },
      { AnnualRevenue: 10.5 },
      { AnnualRevenue: 11 },
    ],
    [
      'greaterOrEqual',
      { items: [['AnnualRevenue', 'greaterOrEqual', '10']] },
      { AnnualRevenue: 10 },
      { AnnualRevenue: 9 },
    ],
    [
      'contains, one of several',
      { items: [['Company', 'contains', 'gmbh,ltd']] },
      { Company: 'A Ltd' },
      { Company: 'A AG' },
    ],
    ['notContain', { items: [['Company', 'notContain', 'Ltd']] }, { Company: 'A AG' }, { Company: 'A ltd' }],
    [
      'startsWith',
      { items: [['LeadSource', 'startsWith', 'part']] },
      { LeadSource: 'Partner Referral' },
      { LeadSource: 'Web' },
    ],
    ['a day', { items: [['CreatedDate', 'greaterThan', '1/31/2020']] }, {}, { Country: 'never' }],
    [
      'a checkbox',
      { items: [['IsUnreadByOwner', 'equals', 'true']] },
      { IsUnreadByOwner: true },
      { IsUnreadByOwner: false },
    ],
    [
      'another field',
      { items: [['City', 'equals', undefined, 'State']] },
      { City: 'Bremen', State: 'Bremen' },
      { City: 'Ulm', State: 'BW' },
    ],
    [
      'all of several',
      {
        items: [
          ['City', 'equals', 'Ulm'],
          ['State', 'equals', 'BW'],
        ],
      },
      { City: 'Ulm', State: 'BW' },
      { City: 'Ulm' },
    ],
    [
      'a filter',
      {
        items: [
          ['City', 'equals', 'A'],
          ['State', 'equals', 'B'],
          ['Street', 'equals', 'C'],
        ],
        filter: '1 AND (2 OR NOT 3)',
      },
      { City: 'A', Street: 'D' },
      { City: 'A', Street: 'C' },
    ],
    [
      'a formula',
      { formula: 'AND(NumberOfEmployees >= 5, BEGINS(Company, "Big"))' },
      { Company: 'Big A', NumberOfEmployees: 5 },
      { Company: 'Big A' },
    ],
  ];

  for (const [what, entry, yes, no] of CASES) {
    it(`matches ${what}`, async () => {
      await deploy('Case', false, [{ ...entry, to: NORTH }]);
      const rule = ruleId('Case');
      expect(ownerOf(await create(yes, rule))).to.equal(NORTH);
      if (what !== 'a day') expect(ownerOf(await create(no, rule))).to.equal(ADMIN);
    });
  }

  it('takes the first entry that matches, and ends at one without a target', async () => {
    const username = 'nora.fieldgate@practice.example.com';
    expect(rows(fixture, 'SELECT 1 FROM "User" WHERE "Username" = ?', username)).to.have.length(1);
    await deploy('Order', false, [
      { items: [['Country', 'equals', 'Italy']] },
      { formula: 'Country = "Spain"', user: username },
      { items: [['NumberOfEmployees', 'greaterThan', '5']], to: SOUTH },
      { to: EAST },
    ]);
    const rule = ruleId('Order');
    expect(ownerOf(await create({ Country: 'Italy', NumberOfEmployees: 9 }, rule))).to.equal(ADMIN);
    expect(ownerOf(await create({ Country: 'Spain', NumberOfEmployees: 9 }, rule))).to.equal(username);
    expect(ownerOf(await create({ NumberOfEmployees: 9 }, rule))).to.equal(SOUTH);
    expect(ownerOf(await create({}, rule))).to.equal(EAST);
  });

  it('runs the active rule on REST writes without the header, also on updates', async () => {
    await deploy('On', true, [{ items: [['Country', 'equals', 'Norway']], to: NORTH }]);
    const made = await fixture.call('POST', '/sobjects/Lead', lead());
    const id = (made.body as { id: string }).id;
    expect(ownerOf(id)).to.equal(ADMIN);
    await fixture.call('PATCH', `/sobjects/Lead/${id}`, { Country: 'Norway' }, { 'Sforce-Auto-Assign': 'false' });
    expect(ownerOf(id)).to.equal(ADMIN);
    await fixture.call('PATCH', `/sobjects/Lead/${id}`, { Country: 'Norway' });
    expect(ownerOf(id)).to.equal(NORTH);
  });

  it('switches the other rule off when an active one is deployed, and runs the new one at once', async () => {
    await deploy('On', true, [{ to: NORTH }]);
    await deploy('Other', true, [{ to: SOUTH }]);
    expect(rows(fixture, 'SELECT "Name" AS name FROM "AssignmentRule" WHERE "Active" = 1')).to.deep.equal([
      { name: 'Other' },
    ]);
    expect(ownerOf(await create({}, 'true'))).to.equal(SOUTH);
    expect(ownerOf(await create({}, ruleId('On')))).to.equal(NORTH);
    await deploy('Other', false, [{ to: SOUTH }]);
    expect(ownerOf(await create({}, 'true'))).to.equal(ADMIN);
  });

  it('knows rules by collections, SOAP and Bulk too', async () => {
    await deploy('Ways', false, [{ to: EAST }]);
    const rule = ruleId('Ways');
    const id = await create({}, 'false');
    const saved = await fixture.call(
      'PATCH',
      '/composite/sobjects',
      { records: [{ attributes: { type: 'Lead' }, id, Company: 'Ways' }] },
      { 'Sforce-Auto-Assign': rule }
    );
    expect(saved.body).to.have.nested.property('[0].success', true);
    expect(ownerOf(id)).to.equal(EAST);
    const missing = await fixture.call('POST', '/sobjects/Lead', lead(), { 'Sforce-Auto-Assign': '01QgL0000000999' });
    expect(missing.body).to.have.nested.property('[0].errorCode', 'INVALID_ASSIGNMENT_RULE');
    const other = await create({}, 'false');
    const job = fixture.conn.bulk2.createJob({ operation: 'update', object: 'Lead', assignmentRuleId: rule });
    await job.open();
    await job.uploadData([{ Id: other, Company: 'Ways' }]);
    await job.close();
    await job.poll(20, 5000);
    expect(ownerOf(other)).to.equal(EAST);
  });

  it('mails by the template of the entry, to the owner alone', async () => {
    fixture.org.preferences.set('Email.deliverability', 'all');
    await bench.good(
      { EmailTemplate: ['unfiled$public/Tell'] },
      {
        'email/unfiled$public/Tell.email':
          'Dear {!Lead.OwnerFirstName}, {!Lead.Name} of {!Lead.Company}: {!Lead.Link} {!Odd.One}',
        'email/unfiled$public/Tell.email-meta.xml': file(
          'EmailTemplate',
          '<available>true</available><encodingKey>UTF-8</encodingKey><name>Tell</name><style>none</style>' +
            '<subject>New: {!Lead.Company} ({!User.LastName})</subject><type>text</type>'
        ),
      }
    );
    await deploy('Mails', false, [{ user: 'nora.fieldgate@practice.example.com', template: 'unfiled$public/Tell' }]);
    fixture.org.outbox.clear();
    const id = await create({ Company: 'Mail AG', FirstName: 'Ann' }, ruleId('Mails'));
    const [mail, ...others] = fixture.org.outbox.list();
    expect(others).to.deep.equal([]);
    expect(mail).to.include({ kind: 'assignment', template: 'Tell', relatedId: id, delivered: true });
    expect(mail!.to).to.deep.equal(['nora.fieldgate@example.com']);
    expect(mail!.body).to.equal(`Dear Nora, Ann Rule of Mail AG: ${fixture.server.url}/${id} {!Odd.One}`);
    expect(mail!.subject).to.match(/^New: Mail AG \(\w+\)$/);
    await fixture.call('PATCH', `/sobjects/Lead/${id}`, { City: 'Ulm' }, { 'Sforce-Auto-Assign': ruleId('Mails') });
    expect(fixture.org.outbox.list(), 'the owner stayed').to.have.length(1);
  });

  it('refuses what it cannot carry out', async () => {
    expect(await refused({ formula: 'Country &' })).to.equal('In field: formula - Syntax error.');
    expect(await refused({ formula: '1 + 1' })).to.contain('expected Boolean');
    expect(await refused({ formula: 'ISPICKVAL(Owner.Name, "x")' })).to.match(
      /Owner\.Name \(formula line 1, column 11\)/
    );
    expect(await refused({ formula: 'IsConverted', items: [['City', 'equals', 'x']] })).to.contain(
      'either criteria or'
    );
    expect(await refused({ items: [['NumberOfEmployees', 'equals', 'many']] })).to.contain('is not valid');
    expect(await refused({ items: [['CreatedDate', 'greaterThan', 'TODAY']] })).to.contain('relative dates');
    expect(await refused({ items: [['IsConverted', 'greaterThan', 'true']] })).to.contain('Operation greaterThan');
    expect(await refused({ items: [['City', 'within', '5']] })).to.contain('within');
    expect(await refused({ items: [['City', 'equals', 'x']], filter: '1 AND 2' })).to.contain('booleanFilter');
    expect(await refused({ items: [['City', 'equals', undefined, 'Nope__c']] })).to.contain('valueField');
    expect(await refused({ to: NORTH, template: 'unfiled$public/None' })).to.contain('no EmailTemplate named');
    expect(await refused({ to: NORTH, more: '<team>Team</team>' })).to.contain('team is not allowed');
  });
});

/** Mail alerts: deployed as parts of workflow files, sent by the invocable action (platform-facts D1). */
import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { elements, file, retrieve, rows, start, workbench, type Files } from '../metadata/support.js';

const TEMPLATE: Files = {
  'email/unfiled$public/Handed_Over.email': 'Hello {!Lead.OwnerFullName}, {!Lead.Name} is yours: {!Lead.Link}',
  'email/unfiled$public/Handed_Over.email-meta.xml': file(
    'EmailTemplate',
    '<available>true</available><encodingKey>UTF-8</encodingKey><name>Handed over</name><style>none</style>' +
      '<subject>{!Lead.Company}</subject><type>text</type>'
  ),
};

const alertFile = (inner: string): Files => ({
  'workflows/Lead.workflow': file('Workflow', `<alerts>${elements({ fullName: 'Tell_Owner' })}${inner}</alerts>`),
});

const definition = (recipients: string, more: { cc?: string; sender?: string; template?: string } = {}): string =>
  (more.cc ? elements({ ccEmails: more.cc }) : '') +
  elements({ description: 'Tell the owner', protected: false }) +
  recipients +
  (more.sender ?? elements({ senderType: 'CurrentUser' })) +
  elements({ template: more.template ?? 'unfiled$public/Handed_Over' });

const OWNER = '<recipients><type>owner</type></recipients>';
const PATH = '/actions/custom/emailAlert/Lead/Tell_Owner';

describe('mail alerts (platform-facts D1)', () => {
  let fixture: Fixture;
  const bench = workbench(() => fixture);
  before(async () => {
    fixture = await start({ leads: 260 });
    fixture.org.preferences.set('Email.deliverability', 'all');
    await bench.good({ EmailTemplate: ['unfiled$public/Handed_Over'] }, TEMPLATE);
    await deploy(OWNER);
  });
  after(() => fixture.close());
  beforeEach(() => fixture.org.outbox.clear());

  const deploy = (recipients: string, more = {}) =>
    bench.good({ WorkflowAlert: ['Lead.Tell_Owner'] }, alertFile(definition(recipients, more)));
  const refused = (inner: string): Promise<string> =>
    bench.bad({ WorkflowAlert: ['Lead.Tell_Owner'] }, alertFile(inner));
  const leadsOf = (kind: string, most = 1): Array<{ id: string; owner: string }> =>
    rows(
      fixture,
      `SELECT l."Id" AS id, l."OwnerId" AS owner FROM "Lead" l WHERE "IsConverted" = 0 AND "OwnerId" LIKE '${kind}%' LIMIT ${most}`
    );
  const send = (...ids: unknown[]) =>
    fixture.call('POST', PATH, { inputs: ids.map((SObjectRowId) => ({ SObjectRowId })) });

  it('are parts of workflow files that can be listed, retrieved and deleted', async () => {
    const { files } = await retrieve(fixture.conn, { WorkflowAlert: ['Lead.Tell_Owner'] });
    expect(files['workflows/Lead.workflow'])
      .to.contain('<fullName>Tell_Owner</fullName>')
      .and.to.contain('<type>owner</type>');
    const again = await bench.good(
      { Workflow: ['Lead'] },
      { 'workflows/Lead.workflow': files['workflows/Lead.workflow']! }
    );
    expect(again.successes.filter(({ changed, fullName }) => changed && fullName !== 'package.xml')).to.deep.equal([]);
    await bench.good(
      { WorkflowAlert: ['Lead.Other'] },
      { 'workflows/Lead.workflow': files['workflows/Lead.workflow']!.replace('Tell_Owner', 'Other') }
    );
    const listed = await fixture.call('GET', '/actions/custom/emailAlert/Lead');
    const { actions } = listed.body as { actions: Array<{ name: string; type: string }> };
    expect(actions.map(({ name }) => name)).to.deep.equal(['Other', 'Tell_Owner']);
    expect(actions[0]!.type).to.equal('EMAILALERT');
    await bench.remove({ WorkflowAlert: ['Lead.Other'] });
    expect((await fixture.call('GET', '/actions/custom/emailAlert/Lead/Other')).status).to.equal(404);
    const described = await fixture.call('GET', PATH);
    expect(described.body).to.have.nested.property('inputs[0].name', 'SObjectRowId');
  });

  it('send one mail for each lead, rendered, to its owner', async () => {
    const [ofUser] = leadsOf('005');
    const [ofQueue] = rows<{ id: string; email: string; name: string }>(
      fixture,
      `SELECT l."Id" AS id, g."Email" AS email, g."Name" AS name FROM "Lead" l JOIN "Group" g ON g."Id" = l."OwnerId"
       WHERE g."Email" IS NOT NULL AND "IsConverted" = 0 LIMIT 1`
    );
    const answer = await send(ofUser!.id, ofQueue!.id);
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal(
      Array(2).fill({ actionName: 'Tell_Owner', errors: null, isSuccess: true, outputValues: null })
    );
    const [user] = rows<{ name: string; email: string }>(
      fixture,
      'SELECT "Name" AS name, "Email" AS email FROM "User" WHERE "Id" = ?',
      ofUser!.owner
    );
    const [lead] = rows<{ name: string; company: string }>(
      fixture,
      'SELECT "Name" AS name, "Company" AS company FROM "Lead" WHERE "Id" = ?',
      ofUser!.id
    );
    const [first, second] = fixture.org.outbox.list();
    expect(first).to.deep.include({
      kind: 'email-alert',
      template: 'Handed_Over',
      to: [user!.email],
      from: 'admin@practice.example.com',
      subject: lead!.company,
      body: `Hello ${user!.name}, ${lead!.name} is yours: ${fixture.server.url}/${ofUser!.id}`,
      relatedId: ofUser!.id,
      delivered: true,
    });
    expect(second!.to).to.deep.equal([ofQueue!.email]);
    expect(second!.body).to.contain(`Hello ${ofQueue!.name},`);
  });

  it('reach the members of a queue that has no address, also those in its groups', async () => {
    const [queue] = rows<{ id: string }>(
      fixture,
      `SELECT "Id" AS id FROM "Group" WHERE "DeveloperName" = 'Partner_Leads_North'`
    );
    const [lead] = leadsOf('00G');
    await fixture.call(
      'PATCH',
      `/sobjects/Lead/${lead!.id}`,
      { OwnerId: queue!.id },
      { 'Sforce-Auto-Assign': 'false' }
    );
    const [group] = rows<{ id: string }>(
      fixture,
      `SELECT "Id" AS id FROM "Group" WHERE "DeveloperName" = 'Launch_Team'`
    );
    await send(lead!.id);
    const before = fixture.org.outbox.list()[0]!.to;
    expect(before).to.include('nora.fieldgate@example.com');
    await fixture.call('POST', '/sobjects/GroupMember', { GroupId: queue!.id, UserOrGroupId: group!.id });
    fixture.org.outbox.clear();
    await send(lead!.id);
    const after = fixture.org.outbox.list()[0]!.to;
    expect(after).to.include.members(before);
    expect(after.length).to.be.greaterThan(before.length);
    expect(new Set(after).size).to.equal(after.length);
  });

  it('answer for each input, and go on with the others', async () => {
    const [lead] = leadsOf('005');
    const answer = await send('00QgL0000zzzzzz', lead!.id, 'x', undefined, leadsOf('005')[0]!.owner);
    expect(answer.status).to.equal(400);
    const results = answer.body as Array<{ isSuccess: boolean; errors: Array<{ statusCode: string }> | null }>;
    expect(results.map(({ errors }) => errors?.[0]?.statusCode)).to.deep.equal([
      'INVALID_CROSS_REFERENCE_KEY',
      undefined,
      'MALFORMED_ID',
      'REQUIRED_FIELD_MISSING',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
    expect(fixture.org.outbox.list()).to.have.length(1);
  });

  it('take 200 inputs a call', async () => {
    const ids = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "Lead" LIMIT 201').map(({ id }) => id);
    const answer = await send(...ids);
    expect(answer.body).to.have.nested.property('[0].errorCode', 'LIMIT_EXCEEDED');
    expect((await send(...ids.slice(0, 200))).status).to.equal(200);
    expect(fixture.org.outbox.list().length).to.be.greaterThan(150);
  });

  it('are held back with deliverability, and thrown away beyond the daily limit', async () => {
    const [lead] = leadsOf('005');
    fixture.org.preferences.set('Email.deliverability', 'system');
    await send(lead!.id);
    fixture.org.preferences.set('Email.deliverability', 'all');
    const used = fixture.org.limits.all().DailyWorkflowEmails!;
    expect(used.Max).to.be.greaterThan(1000);
    fixture.org.limits.setMax('DailyWorkflowEmails', used.Max - used.Remaining + 1);
    expect((await send(lead!.id, lead!.id)).status).to.equal(200);
    expect(fixture.org.outbox.list().map(({ delivered }) => delivered)).to.deep.equal([false, true, false]);
    expect(fixture.org.outbox.list()[2]!.reason).to.contain('daily limit');
    fixture.org.limits.setMax('DailyWorkflowEmails', used.Max);
  });

  it('name other recipients and senders', async () => {
    const [lead] = leadsOf('005');
    const recipients =
      '<recipients><recipient>nora.fieldgate@practice.example.com</recipient><type>user</type></recipients>' +
      '<recipients><field>Email</field><type>email</type></recipients>';
    await deploy(recipients, { cc: 'copy@example.com', sender: elements({ senderType: 'DefaultWorkflowUser' }) });
    await send(lead!.id);
    const [{ email }] = rows<{ email: string }>(
      fixture,
      'SELECT "Email" AS email FROM "Lead" WHERE "Id" = ?',
      lead!.id
    ) as [{ email: string }];
    expect(fixture.org.outbox.list()[0]!).to.deep.include({
      to: ['nora.fieldgate@example.com', email, 'copy@example.com'],
      from: 'noreply@practice.invalid',
    });
    await deploy(OWNER);
  });

  it('are refused where the org cannot send them', async () => {
    expect(await refused(definition(OWNER, { template: 'unfiled$public/None' }))).to.contain('no EmailTemplate named');
    expect(await refused(definition('<recipients><type>caseTeam</type></recipients>'))).to.contain('not supported');
    expect(await refused(definition(''))).to.contain('at least one recipient');
    expect(
      await refused(definition('<recipients><recipient>no@one</recipient><type>user</type></recipients>'))
    ).to.contain('no User named no@one found');
    expect(await refused(definition('<recipients><field>City</field><type>email</type></recipients>'))).to.contain(
      'City'
    );
    const rule = '<rules><fullName>R</fullName><active>true</active><triggerType>onAllChanges</triggerType></rules>';
    expect(await bench.bad({ Workflow: ['Lead'] }, { 'workflows/Lead.workflow': file('Workflow', rule) })).to.contain(
      'rules of workflows are not supported'
    );
  });
});

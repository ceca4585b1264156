/** History of leads: off unless it is switched on by a deploy or the scenario. */
import { expect } from 'chai';
import type { Fixture } from '../http/fixture.js';
import { file, retrieve, rows, start, workbench } from '../metadata/support.js';

describe('history of leads', () => {
  let fixture: Fixture;
  const bench = workbench(() => fixture);
  before(async () => (fixture = await start({ leads: 40 })));
  after(() => fixture.close());

  const track = (on: boolean) =>
    bench.good(
      { CustomObject: ['Lead'] },
      { 'objects/Lead.object': file('CustomObject', `<enableHistory>${String(on)}</enableHistory>`) }
    );
  const history = () =>
    bench.query('SELECT LeadId, Field, DataType, OldValue, NewValue, CreatedBy.Username FROM LeadHistory ORDER BY Id');
  const update = (id: string, values: object) =>
    fixture.call('PATCH', `/sobjects/Lead/${id}`, values, { 'Sforce-Auto-Assign': 'false' });
  const queue = (name: string): string =>
    rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "Group" WHERE "Name" = ?', name)[0]!.id;

  it('notes owners by name and by id, and the status, once it is on', async () => {
    const [north, south] = [queue('Partner Leads North'), queue('Partner Leads South')];
    const [lead] = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "Lead" WHERE "IsConverted" = 0 LIMIT 1');
    await update(lead!.id, { OwnerId: north });
    expect(await history()).to.deep.equal([]);
    await track(true);
    const { files } = await retrieve(fixture.conn, { CustomObject: ['Lead'] });
    expect(files['objects/Lead.object']).to.contain('<enableHistory>true</enableHistory>');
    await update(lead!.id, { OwnerId: south, Status: 'Working - Contacted', City: 'Ulm' });
    await update(lead!.id, { City: 'Bonn' });
    const noted = (await history()).map(({ LeadId, Field, OldValue, NewValue }) => [LeadId, Field, OldValue, NewValue]);
    expect(noted.slice(0, 2)).to.deep.equal([
      [lead!.id, 'Owner', 'Partner Leads North', 'Partner Leads South'],
      [lead!.id, 'Owner', north, south],
    ]);
    expect(noted.slice(2).map(([, field, , to]) => [field, to])).to.deep.equal([['Status', 'Working - Contacted']]);
    expect(await bench.query(`SELECT Id FROM LeadHistory WHERE Field = 'Owner'`)).to.have.length(2);
    expect(
      await bench.query(`SELECT Id, (SELECT Field FROM Histories) FROM Lead WHERE Id = '${lead!.id}'`)
    ).to.have.nested.property('[0].Histories.totalSize', 3);
    await track(false);
    await update(lead!.id, { OwnerId: north });
    expect(await history()).to.have.length(3);
  });

  it('is seen by those who see the lead, and written by nobody', async () => {
    await track(true);
    const admin = fixture.org.access.open('admin@practice.example.com');
    const leads = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "Lead" WHERE "IsConverted" = 0');
    for (const { id } of leads) await update(id, { OwnerId: queue('Partner Leads West') });
    const [partner] = rows<{ name: string }>(
      fixture,
      `SELECT "Username" AS name FROM "User" WHERE "UserType" = 'PowerPartner' AND "IsActive" = 1 LIMIT 1`
    );
    const [own] = rows<{ id: string }>(fixture, 'SELECT "Id" AS id FROM "User" WHERE "Username" = ?', partner!.name);
    await update(leads[0]!.id, { OwnerId: own!.id });
    const seen = (username: string, field: string, object: string): Set<unknown> => {
      const session = fixture.org.access.open(username);
      const { records } = fixture.org.queries.query(`SELECT ${field} FROM ${object}`, { session });
      return new Set(records.map((record) => record[field]));
    };
    const visible = seen(partner!.name, 'Id', 'Lead');
    const noted = seen(partner!.name, 'LeadId', 'LeadHistory');
    expect(noted).to.include(leads[0]!.id);
    expect([...noted].every((id) => visible.has(id))).to.equal(true);
    expect(noted.size).to.be.lessThan(seen(admin.user.Username, 'LeadId', 'LeadHistory').size);
    const answer = await fixture.call('POST', '/sobjects/LeadHistory', { LeadId: leads[0]!.id, Field: 'Owner' });
    expect(answer.status).to.be.within(400, 405);
  });

  it('is of leads alone', async () => {
    const files = { 'objects/Account.object': file('CustomObject', '<enableHistory>true</enableHistory>') };
    expect(await bench.bad({ CustomObject: ['Account'] }, files)).to.contain('enableHistory of Account');
  });
});

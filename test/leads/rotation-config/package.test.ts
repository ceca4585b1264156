/** The objects of the package, deployed into a practice org: what the org itself must hold to. */
import { expect } from 'chai';
import { installPackage } from '../../helpers/package.js';
import { Desk, type RestError } from '../../practice/sites/support.js';

describe('objects of the package', function () {
  this.timeout(20_000);
  let desk: Desk;
  let rotation: string;

  before(async () => {
    desk = await Desk.open();
    await installPackage({ url: desk.test.server.url, token: desk.test.token });
    rotation = await desk.create('Lead_Rotation__c', { Name: 'EMEA', Key__c: 'EMEA' });
  });
  after(() => desk.close());

  const codes = async (object: string, values: Record<string, unknown>): Promise<string[]> => {
    const { status, body } = await desk.rest('POST', `/sobjects/${object}`, values);
    return status === 201 ? [] : (body as RestError[]).map(({ errorCode }) => errorCode);
  };

  it('a rotation starts with the defaults that files have', async () => {
    const { body } = await desk.rest('GET', `/sobjects/Lead_Rotation__c/${rotation}`);
    expect(body).to.include({ Active__c: true, Balance__c: 'Assigned', Period__c: 'Day', Sticky__c: null });
  });

  it('keys are unique whatever their case', async () => {
    expect(await codes('Lead_Rotation__c', { Name: 'Again', Key__c: 'emea' })).to.deep.equal(['DUPLICATE_VALUE']);
    const member = { Rotation__c: rotation, Kind__c: 'Queue', Queue_Developer_Name__c: 'A', Key__c: 'EMEA/queue:a' };
    expect(await codes('Lead_Rotation_Member__c', member)).to.deep.equal([]);
    expect(await codes('Lead_Rotation_Member__c', { ...member, Key__c: 'emea/queue:A' })).to.deep.equal([
      'DUPLICATE_VALUE',
    ]);
    const lock = { Run_Key__c: 'r1', Lock_Key__c: 'rotation:EMEA' };
    expect(await codes('Channel_Run__c', lock)).to.deep.equal([]);
    expect(await codes('Channel_Run__c', { Run_Key__c: 'r2', Lock_Key__c: 'rotation:emea' })).to.deep.equal([
      'DUPLICATE_VALUE',
    ]);
  });

  it('runs without a lock do not exclude each other', async () => {
    expect(await codes('Channel_Run__c', { Run_Key__c: 'r3' })).to.deep.equal([]);
    expect(await codes('Channel_Run__c', { Run_Key__c: 'r4' })).to.deep.equal([]);
  });

  it('values outside of the lists are refused', async () => {
    expect(await codes('Lead_Rotation__c', { Name: 'X', Key__c: 'X', Balance__c: 'Luck' })).to.deep.equal([
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ]);
    expect(await codes('Lead_Rotation__c', { Name: 'X', Key__c: 'X', Sticky__c: 'Company;Colour' })).to.deep.equal([
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ]);
  });

  it('several values of one field are found by includes', async () => {
    await desk.create('Lead_Rotation__c', { Name: 'S', Key__c: 'S', Sticky__c: 'Company;Email Domain' });
    const found = desk.test.query("SELECT Key__c FROM Lead_Rotation__c WHERE Sticky__c INCLUDES ('Email Domain')");
    expect(found).to.have.length(1);
  });

  it('members go with their rotation and have no owner of their own', async () => {
    const id = await desk.create('Lead_Rotation__c', { Name: 'Gone', Key__c: 'GONE' });
    const values = { Rotation__c: id, Kind__c: 'Queue', Queue_Developer_Name__c: 'A', Key__c: 'GONE/queue:a' };
    const member = await desk.create('Lead_Rotation_Member__c', values);
    const { body } = await desk.rest('GET', `/sobjects/Lead_Rotation_Member__c/${member}`);
    expect(body).to.include({ Weight__c: 1, Assigned_Count__c: 0, Period_Count__c: 0, Deficit__c: 0 });
    expect(body).not.to.have.property('OwnerId');
    expect((await desk.rest('DELETE', `/sobjects/Lead_Rotation__c/${id}`)).status).to.equal(204);
    expect(desk.test.query(`SELECT Id FROM Lead_Rotation_Member__c WHERE Id = '${member}'`)).to.deep.equal([]);
  });

  it('an assignment outlives its lead', async () => {
    const lead = await desk.create('Lead', { LastName: 'Gone', Company: 'Example Gone' });
    const id = await desk.create('Lead_Assignment__c', { Lead__c: lead, Rotation__c: rotation, Run_Key__c: 'r1' });
    await desk.rest('DELETE', `/sobjects/Lead/${lead}`);
    const rows = desk.test.query<{ Outcome__c: string }>(
      `SELECT Outcome__c FROM Lead_Assignment__c WHERE Id = '${id}'`
    );
    expect(rows.map(({ Outcome__c }) => Outcome__c)).to.deep.equal(['Offered']);
  });

  it('deploys again without a change', async () => {
    const before = desk.test.query('SELECT Id, SystemModstamp FROM Lead_Rotation__c ORDER BY Id');
    await installPackage({ url: desk.test.server.url, token: desk.test.token });
    expect(desk.test.query('SELECT Id, SystemModstamp FROM Lead_Rotation__c ORDER BY Id')).to.deep.equal(before);
  });
});

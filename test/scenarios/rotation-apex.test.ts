/** The command line and the Apex of the package work on one rotation: by one lock, on one set of counts. */
import { expect } from 'chai';
import { request } from '../practice/http/fixture.js';
import { DistributionDesk } from './rotation-distribute-support.js';

const NORWAY = `key: Norway
name: Norway
leads: Country = 'Norway' AND IsConverted = false
period: day
members:
  - queue: Partner_Leads_North
    weight: 2
  - queue: Partner_Leads_South
`;

type Given = {
  actionName: string;
  isSuccess: boolean;
  errors: Array<{ message: string }> | null;
  outputValues: unknown;
};

describe('a rotation in the hands of the command line and of Apex', function () {
  this.timeout(90_000);
  let desk: DistributionDesk;
  beforeEach(async () => (desk = await DistributionDesk.open(20, NORWAY)));
  afterEach(() => desk.close());

  /** Gives leads by the invocable action, as a flow does. */
  const byApex = async (...leads: string[]): Promise<Given[]> => {
    const { server, token } = desk.desk.desk.test;
    const inputs = leads.map((leadId) => ({ leadId, rotationKey: 'Norway' }));
    const path = '/services/data/v66.0/actions/custom/apex/DistributeLeadsAction';
    return (await request(server.url, token, 'POST', path, { inputs })).body as Given[];
  };
  const counts = (): number[] => [...desk.counts('Norway').values()].map((row) => row.Assigned_Count__c ?? 0);
  const holders = (): unknown[] => desk.query('SELECT Lock_Key__c FROM Channel_Run__c WHERE Lock_Key__c != null');

  it('goes on with the counts that the other left', async () => {
    desk.leads(3);
    await desk.done('Norway');
    const results = await byApex(...desk.leads(3));
    expect(results.map(({ errors }) => errors)).to.deep.equal([null, null, null]);
    expect(counts()).to.deep.equal([4, 2]);
    desk.leads(3);
    await desk.done('Norway');
    expect([counts(), holders()]).to.deep.equal([[6, 3], []]);
  });

  it('is refused to Apex while a run holds it, with the name of who does; not when its lease is long over', async () => {
    const lead = desk.leads(1)[0]!;
    const until = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
    const id = await desk.desk.desk.create('Channel_Run__c', {
      ...{
        Lock_Key__c: 'rotation:norway',
        Run_Key__c: 'a-run',
        Holder__c: 'Ada on her machine',
        Owner_Token__c: 'hers',
      },
      ...{ Kind__c: 'lead-distribute', State__c: 'Running', Started_At__c: until(-1), Lease_Until__c: until(5) },
    });
    const [refused] = await byApex(lead);
    expect(JSON.stringify(refused)).to.contain('Ada on her machine');
    expect([counts(), desk.owners().get(lead)]).to.deep.equal([[0, 0], desk.queue('Unassigned_Leads')]);
    await desk.desk.desk.update('Channel_Run__c', id, { Lease_Until__c: until(-60) });
    await byApex(lead);
    expect(counts().reduce((sum, count) => sum + count, 0)).to.equal(1);
  });

  it('loses and doubles nothing when both work at the same time', async () => {
    const mine = desk.leads(40);
    const chunks = [0, 1, 2, 3, 4].map((at) => mine.slice(at * 8, at * 8 + 8));
    const runs = desk.run('--rotation', 'Norway', '--no-prompt');
    const given = await Promise.all(chunks.map((leads) => byApex(...leads)));
    await runs;
    // Whoever came too late is told so; a last run takes what is left.
    await desk.run('--rotation', 'Norway', '--no-prompt');
    expect(given.flat().length).to.equal(40);
    const [north, south] = [desk.queue('Partner_Leads_North'), desk.queue('Partner_Leads_South')];
    const owners = mine.map((id) => desk.owners().get(id)!);
    const held = [north, south].map((queue) => owners.filter((owner) => owner === queue).length);
    expect(held[0]! + held[1]!, 'every lead has an owner').to.equal(40);
    expect(counts(), 'and is counted once').to.deep.equal(held);
    expect(Math.abs(held[0]! - (40 * 2) / 3)).to.be.below(1);
  });
});

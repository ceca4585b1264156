/** A rotation becomes entries of the org's assignment rule, by the real command over HTTP. */
import { join } from 'node:path';
import { expect } from 'chai';
import { SMALL } from './rotation-support.js';
import { TURNS, RuleDesk } from './publish-rule-support.js';

describe('channel rotation publish-rule: entries', function () {
  this.timeout(60_000);
  let desk: RuleDesk;
  beforeEach(async () => (desk = await RuleDesk.open()));
  afterEach(() => desk.close());

  it('gives new leads to the queues in turn, by weight, and leaves the entries of others alone', async () => {
    const before = desk.entries();
    const look = await desk.run('--file', desk.turns, '--dry-run');
    expect(look.error?.message).to.equal(undefined);
    expect(look.stdout).to.contain('Entries 5 to 7 are those of the rotation; 4 entries of others stay as they are.');
    expect(look.stdout).to.contain('Leads that it takes: Country = Norway');
    expect(look.stdout).to.contain('Shares are even on the average only').and.to.contain('3 slots for 2 queues');
    expect([desk.entries(), desk.fields()]).to.deep.equal([before, []]);

    const { summary, proof } = await desk.done('--file', desk.turns);
    expect(proof!.foreign).to.equal(4);
    expect(summary).to.deep.include({ field: 'Slot_Turns__c', place: 5 });
    expect(summary.slots).to.have.members(['Partner_Leads_North', 'Partner_Leads_North', 'Partner_Leads_South']);
    expect(desk.entries().slice(0, 4)).to.deep.equal(before);
    expect(desk.entries()).to.have.length(7);
    const got = Array.from({ length: 9 }, () => desk.ownerOf(desk.create({ Country: 'Norway' })));
    expect(got.filter((name) => name === 'Partner Leads North')).to.have.length(6);
    expect(got.filter((name) => name === 'Partner Leads South')).to.have.length(3);
    expect(desk.ownerOf(desk.create({ Country: 'Sweden', LeadSource: 'Partner Referral' }))).to.equal(
      'Partner Leads Nordics'
    );
    expect(desk.ownerOf(desk.create({ Country: 'Peru' }))).to.not.contain('Partner Leads');
  });

  it('changes nothing the second time, and follows the rotation where it stands', async () => {
    await desk.done('--file', desk.turns, '--position', '2');
    expect(desk.entries()[1]!.assignedTo).to.equal('Partner_Leads_North');
    const again = await desk.run('--file', desk.turns, '--no-prompt');
    expect([again.result!.state, again.exitCode]).to.deep.equal(['nothing-to-do', 0]);
    const more = await desk.at.save('turns.yaml', `${TURNS}  - queue: Partner_Leads_East\n    weight: 10\n`);
    const { summary } = await desk.done('--file', more);
    expect(summary).to.deep.include({ place: 2 });
    expect(desk.entries()).to.have.length(8);
    const slot = desk.test.org.catalog.require('Lead').fields.get('slot_turns__c');
    expect(slot!.formula!.text).to.equal('MOD(VALUE(Channel_Lead_Number__c), 4) + 1');
    await desk.done('--file', more, '--position', 'first');
    expect(desk.entries()[4]!.assignedTo).to.equal('Partner_Leads_North');
    expect((await desk.run('--file', more, '--no-prompt')).result!.state).to.equal('nothing-to-do');
  });

  it('applies a saved plan while rule and fields are what they were', async () => {
    const file = join(desk.at.folder, 'plan.json');
    const saved = await desk.run('--file', desk.turns, '--dry-run', '--plan-file', file);
    expect(saved.result!.state).to.equal('planned');
    const applied = await desk.run('--plan', file, '--no-prompt');
    expect(applied.result?.state, applied.error?.message).to.equal('done');
    expect(await desk.told('--plan', file)).to.contain('has changed since');
  });

  it('leaves the rule alone at an undo when somebody has changed it', async () => {
    const { run: id } = await desk.done('--file', desk.turns);
    await desk.done('--file', await desk.at.save('small.yaml', SMALL));
    const now = desk.entries();
    const undone = await desk.at.undo(id!);
    expect(undone.stderr + undone.stdout).to.contain('no longer holds what the run deployed');
    expect(desk.entries()).to.deep.equal(now);
  });
});

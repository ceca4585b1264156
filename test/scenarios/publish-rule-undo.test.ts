/** Entries and fields of a published rotation are taken out again. */
import { expect } from 'chai';
import { SMALL } from './rotation-support.js';
import { RULE, RuleDesk } from './publish-rule-support.js';

describe('channel rotation publish-rule: the way back', function () {
  this.timeout(60_000);
  let desk: RuleDesk;
  beforeEach(async () => (desk = await RuleDesk.open()));
  afterEach(() => desk.close());

  it('brings everything back by undo, or by --remove, as it was', async () => {
    const before = desk.entries();
    const { run: id } = await desk.done('--file', desk.turns);
    const undone = await desk.at.undo(id!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect([desk.entries(), desk.fields()]).to.deep.equal([before, []]);

    await desk.done('--file', desk.turns, '--position', 'first');
    const other = await desk.at.save('small.yaml', SMALL);
    await desk.done('--file', other);
    // The rule is another one by now: an undo would take the entries of the second rotation away.
    const removed = await desk.done('Turns', '--remove');
    expect(removed.summary.foreign[RULE]).to.have.length(5);
    expect(desk.fields()).to.have.members(['Channel_Lead_Number__c', 'Slot_Small__c']);
    const last = await desk.done('--file', other, '--remove');
    expect(last.warnings.join()).to.contain('numbers of leads are lost');
    expect([desk.entries(), desk.fields()]).to.deep.equal([before, []]);
    expect((await desk.run('Turns', '--remove', '--no-prompt')).result!.state).to.equal('nothing-to-do');
    const back = await desk.at.undo(last.run!);
    expect(back.exitCode, back.stderr).to.equal(0);
    expect(desk.fields()).to.have.members(['Channel_Lead_Number__c', 'Slot_Small__c']);
    expect(desk.ownerOf(desk.create({}))).to.equal('Partner Leads East');
  });

  it('makes a rule where none is active, and deletes it again', async () => {
    desk.setRule({ active: 'false' });
    desk.test.org.store.sql('UPDATE "AssignmentRule" SET "Active" = 0').run();
    const { warnings, summary, run: id } = await desk.done('--file', desk.turns);
    expect(summary.rule).to.deep.equal({ name: 'Channel Rotations', change: 'create' });
    expect(warnings.join()).to.contain('updates included');
    expect(desk.test.query('SELECT Name FROM AssignmentRule WHERE Active = true')).to.have.length(1);
    expect((await desk.at.undo(id!)).exitCode).to.equal(0);
    expect(desk.test.query("SELECT Name FROM AssignmentRule WHERE Name = 'Channel Rotations'")).to.deep.equal([]);
    await desk.done('--file', desk.turns);
    const removed = await desk.done('Turns', '--remove');
    expect(removed.summary.rule.change).to.equal('delete');
    expect(desk.test.query("SELECT Name FROM AssignmentRule WHERE Name = 'Channel Rotations'")).to.deep.equal([]);
  });
});

/** What a rule cannot do, and entries of others that must stay as they are. */
import { expect } from 'chai';
import LeadAssign from '../../src/commands/channel/lead/assign.js';
import type { Body } from '../../src/practice/metadata/types.js';
import { runCommand } from '../helpers/command.js';
import { RULE, TURNS, RuleDesk } from './publish-rule-support.js';

describe('channel rotation publish-rule: limits', function () {
  this.timeout(60_000);
  let desk: RuleDesk;
  beforeEach(async () => (desk = await RuleDesk.open()));
  afterEach(() => desk.close());

  it('numbers leads that are there when told to, so that the rule can be run over them', async () => {
    const where = "Country = 'Peru'";
    for (let made = 0; made < 9; made++) desk.create({ Country: 'Peru' });
    const file = await desk.at.save('turns.yaml', TURNS.replace('Norway', 'Peru'));
    await desk.done('--file', file, '--number-existing');
    const assigned = await runCommand(LeadAssign, [...desk.at.target(), '--where', where, '--no-prompt']);
    expect(assigned.result?.state, assigned.error?.message).to.equal('done');
    const owners = desk.test.query<{ Owner: { Name: string }; Slot_Turns__c: number }>(
      `SELECT Owner.Name, Slot_Turns__c FROM Lead WHERE ${where}`
    );
    expect(owners).to.have.length(9);
    const slots = assigned.result!.summary.entries!.slice(4).map(({ target }) => target);
    for (const { Owner, Slot_Turns__c } of owners)
      expect(`queue ${Owner.Name.replaceAll(' ', '_')}`).to.equal(slots[Slot_Turns__c - 1]);
  });

  it('refuses what a rule cannot be, with all reasons', async () => {
    const bad = await desk.at.save(
      'bad.yaml',
      `key: Bad\nname: Bad\nleads: CreatedDate = TODAY\nmembers:\n  - queue: Nowhere\n  - user: nora.fieldgate@practice.example.com\n` +
        `  - queue: Partner_Leads_East\n    criteria: NumberOfEmployees > 10\n`
    );
    const text = await desk.told('--file', bad);
    expect(text).to.contain('no queue "Nowhere"');
    expect(text).to.contain('Users are members: nora.fieldgate@practice.example.com');
    expect(text).to.contain('criteria of their own: Partner_Leads_East');
    expect(text).to.contain('compared with a date');
    expect(await desk.told()).to.contain('Name one rotation');
    expect(await desk.told('--file', desk.turns, '--position', '0')).to.contain('"0" is not a place');
    expect(await desk.told('Turns')).to.contain('objects');
    await desk.at.install();
    expect(await desk.told('Turns')).to.contain('no rotation "Turns"');
    expect([desk.entries().length, desk.fields()]).to.deep.equal([4, []]);
  });

  it('publishes a rotation of the org, and says all that it does not keep', async () => {
    await desk.at.install();
    await desk.at.save(
      'turns.yaml',
      `${TURNS}    cap: 5\ntimeZone: Europe/Berlin\nhours: Mon-Fri 09:00-17:00\nholidays: [2026-12-25]\nsticky: [company]\nneverBackTo: [declined]\nfallback: Unassigned_Leads\n`
    );
    await desk.at.done();
    const { summary } = await desk.done('Turns');
    const text = summary.notKept.join('\n');
    for (const words of [
      'Caps are not kept: Partner_Leads_South',
      'Working hours',
      'Holidays',
      'one company',
      'had it before',
      'fallback Unassigned_Leads',
    ])
      expect(text).to.contain(words);
  });

  it('warns of an entry that takes every lead, and refuses texts that it could not keep', async () => {
    desk.setRule({ ruleEntry: [...desk.entries(), { assignedTo: 'Partner_Leads_West', assignedToType: 'Queue' }] });
    const look = await desk.run('--file', desk.turns, '--dry-run');
    expect(look.stderr).to.contain(`Entry 5 of ${RULE} takes every lead`);
    expect((await desk.run('--file', desk.turns, '--dry-run', '--position', 'first')).stderr).to.not.contain(
      'takes every lead'
    );
    desk.setRule({
      ruleEntry: [
        { ...desk.entries()[0]!, criteriaItems: [{ field: 'Lead.City', operation: 'equals', value: ' Ulm ' }] },
      ],
    });
    expect(await desk.told('--file', desk.turns)).to.contain(`Entry 1 of the rule ${RULE} holds text with blanks`);
  });

  it('keeps entries of others byte for byte, whatever they hold', async () => {
    const odd: Body[] = [
      { assignedTo: 'Partner_Leads_West', assignedToType: 'Queue', formula: 'Company = "A & <B>" && City <> \'ä"ö\'' },
      {
        assignedTo: 'nora.fieldgate@practice.example.com',
        assignedToType: 'User',
        booleanFilter: '1 AND (2 OR NOT 3)',
        criteriaItems: [
          { field: 'Lead.Company', operation: 'contains', value: '<&>\'"' },
          { field: 'Lead.City', operation: 'equals', valueField: 'Lead.State' },
          { field: 'Lead.Country', operation: 'notEqual', value: '' },
        ],
      },
      { criteriaItems: { field: 'Lead.City', operation: 'equals', value: 'Žižkov, "Praha"' } },
    ];
    desk.setRule({ ruleEntry: odd });
    const { proof } = await desk.done('--file', desk.turns, '--position', '2');
    expect(proof!.foreign).to.equal(3);
    await desk.done('Turns', '--remove');
    expect(desk.entries()).to.deep.equal(odd);
  });
});

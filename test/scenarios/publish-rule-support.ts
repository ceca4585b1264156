/** A practice org, and `rotation publish-rule` on it. */
import { expect } from 'chai';
import RotationPublishRule from '../../src/commands/channel/rotation/publish-rule.js';
import type { RotationPublishRuleResult } from '../../src/leads/publish-rule/index.js';
import type { Body } from '../../src/practice/metadata/types.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { RotationDesk } from './rotation-support.js';

export const TURNS = `key: Turns
name: Turns
leads: Country = 'Norway' AND IsConverted = false
members:
  - queue: Partner_Leads_North
    weight: 20
  - queue: Partner_Leads_South
    weight: 10
`;

/** The active rule of the company, with four entries. */
export const RULE = 'Channel Lead Routing';

export class RuleDesk {
  private constructor(
    public readonly at: RotationDesk,
    /** File of a rotation over two queues. */
    public readonly turns: string
  ) {}

  public static async open(): Promise<RuleDesk> {
    const at = await RotationDesk.open();
    return new RuleDesk(at, await at.save('turns.yaml', TURNS));
  }

  public close(): Promise<void> {
    return this.at.close();
  }

  public get test(): RotationDesk['desk']['test'] {
    return this.at.desk.test;
  }

  public run(...args: string[]): Promise<CommandOutcome<RotationPublishRuleResult>> {
    return runCommand(RotationPublishRule, [...this.at.target(), ...args]);
  }

  /** Applies without questions; it must be done and proved. */
  public async done(...args: string[]): Promise<RotationPublishRuleResult> {
    const outcome = await this.run(...args, '--no-prompt');
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    expect(outcome.result!.proof).to.deep.include({ holds: true, differences: [] });
    expect(outcome.result!.receipt!.verification!.agrees).to.equal(true);
    return outcome.result!;
  }

  /** What the command ends with. */
  public async told(...args: string[]): Promise<string> {
    return (await this.run(...args, '--no-prompt')).error?.message ?? '';
  }

  public entries(rule = RULE): Body[] {
    const found = this.test.org.tools.components.find('AssignmentRule', `Lead.${rule}`)?.body.ruleEntry ?? [];
    return (Array.isArray(found) ? found : [found]) as Body[];
  }

  /** Changes the rule behind the command's back. */
  public setRule(change: Body): void {
    const { tools, clock } = this.test.org;
    const rule = tools.components.find('AssignmentRule', `Lead.${RULE}`)!;
    tools.components.put({ tools, userId: '005', now: clock.stamp() }, { ...rule, body: { ...rule.body, ...change } });
  }

  /** Custom fields of Lead. */
  public fields(): string[] {
    const { fields } = this.test.org.catalog.require('Lead');
    return [...fields.values()].filter(({ custom }) => custom).map(({ name }) => name);
  }

  public create(values: Record<string, unknown>): string {
    const { access, saver } = this.test.org;
    const session = access.session(this.test.token);
    const lead = { LastName: 'New', Company: 'New', ...values };
    const [result] = saver.save('create', 'Lead', [lead], { session, assignment: 'active', source: 'rest' });
    expect(result!.errors).to.deep.equal([]);
    return result!.id!;
  }

  public ownerOf(id: string): string {
    const soql = `SELECT Owner.Name FROM Lead WHERE Id = '${id}'`;
    return this.test.query<{ Owner: { Name: string } }>(soql)[0]!.Owner.Name;
  }
}

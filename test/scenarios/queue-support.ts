/** A practice org, and the commands about queues on it. */
import { expect } from 'chai';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import type { TestOrgOptions } from '../helpers/practice.js';
import { DataDesk, openParts } from '../helpers/data-desk.js';

type Command<T> = Parameters<typeof runCommand<T>>[0];

export class QueueDesk extends DataDesk {
  public static async open(options?: TestOrgOptions): Promise<QueueDesk> {
    return new QueueDesk(await openParts('queues', options));
  }

  public run<T>(command: Command<T>, ...args: string[]): Promise<CommandOutcome<T>> {
    return runCommand(command, [...args, '--target-org', this.desk.test.username]);
  }

  /** Applies without questions; it must be done and proved. */
  public async done<T extends { state: string; run?: string }>(
    command: Command<T>,
    ...args: string[]
  ): Promise<T & { run: string }> {
    const outcome = await this.run(command, ...args, '--no-prompt');
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    return outcome.result as T & { run: string };
  }

  public undo(run: string): Promise<CommandOutcome<unknown>> {
    return this.run(RunUndo, run, '--no-prompt');
  }

  /** Members of a queue by name, users and groups alike. */
  public members(queue: string): string[] {
    return this.desk.test
      .query<{ UserOrGroupId: string }>(
        `SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = '${queue}' AND Group.Type = 'Queue'`
      )
      .map(({ UserOrGroupId }) => UserOrGroupId);
  }

  /** Group that stands for a role. */
  public roleGroup(role: string, type: string): string {
    const id = this.desk.value(`SELECT Id FROM UserRole WHERE DeveloperName = '${role}'`);
    return this.desk.value(`SELECT Id FROM Group WHERE RelatedId = '${id}' AND Type = '${type}'`);
  }
}

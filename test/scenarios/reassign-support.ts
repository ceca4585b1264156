/** A practice org, files of leads, and the command that gives leads to other owners. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadReassign from '../../src/commands/channel/lead/reassign.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { LeadReassignResult } from '../../src/leads/reassign/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { DataDesk, openParts } from '../helpers/data-desk.js';
import type { TestOrgOptions } from '../helpers/practice.js';

export type Lead = { Id: string; OwnerId: string };

/** Leads of inactive users are left out: the org takes nobody back as their owner. */
export const OPEN = 'IsConverted = false AND OwnerId NOT IN (SELECT Id FROM User WHERE IsActive = false)';

export class ReassignDesk extends DataDesk {
  public static async open(options: TestOrgOptions = { leads: 400 }): Promise<ReassignDesk> {
    return new ReassignDesk(await openParts('reassign', options));
  }

  public get org() {
    return this.desk.test;
  }

  public async save(name: string, lines: readonly string[]): Promise<string> {
    await writeFile(join(this.folder, name), `${lines.join('\n')}\n`);
    return join(this.folder, name);
  }

  public leads(where = OPEN, most = 2000): Lead[] {
    return this.org.query<Lead>(`SELECT Id, OwnerId FROM Lead WHERE ${where} ORDER BY Id LIMIT ${most}`);
  }

  /** Owners of leads as they are now, by lead. */
  public owners(ids: readonly string[]): Record<string, string> {
    const wanted = new Set(ids);
    return Object.fromEntries(
      this.leads('Id != null', 5000).flatMap((lead) => (wanted.has(lead.Id) ? [[lead.Id, lead.OwnerId]] : []))
    );
  }

  public queue(name: string): string {
    return this.desk.value(`SELECT Id FROM Group WHERE DeveloperName = '${name}' AND Type = 'Queue'`);
  }

  public user(name: string): string {
    return this.desk.id('User', name);
  }

  public run(...args: string[]): Promise<CommandOutcome<LeadReassignResult>> {
    return runCommand(LeadReassign, [...args, '--target-org', this.org.username]);
  }

  /** Applies without questions; it must be done and proved. @param exit 68 where rows of a file are rejected */
  public async done(exit: number, ...args: string[]): Promise<LeadReassignResult & { run: string }> {
    const outcome = await this.run(...args, '--no-prompt');
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([exit, 'done']);
    expect(outcome.result!.receipt!.verification?.agrees, JSON.stringify(outcome.result!.receipt)).to.equal(true);
    return outcome.result as LeadReassignResult & { run: string };
  }

  public undo(run: string): Promise<CommandOutcome<unknown>> {
    return runCommand(RunUndo, [run, '--target-org', this.org.username, '--no-prompt']);
  }
}

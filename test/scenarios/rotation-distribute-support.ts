/** What the tests of `lead distribute --rotation` share: a desk with the package and a rotation, and what became of leads. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import type { DistributeResult } from '../../src/leads/distribute/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { RotationDesk, type Row } from './rotation-support.js';

export type Counts = {
  Key__c: string;
  Assigned_Count__c: number | null;
  Period_Count__c: number | null;
  Period_Start__c: string | null;
  Deficit__c: number | null;
};

export class DistributionDesk {
  private constructor(public readonly desk: RotationDesk) {}

  /** Opens an org with the package and rotations, given as files. */
  public static async open(leads: number, ...rotations: string[]): Promise<DistributionDesk> {
    const desk = await RotationDesk.open({ scenario: { leads, history: true } });
    await desk.install();
    for (const [at, text] of rotations.entries()) await desk.save(`r${at}.yaml`, text);
    if (rotations.length > 0) await desk.done();
    return new DistributionDesk(desk);
  }

  /** An org without the package. */
  public static async bare(leads: number): Promise<DistributionDesk> {
    return new DistributionDesk(await RotationDesk.open({ leads }));
  }

  public close(): Promise<void> {
    return this.desk.close();
  }

  public run(...args: string[]): Promise<CommandOutcome<DistributeResult>> {
    return runCommand(LeadDistribute, [...this.desk.target(), ...args]);
  }

  /** Distributes by a rotation, which must be done and proved. */
  public async done(key: string, ...args: string[]): Promise<DistributeResult> {
    const outcome = await this.run('--rotation', key, '--no-prompt', ...args);
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    expect(outcome.result!.verification?.agrees).to.equal(true);
    return outcome.result!;
  }

  /** What the rotation remembers, by the member's name. */
  public counts(key: string): Map<string, Counts> {
    const rows = this.query<Counts>(
      `SELECT Key__c, Assigned_Count__c, Period_Count__c, Period_Start__c, Deficit__c
        FROM Lead_Rotation_Member__c WHERE Rotation__r.Key__c = '${key}' ORDER BY Key__c`
    );
    return new Map(rows.map((row) => [row.Key__c.replace(/^.*:/, ''), row]));
  }

  public query<T = Row>(soql: string): T[] {
    return this.desk.desk.test.query<T>(soql);
  }

  public queue(name: string): string {
    return this.desk.desk.value(`SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '${name}'`);
  }

  /** Owners of leads, by id. */
  public owners(where = 'Id != null'): Map<string, string> {
    const rows = this.query<{ Id: string; OwnerId: string }>(`SELECT Id, OwnerId FROM Lead WHERE ${where}`);
    return new Map(rows.map(({ Id, OwnerId }) => [Id, OwnerId]));
  }

  /** New leads of the unassigned queue, without the assignment rule. */
  public leads(count: number, values: Record<string, unknown> = {}): string[] {
    const { org, token } = this.desk.desk.test;
    const owner = this.queue('Unassigned_Leads');
    const rows = Array.from({ length: count }, () => {
      const serial = ++made;
      return { OwnerId: owner, LastName: `Lead ${serial}`, Company: `Firm ${serial}`, Country: 'Norway', ...values };
    });
    const how = { session: org.access.session(token), assignment: 'none', source: 'rest' } as const;
    return org.saver.save('create', 'Lead', rows, how).map((result) => (result as { id: string }).id);
  }
}

let made = 0;

/** Rows of a run: each lead with its new owner and the reason. */
export async function rowsOf(
  result: DistributeResult
): Promise<Array<{ Id: string; OwnerId: string; Reason: string }>> {
  return parse(await readFile(result.files.rows!, 'utf8'), { columns: true });
}

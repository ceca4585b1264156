/** A practice org with a folder for files of rotations, and the commands about them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import RotationExport from '../../src/commands/channel/rotation/export.js';
import RotationImport from '../../src/commands/channel/rotation/import.js';
import RotationList from '../../src/commands/channel/rotation/list.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { RotationImportResult } from '../../src/leads/rotations/import/index.js';
import type { RotationExportResult, RotationListResult } from '../../src/leads/rotations/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { installPackage } from '../helpers/package.js';
import { DataDesk, openParts } from '../helpers/data-desk.js';
import type { TestOrgOptions } from '../helpers/practice.js';

export const EMEA = `key: EMEA
name: EMEA partners
leads: Country IN ('Germany', 'France') AND IsConverted = false
period: week
timeZone: Europe/Berlin
hours: Mon-Fri 09:00-17:00
holidays: [2026-12-25, 2026-12-26]
fallback: Unassigned_Leads
sticky: [company, email-domain]
neverBackTo: [pulled-back]
members:
  - queue: Partner_Leads_North
    weight: 3
    cap: 50
  - queue: Partner_Leads_South
    criteria: NumberOfEmployees > 10
  - user: nora.fieldgate@practice.example.com
    hours: always
    pausedUntil: 2026-12-01T08:00
`;

export const SMALL = 'key: Small\nname: Small\nmembers:\n  - queue: Partner_Leads_East\n';

export type Row = Record<string, unknown>;

export class RotationDesk extends DataDesk {
  public static async open(options?: TestOrgOptions): Promise<RotationDesk> {
    return new RotationDesk(await openParts('rotations', options));
  }

  public install(): Promise<void> {
    return installPackage({ url: this.desk.test.server.url, token: this.desk.test.token });
  }

  public async save(name: string, text: string): Promise<string> {
    await writeFile(join(this.folder, name), text);
    return join(this.folder, name);
  }

  public target(): string[] {
    return ['--target-org', this.desk.test.username];
  }

  public imported(...args: string[]): Promise<CommandOutcome<RotationImportResult>> {
    return runCommand(RotationImport, [...this.target(), '--folder', this.folder, '--no-prompt', ...args]);
  }

  public list(): Promise<CommandOutcome<RotationListResult>> {
    return runCommand(RotationList, [...this.target(), '--folder', this.folder]);
  }

  public exported(...args: string[]): Promise<CommandOutcome<RotationExportResult>> {
    return runCommand(RotationExport, [...args, ...this.target(), '--folder', this.folder]);
  }

  public undo(run: string, ...args: string[]): ReturnType<typeof runCommand> {
    return runCommand(RunUndo, [run, ...this.target(), '--no-prompt', ...args]);
  }

  /** Imports what must be taken, and proved. */
  public async done(...args: string[]): Promise<RotationImportResult> {
    const outcome = await this.imported(...args);
    expect(outcome.error?.message).to.equal(undefined);
    expect([outcome.exitCode, outcome.result!.state], outcome.stderr).to.deep.equal([0, 'done']);
    expect(outcome.result!.receipt?.verification?.agrees).to.equal(true);
    return outcome.result!;
  }

  public members(key = 'EMEA'): Row[] {
    return this.desk.test.query<Row>(
      `SELECT Id, Key__c, Weight__c, Cap__c, Assigned_Count__c, Deficit__c, User__r.Name, Paused_Until__c, Hours__c
        FROM Lead_Rotation_Member__c WHERE Rotation__r.Key__c = '${key}' ORDER BY Name`
    );
  }

  public memberId(key: string): string {
    return this.desk.value(`SELECT Id FROM Lead_Rotation_Member__c WHERE Key__c = '${key}'`);
  }
}

/** What tests of a handover ask a practice org, and the command as they run it. */
import PartnerHandover from '../../../src/commands/channel/partner/handover.js';
import RunUndo from '../../../src/commands/channel/run/undo.js';
import type { PartnerHandoverResult } from '../../../src/partners/handover/index.js';
import type { RunUndoResult } from '../../../src/runs/index.js';
import { runCommand, type CommandOutcome } from '../../helpers/command.js';
import type { TestOrg } from '../../helpers/practice.js';

export const NORA = 'Nora Fieldgate';
export const ESME = 'Esme Larchwood';

export type Owned = { Id: string; Name: string; OwnerId: string };

export const between = (from: string, to: string): string[] => ['--from', from, '--to', to];
export const ids = (rows: readonly Owned[]): string[] => rows.map(({ Id }) => Id);

/** The command and questions about one org. */
export class Bench {
  public constructor(public readonly org: TestOrg) {}

  public handover(...args: string[]): Promise<CommandOutcome<PartnerHandoverResult>> {
    return runCommand(PartnerHandover, ['--target-org', this.org.username, '--no-prompt', ...args]);
  }

  public undo(run: string): Promise<CommandOutcome<RunUndoResult>> {
    return runCommand(RunUndo, [run, '--target-org', this.org.username, '--no-prompt']);
  }

  public idOf(name: string): string {
    return this.org.query<{ Id: string }>(`SELECT Id FROM User WHERE Name = '${name}'`)[0]!.Id;
  }

  public partnersOf(name: string): Owned[] {
    const where = `IsPartner = true AND OwnerId = '${this.idOf(name)}'`;
    return this.org.query<Owned>(`SELECT Id, Name, OwnerId FROM Account WHERE ${where} ORDER BY Id`);
  }

  public openLeadsOf(name: string): string[] {
    const where = `IsConverted = false AND OwnerId = '${this.idOf(name)}'`;
    return this.org.query<Owned>(`SELECT Id FROM Lead WHERE ${where} ORDER BY Id`).map(({ Id }) => Id);
  }
}

/** What the commands share that make partners from accounts, contacts or a CSV file. */
import { Flags } from '@salesforce/sf-plugins-core';
import { shared } from './channel-command.js';
import type { OrgIdentity } from './org/read/index.js';
import { PartnerCommand, partnerMessages } from './partner-command.js';
import { MOST_LINES, rejectedTarget, saveRejectedRows, showRejectedRows } from './rejected-file.js';
import { shown } from './report/shown.js';
import type { Plan, Receipt, RunFolder } from './runs/index.js';
import { tellSourceError, type PartnerCsv, type RejectedRow } from './partners/index.js';

/** Flags about the file that rows come from. */
export const sourceFlags = {
  file: Flags.string({
    char: 'f',
    summary: partnerMessages.getMessage('flags.file.summary'),
    description: partnerMessages.getMessage('flags.file.description'),
    exclusive: ['plan'],
  }),
  encoding: Flags.string({ summary: partnerMessages.getMessage('flags.encoding.summary'), dependsOn: ['file'] }),
  rejected: Flags.string({ summary: partnerMessages.getMessage('flags.rejected.summary'), dependsOn: ['file'] }),
  'external-id': Flags.string({
    summary: partnerMessages.getMessage('flags.external-id.summary'),
    exclusive: ['plan'],
  }),
};

export abstract class PartnerWriteCommand<T> extends PartnerCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    const create = (key: string, tokens: string[]): Error => partnerMessages.createError(key, tokens);
    return tellSourceError(error, create) ?? super.tell(error, username);
  }

  /** Where rejected rows go. */
  protected rejectedFile(file: string | undefined, said: string | undefined): Promise<string | undefined> {
    return rejectedTarget(file, said);
  }

  /** Writes rejected rows of a file, if there are any. @returns the file */
  protected saveRejected(
    target: string | undefined,
    csv: PartnerCsv | undefined,
    rejected: readonly RejectedRow[]
  ): Promise<string | undefined> {
    return saveRejectedRows(target, csv, rejected);
  }

  /**
   * A saved plan, which counts while what it relies on is as it was.
   * @param now reads that of a plan, as it is now
   * @throws SfError
   */
  protected async reliablePlan(
    file: string,
    kind: string,
    org: OrgIdentity,
    folder: RunFolder,
    now: (plan: Plan) => Promise<string>
  ): Promise<Plan> {
    const plan = await this.loadPlan(file, kind, org, folder);
    const fingerprint = await now(plan).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    if (fingerprint !== plan.fingerprint) throw shared.createError('error.planStale');
    return plan;
  }

  /** Says whether the org holds what the run wrote. */
  protected showVerification({ verification }: Receipt): void {
    if (verification?.agrees) this.log(partnerMessages.getMessage('proof.holds', [shown(verification.method)]));
    else if (verification) {
      this.warn(partnerMessages.getMessage('proof.differs', [shown(verification.differences[0] ?? '')]));
    }
  }

  /** Says what of the file was understood in which way. */
  protected showFile(csv: PartnerCsv | undefined, unused: readonly string[]): void {
    if (!csv) return;
    const delimiter = csv.delimiter === '\t' ? 'tab' : csv.delimiter;
    this.log(
      partnerMessages.getMessage('file.read', [csv.file, csv.rows.length + csv.bad.length, csv.encoding, delimiter])
    );
    for (const note of csv.notes) this.log(`  ${shown(note)}`);
    if (unused.length > 0) this.log(partnerMessages.getMessage('file.unused', [shown(unused.join(', '))]));
  }

  /** Lists rows that are not carried out, and says where they were written. */
  protected showRejected(rejected: readonly RejectedRow[], file: string | undefined): void {
    showRejectedRows(this, rejected, file);
  }

  /** Says how many rows of a list are not shown. */
  protected showMore(rows: number): void {
    if (rows > MOST_LINES) this.log(partnerMessages.getMessage('more', [rows - MOST_LINES]));
  }

  protected first<R>(rows: readonly R[]): R[] {
    return rows.slice(0, MOST_LINES);
  }
}

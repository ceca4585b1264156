/** What the commands share that make partners from accounts, contacts or a CSV file. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Flags } from '@salesforce/sf-plugins-core';
import { checkWritable, shared } from './channel-command.js';
import type { OrgIdentity } from './org/read/index.js';
import { PartnerCommand, partnerMessages } from './partner-command.js';
import { shown } from './report/shown.js';
import type { Plan, Receipt, RunFolder } from './runs/index.js';
import { rejectedLines, tellSourceError, writeRejected, type PartnerCsv, type RejectedRow } from './partners/index.js';

/** Ending of the file of rejected rows. */
const REJECTED = '.rejected.csv';

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

/** Most rows that a list on the screen shows; files and --json have all of them. */
const MOST_LINES = 15;

export abstract class PartnerWriteCommand<T> extends PartnerCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    const create = (key: string, tokens: string[]): Error => partnerMessages.createError(key, tokens);
    return tellSourceError(error, create) ?? super.tell(error, username);
  }

  /**
   * Where rejected rows go: what was said, else a file beside the one that is read, such as `people.rejected.csv`. When that
   * one is read in its turn, what is left of it takes its place.
   */
  protected async rejectedFile(file: string | undefined, said: string | undefined): Promise<string | undefined> {
    if (file === undefined) return undefined;
    const target =
      said ?? join(dirname(resolve(file)), `${basename(file).replace(/(\.rejected)?\.csv$/i, '')}${REJECTED}`);
    await checkWritable(target);
    return target;
  }

  /**
   * Writes rejected rows of a file, if there are any. Only at the end: after a run, or where there was nothing to apply. A
   * file that is there stays, unless it is the one that was read.
   * @returns the file
   */
  protected async saveRejected(
    target: string | undefined,
    csv: PartnerCsv | undefined,
    rejected: readonly RejectedRow[]
  ): Promise<string | undefined> {
    const rows = rejectedLines(rejected);
    if (target === undefined || !csv || rows.length === 0) return undefined;
    const file = await freeName(target, csv.file);
    await writeRejected(file, csv, rows);
    return file;
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
    if (rejected.length > 0) this.showRows(rejected);
    if (file !== undefined) this.log(partnerMessages.getMessage('rejected.file', [file]));
  }

  private showRows(rejected: readonly RejectedRow[]): void {
    this.log();
    this.log(partnerMessages.getMessage('rejected.title', [rejected.length]));
    this.table({
      data: this.first(rejected).map(({ line, record, reason }) => ({ line: String(line ?? ''), record, reason })),
      columns: ['line', 'record', 'reason'],
      overflow: 'wrap',
    });
    this.showMore(rejected.length);
  }

  /** Says how many rows of a list are not shown. */
  protected showMore(rows: number): void {
    if (rows > MOST_LINES) this.log(partnerMessages.getMessage('more', [rows - MOST_LINES]));
  }

  protected first<R>(rows: readonly R[]): R[] {
    return rows.slice(0, MOST_LINES);
  }
}

/** The file where rejected rows do not replace anything but the file that was read: `people.rejected-2.csv` and so on. */
async function freeName(target: string, source: string): Promise<string> {
  const read = await realpath(source).catch(() => undefined);
  const ending = extname(target);
  const stem = target.slice(0, target.length - ending.length);
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? target : `${stem}-${at}${ending}`;
    const there = await realpath(name).catch(() => undefined);
    if (there === undefined || there === read) return name;
  }
}

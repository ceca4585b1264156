/** What the commands share that make partners from accounts, contacts or a CSV file. */
import { basename, dirname, join, resolve } from 'node:path';
import { Flags } from '@salesforce/sf-plugins-core';
import { checkWritable } from './channel-command.js';
import { PartnerCommand, partnerMessages } from './partner-command.js';
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

  /** Writes rejected rows of a file, if there are any. @returns the file */
  protected async saveRejected(
    file: string | undefined,
    csv: PartnerCsv | undefined,
    rejected: readonly RejectedRow[]
  ): Promise<string | undefined> {
    const rows = rejectedLines(rejected);
    if (file === undefined || !csv || rows.length === 0) return undefined;
    await writeRejected(file, csv, rows);
    return file;
  }

  /** Says what of the file was understood in which way. */
  protected showFile(csv: PartnerCsv | undefined, unused: readonly string[]): void {
    if (!csv) return;
    const delimiter = csv.delimiter === '\t' ? 'tab' : csv.delimiter;
    this.log(
      partnerMessages.getMessage('file.read', [csv.file, csv.rows.length + csv.bad.length, csv.encoding, delimiter])
    );
    for (const note of csv.notes) this.log(`  ${note}`);
    if (unused.length > 0) this.log(partnerMessages.getMessage('file.unused', [unused.join(', ')]));
  }

  /** Lists rows that are not carried out. */
  protected showRejected(rejected: readonly RejectedRow[], file: string | undefined): void {
    if (rejected.length === 0) return;
    this.log();
    this.log(partnerMessages.getMessage('rejected.title', [rejected.length]));
    this.table({
      data: this.first(rejected).map(({ line, record, reason }) => ({ line: line ?? '', record, reason })),
      columns: ['line', 'record', 'reason'],
      overflow: 'wrap',
    });
    this.showMore(rejected.length);
    if (file !== undefined) this.log(partnerMessages.getMessage('rejected.file', [file]));
  }

  /** Says how many rows of a list are not shown. */
  protected showMore(rows: number): void {
    if (rows > MOST_LINES) this.log(partnerMessages.getMessage('more', [rows - MOST_LINES]));
  }

  protected first<R>(rows: readonly R[]): R[] {
    return rows.slice(0, MOST_LINES);
  }
}

/** The file of rows that were asked for and not carried out, beside the file that they came from. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { checkWritable, type ChannelCommand } from './channel-command.js';
import { rejectedLines, writeRejected, type PartnerCsv, type RejectedRow } from './partners/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.shared');

/** Ending of the file of rejected rows. */
const REJECTED = '.rejected.csv';

/** Most rows that a list on the screen shows; files and --json have all of them. */
export const MOST_LINES = 15;

/**
 * Where rejected rows go: what was said, else a file beside the one that is read, such as `people.rejected.csv`. When that
 * one is read in its turn, what is left of it takes its place.
 * @throws SfError where the file could not be written
 */
export async function rejectedTarget(file: string | undefined, said: string | undefined): Promise<string | undefined> {
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
export async function saveRejectedRows(
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

/** Lists rows that are not carried out, and says where they were written. */
export function showRejectedRows(
  command: ChannelCommand<unknown>,
  rejected: readonly RejectedRow[],
  file: string | undefined
): void {
  if (rejected.length > 0) showRows(command, rejected);
  if (file !== undefined) command.log(messages.getMessage('rejected.file', [file]));
}

function showRows(command: ChannelCommand<unknown>, rejected: readonly RejectedRow[]): void {
  command.log();
  command.log(messages.getMessage('rejected.title', [rejected.length]));
  command.table({
    data: rejected
      .slice(0, MOST_LINES)
      .map(({ line, record, reason }) => ({ line: String(line ?? ''), record, reason })),
    columns: ['line', 'record', 'reason'],
    overflow: 'wrap',
  });
  if (rejected.length > MOST_LINES) command.log(messages.getMessage('more', [rejected.length - MOST_LINES]));
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

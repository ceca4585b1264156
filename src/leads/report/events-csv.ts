/** Changes of owners as a file for spreadsheets, a row each. */
import { protect } from '../../org/read/index.js';
import { CsvWriter } from '../../runs/index.js';
import type { OwnerEvent } from './event.js';
import type { Names } from './names.js';

const COLUMNS = ['Lead', 'At', 'From', 'To', 'Source', 'Reason', 'Run', 'Rotation', 'Outcome', 'From Id', 'To Id'];

export class EventsCsv {
  private constructor(private readonly writer: CsvWriter) {}

  public static async create(file: string): Promise<EventsCsv> {
    return new EventsCsv(await CsvWriter.create(file, COLUMNS));
  }

  /** Writes changes of owners whose names are known. */
  public async add(events: readonly OwnerEvent[], names: Names): Promise<void> {
    for (const { lead, at, from, to, source, reason, run, rotation, outcome } of events) {
      const time = new Date(at).toISOString();
      const values = [lead, time, names.of(from), names.of(to), source, reason, run, rotation, outcome, from, to];
      this.writer.add(values.map((value) => protect(value)));
    }
    await this.writer.flush();
  }

  public close(): Promise<void> {
    return this.writer.close();
  }

  public [Symbol.asyncDispose](): Promise<void> {
    return this.writer[Symbol.asyncDispose]();
  }
}

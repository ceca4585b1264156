/** Each simulated lead with its member and the reason, as a file for spreadsheets. */
import { protect } from '../../org/read/index.js';
import { CsvWriter } from '../../runs/index.js';
import type { OnLead } from './simulation.js';

const COLUMNS = ['Configuration', 'Number', 'Time', 'Lead', 'Member', 'Reason'];

/** A file that is written while the simulation runs. */
export class LeadsCsv {
  private constructor(private readonly writer: CsvWriter) {}

  public static async create(file: string): Promise<LeadsCsv> {
    return new LeadsCsv(await CsvWriter.create(file, COLUMNS));
  }

  /** Takes the leads of one configuration. */
  public of(source: string): OnLead {
    return (number, { at, lead }, member = '', reason) =>
      this.writer.add(
        [source, String(number), new Date(at).toISOString(), lead, member, reason].map((value) => protect(value))
      );
  }

  public flush(): Promise<void> {
    return this.writer.flush();
  }

  public close(): Promise<void> {
    return this.writer.close();
  }

  public [Symbol.asyncDispose](): Promise<void> {
    return this.writer[Symbol.asyncDispose]();
  }
}

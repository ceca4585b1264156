import { open, stat, type FileHandle } from 'node:fs/promises';
import { csvLine } from '../../org/read/index.js';
import { readCsv } from '../rows/csv.js';

/** What became of a planned row. `pending` rows are still to be written, `failed` ones too when a run is resumed. */
export const OUTCOMES = ['pending', 'done', 'changed', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type RowOutcome = {
  index: number;
  id: string;
  outcome: Exclude<Outcome, 'pending'>;
  code?: string;
  message?: string;
};

const HEADER = ['Row', 'Id', 'Outcome', 'Code', 'Message'];

/**
 * Outcome of every row of a step: a byte a row in memory, a line a row in outcomes.csv. Lines are appended unit by unit;
 * the journal says up to which byte they count, so that what a crash left half written is dropped.
 */
export class Outcomes {
  private readonly states: Uint8Array;
  private readonly counts: number[];

  private constructor(
    private readonly handle: FileHandle,
    private size: number,
    rows: number
  ) {
    this.states = new Uint8Array(rows);
    this.counts = OUTCOMES.map((outcome) => (outcome === 'pending' ? rows : 0));
  }

  /**
   * Opens outcomes.csv and reads it again.
   * @param bytes how much of the file counts, from the journal; undefined for a run that has settled nothing yet
   */
  public static async open(file: string, rows: number, bytes?: number): Promise<Outcomes> {
    const exists = await stat(file).then(
      () => true,
      () => false
    );
    const handle = await open(file, 'a', 0o600);
    const header = csvLine(HEADER);
    const size = exists && bytes !== undefined ? bytes : 0;
    await handle.truncate(size);
    const outcomes = new Outcomes(handle, size, rows);
    if (size === 0) await outcomes.write(header);
    else await outcomes.replay(file);
    return outcomes;
  }

  /** Reads outcomes without changing their file; nothing can be recorded in them. */
  public static async read(file: string, rows: number, bytes = 0): Promise<Outcomes> {
    const handle = await open(file, 'r');
    await handle.close();
    const outcomes = new Outcomes(handle, bytes, rows);
    if (bytes > 0) await outcomes.replay(file);
    return outcomes;
  }

  public get bytes(): number {
    return this.size;
  }

  public of(index: number): Outcome {
    return OUTCOMES[this.states[index]!]!;
  }

  public count(outcome: Outcome): number {
    return this.counts[OUTCOMES.indexOf(outcome)]!;
  }

  /** Records outcomes; they are on disk when this returns. */
  public async record(rows: readonly RowOutcome[]): Promise<void> {
    if (rows.length === 0) return;
    for (const { index, outcome } of rows) this.set(index, outcome);
    let text = '';
    for (const { index, id, outcome, code = '', message = '' } of rows) {
      text += csvLine([String(index + 1), id, outcome, code, message]);
    }
    await this.write(text);
    await this.handle.datasync();
  }

  /** Rows that failed are to be tried again. */
  public reopenFailed(): void {
    const failed = OUTCOMES.indexOf('failed');
    this.states.forEach((state, index) => {
      if (state === failed) this.set(index, 'pending');
    });
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }

  private set(index: number, outcome: Outcome): void {
    const before = this.states[index]!;
    const after = OUTCOMES.indexOf(outcome);
    this.states[index] = after;
    this.counts[before] = this.counts[before]! - 1;
    this.counts[after] = this.counts[after]! + 1;
  }

  private async write(text: string): Promise<void> {
    await this.handle.appendFile(text);
    this.size += Buffer.byteLength(text);
  }

  private async replay(file: string): Promise<void> {
    for await (const batch of readCsv(file, this.size)) {
      for (const [row, , outcome] of batch) this.set(Number(row) - 1, outcome as Outcome);
    }
  }
}

/**
 * Outcomes in the order of the file, for reports and undo; of a row that was tried again the last one counts.
 * @param bytes how much of the file counts, from the journal; all of it where absent
 */
export async function* readOutcomes(file: string, bytes?: number): AsyncGenerator<RowOutcome> {
  for await (const batch of readCsv(file, bytes)) {
    for (const [row, id = '', outcome, code, message] of batch) {
      yield {
        index: Number(row) - 1,
        id,
        outcome: outcome as RowOutcome['outcome'],
        code: code || undefined,
        message: message || undefined,
      };
    }
  }
}

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const countsSchema = z.object({
  assigned: z.number().int(),
  deficit: z.number().int(),
  periodCount: z.number().int(),
  periodStart: z.string().nullable(),
});

/** What the counts of a member were before a unit of counts, and what the unit makes of them. */
const countedSchema = z.object({ record: z.string(), from: countsSchema, to: countsSchema });

export type Counted = z.infer<typeof countedSchema>;

/**
 * What a run did, line by line. A line is on disk before the remote write it announces, so that after a crash the
 * journal tells what may have happened:
 * `begin` a process took the step up; `unit` a chunk, job, deploy or set of members is about to be written; `opened` its
 * Bulk job or deploy exists; `closing` a Bulk job is about to be handed over; `settled` what became of the unit is known,
 * that of rows is in outcomes.csv up to `outcomeBytes`; `refused` the org took nothing of the unit; `end` the process put
 * the run down.
 */
export const journalLineSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('begin'),
    at: z.string(),
    step: z.string(),
    before: z.record(z.string(), z.number()).nullable(),
  }),
  z.object({
    t: z.literal('unit'),
    unit: z.number().int(),
    step: z.string(),
    mode: z.enum([
      'collection',
      'bulk',
      'deploy',
      'members',
      'site-members',
      'publish-site',
      'login',
      'notify',
      'counts',
    ]),
    from: z.number().int(),
    to: z.number().int(),
    rows: z.number().int(),
    /** Of mode `counts`: so that a run that was killed knows what is in them already. */
    counts: z.array(countedSchema).optional(),
  }),
  z.object({ t: z.literal('opened'), unit: z.number().int(), job: z.string() }),
  z.object({ t: z.literal('closing'), unit: z.number().int(), job: z.string() }),
  z.object({ t: z.literal('settled'), unit: z.number().int(), step: z.string(), outcomeBytes: z.number().int() }),
  z.object({ t: z.literal('refused'), unit: z.number().int(), step: z.string() }),
  z.object({ t: z.literal('end'), at: z.string(), state: z.string(), reason: z.string().optional() }),
]);

export type JournalLine = z.infer<typeof journalLineSchema>;

/** Append-only file of JSON lines. `append` returns when the line is on disk. */
export class Journal {
  private constructor(
    private readonly handle: FileHandle,
    private size: number
  ) {}

  /** Opens the journal for appending; a line that a crash cut off is removed. */
  public static async open(file: string): Promise<{ journal: Journal; lines: JournalLine[] }> {
    const { lines, bytes } = await readJournal(file);
    const handle = await open(file, 'a', 0o600);
    await handle.truncate(bytes);
    return { journal: new Journal(handle, bytes), lines };
  }

  public async append(line: JournalLine): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    await this.handle.appendFile(text);
    await this.handle.datasync();
    this.size += Buffer.byteLength(text);
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }
}

export type UnitLine = Extract<JournalLine, { t: 'unit' }>;

/** Units that were announced and neither settled nor refused: nobody knows yet what became of their rows. */
export function openUnits(lines: readonly JournalLine[]): UnitLine[] {
  const closed = new Set(lines.flatMap((line) => (line.t === 'settled' || line.t === 'refused' ? [line.unit] : [])));
  return lines.filter((line): line is UnitLine => line.t === 'unit' && !closed.has(line.unit));
}

/** The complete lines of a journal and the bytes they take. A missing file has none. */
export async function readJournal(file: string): Promise<{ lines: JournalLine[]; bytes: number }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = complete.split('\n').filter((line) => line !== '');
  return { lines: lines.map((line) => journalLineSchema.parse(JSON.parse(line))), bytes: Buffer.byteLength(complete) };
}

/** The lines of one step, those of its units included. */
export function linesOf(lines: readonly JournalLine[], step: string): JournalLine[] {
  const units = new Set(lines.flatMap((line) => (line.t === 'unit' && line.step === step ? [line.unit] : [])));
  return lines.filter((line) =>
    'step' in line ? line.step === step : 'unit' in line ? units.has(line.unit) : line.t === 'end'
  );
}

/** How much of the outcomes file of a step counts, from the step's lines; undefined where nothing was settled. */
export const settledBytes = (lines: readonly JournalLine[]): number | undefined =>
  lines.findLast((line) => line.t === 'settled')?.outcomeBytes;

/** Job or deploy of a unit, where the org has told its id. */
export function jobOf(lines: readonly JournalLine[], unit: number): string | undefined {
  return lines
    .flatMap((line) => ((line.t === 'opened' || line.t === 'closing') && line.unit === unit ? [line.job] : []))
    .at(-1);
}

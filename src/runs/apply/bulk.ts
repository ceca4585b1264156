/** Writing many rows by Bulk API 2.0, a job a unit. */
import { csvHeader, csvLine, parseCsvBatches, pollUntil } from '../../org/read/index.js';
import {
  abortIngest,
  closeIngest,
  openIngest,
  readIngest,
  readIngestResults,
  uploadIngest,
  type IngestJob,
} from '../../org/write/ingest.js';
import { persist, until, type Row, type Settler, type StepContext } from './context.js';
import { failedOrLater, settled, type Settled } from './settled.js';

const ENDED: ReadonlySet<IngestJob['state']> = new Set<IngestJob['state']>(['JobComplete', 'Failed', 'Aborted']);

/** Hands a job over to the org. Returns its id; the rows are the org's from here on. */
export async function startJob(context: StepContext, unit: number, rows: readonly Row[]): Promise<string> {
  await context.guard();
  const { step, journal } = context;
  const from = rows[0]!.index;
  const to = rows[rows.length - 1]!.index;
  await journal.append({ t: 'unit', unit, step: step.id, mode: 'bulk', from, to, rows: rows.length });
  const csv = rows.reduce(
    (text, { id, value }) => text + csvLine([id, value]),
    csvLine(['Id', context.assign?.field ?? step.field])
  );
  const id = await persist(context, () => openAndUpload(context, unit, csv));
  await journal.append({ t: 'closing', unit, job: id });
  await close(context, id);
  return id;
}

/** A job whose upload got lost is given up: nothing of it has been worked on. */
async function openAndUpload(context: StepContext, unit: number, csv: string): Promise<string> {
  const { conn, step, journal, assign } = context;
  const { id } = await openIngest(conn, { object: step.object, operation: 'update', assignmentRuleId: assign?.rule });
  await journal.append({ t: 'opened', unit, job: id });
  try {
    await uploadIngest(conn, id, csv);
  } catch (error) {
    await abortIngest(conn, id).catch(() => undefined);
    throw error;
  }
  return id;
}

/** Closes a job. Where the reply was lost, the job's state tells whether it has to be done again. */
async function close(context: StepContext, id: string): Promise<void> {
  const { conn } = context;
  let lost = false;
  await persist(context, async () => {
    if (lost && (await readIngest(conn, id)).state !== 'Open') return;
    lost = true;
    await closeIngest(conn, id);
  });
}

/** Waits for a job and settles its rows. Rows that the org did not work on stay pending. @throws RunStopped */
export async function finishJob(
  context: StepContext,
  settler: Settler,
  unit: number,
  id: string,
  rows: readonly Row[]
): Promise<IngestJob> {
  const job = await persist(context, () => finished(context, id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const done = await persist(context, () => readIngestResults(context.conn, id, 'successfulResults'));
  const outcomes: Settled[] = [];
  matched(done, byId, (row) => outcomes.push(settled(row, 'done')));
  if ((job.numberRecordsFailed ?? 0) > 0) {
    const failed = await persist(context, () => readIngestResults(context.conn, id, 'failedResults'));
    matched(failed, byId, (row, detail) => outcomes.push(...failure(context, row, detail)));
  }
  await settler.settle(unit, outcomes);
  return job;
}

async function finished({ conn, deadline }: StepContext, id: string): Promise<IngestJob> {
  let state: IngestJob['state'] = 'Open';
  const look = async (): Promise<IngestJob | undefined> => {
    const job = await readIngest(conn, id);
    state = job.state;
    return ENDED.has(state) ? job : undefined;
  };
  return pollUntil(look, { waiting: until(deadline, () => `Bulk job ${id} is still ${state}.`) });
}

/**
 * Calls `found` for each line of a result file with the row it is about. Column 1 is sf__Id, column 2 sf__Created or
 * sf__Error; failed rows may have their id in the Id column only.
 */
function matched(csv: string, byId: ReadonlyMap<string, Row>, found: (row: Row, detail: string) => void): void {
  const idColumn = csvHeader(csv).indexOf('Id');
  for (const lines of parseCsvBatches(csv)) {
    for (const line of lines) {
      const row = byId.get(line[0] ?? '') ?? byId.get(line[idColumn] ?? '');
      if (row) found(row, line[1] ?? '');
    }
  }
}

/** `CODE:message:fields --`, as Bulk writes errors. Rows worth another try stay pending. */
function failure(context: StepContext, row: Row, detail: string): Settled[] {
  const [statusCode = '', ...rest] = detail.split(':');
  return failedOrLater(context, row, { statusCode, message: rest.join(':').replace(/:[^:]*--$/, '') });
}

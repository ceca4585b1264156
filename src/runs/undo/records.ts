/** The way back of a `records` step: fields that still hold what the run wrote, and records that it made. */
import { inOneBreath, protect, readRecords, normalStamp } from '../../org/read/index.js';
import { codeOf } from '../errors.js';
import type { RecordsStep } from '../plan.js';
import { readAfterImages } from '../records/after-image.js';
import { madeBefore, resolved } from '../records/context.js';
import { keyOfRow, recordsById, recordsByKey, sameValues, type CurrentRecord } from '../records/current.js';
import { createRecordsStep, readRecordSet, type RecordRow } from '../rows/record-set.js';
import type { RunFolder } from '../store/folder.js';
import { type JournalLine, linesOf, openUnits, readJournal, settledBytes } from '../store/journal.js';
import { readOutcomes } from '../store/outcomes.js';
import { linesBack } from './followers.js';
import { CHANGED_SINCE, NOT_FOUND, ROW_STAYS, type StepUndoRequest, type WayBack } from './types.js';

type Written = RecordRow;
type Back = Omit<RecordRow, 'index'>;

/** Plans the way back. A deleted record does not come back. */
export async function undoRecords(request: StepUndoRequest, step: RecordsStep): Promise<WayBack> {
  const written = await writtenRows(request, step);
  if (step.operation === 'delete') {
    return { left: written.length, warning: `"${step.title}" cannot be taken back; look into the recycle bin.` };
  }
  if (step.takeBack === 'nothing') return { left: 0 };
  if (written.length === 0 || (step.operation === 'insert' && PARTS.has(step.object))) return { left: 0 };
  // Setting the fields back would look like a way back where what hung on them is gone for good.
  if (step.undo === 'none') return { left: written.length, warning: `"${step.title}" cannot be taken back.` };
  return step.operation === 'update' ? restore(request, step, written) : takeBack(request, step, written);
}

/** Fields get their former values, where the record still holds what the run wrote. */
async function restore(request: StepUndoRequest, step: RecordsStep, written: readonly Written[]): Promise<WayBack> {
  const { conn, skipped } = request;
  const ids = written.map(({ id }) => id);
  const [current, kept] = await inOneBreath(conn, () =>
    Promise.all([recordsById({ conn, step }, ids), keptIds(request, step, ids)])
  );
  const back: Back[] = [];
  for (const row of written) {
    const now = current.get(row.id);
    const why = now && sameValues(now.values, row.values) ? kept.get(row.id) : now ? CHANGED_SINCE : NOT_FOUND;
    if (why !== undefined) skipped.add([row.id, protect(row.label), why]);
    else back.push({ ...row, values: row.was, was: row.values, stamp: now!.stamp });
  }
  return wayOf(
    request,
    { ...step, title: `Take back: ${step.title}`, idFrom: undefined, onlyIfDone: undefined },
    back,
    written.length
  );
}

/** Records that stay as they are, because others point to them by now, with the reason. */
async function keptIds(
  { conn }: StepUndoRequest,
  { keepIf = [] }: RecordsStep,
  ids: readonly string[]
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const answers = await Promise.all(
    keepIf.map(async ({ object, field, why }): Promise<Array<[string, string]>> => {
      const rows = await readRecords<Record<string, string>>(conn, {
        from: object,
        fields: [field],
        by: field,
        values: ids,
      }).catch((error: unknown) => {
        // What cannot be looked at may be there.
        if (codeOf(error) === undefined) throw error;
        return ids.map((id) => ({ [field]: id }));
      });
      return rows.map((row) => [row[field] ?? '', why]);
    })
  );
  return new Map(answers.flat());
}

/** Objects whose records only come and go: nobody changes one, and they do not say who made them (platform-facts B6). */
const LINKS = new Set(['GroupMember', 'PermissionSetAssignment', 'QueueSobject']);

/** Objects whose records go with the record that they belong to, so that this one decides whether they go at all. */
const PARTS = new Set(['ObjectPermissions']);

/** Records that the run made go again: users are deactivated, others deleted unless somebody has changed or needs them. */
async function takeBack(request: StepUndoRequest, step: RecordsStep, written: readonly Written[]): Promise<WayBack> {
  const deactivates = step.takeBack === 'deactivate';
  const title = `${deactivates ? 'Deactivate' : 'Delete'} what was made: ${step.title}`;
  const wanted: RecordsStep = {
    ...step,
    title,
    operation: deactivates ? 'update' : 'delete',
    fields: deactivates ? [{ name: 'IsActive', type: 'boolean' }] : [],
    key: [],
    undo: deactivates ? 'exact' : 'best-effort',
  };
  const ids = written.map(({ id }) => id);
  const { conn } = request;
  const asked = deactivates ? [] : ids;
  const changeable = LINKS.has(step.object) ? [] : asked;
  const [current, kept, touched] = await inOneBreath(conn, () =>
    Promise.all([
      recordsById({ conn, step: wanted }, ids),
      keptIds(request, step, asked),
      touchedSince(request, step, changeable),
    ])
  );
  const lines = await linesBack(request, step);
  const back: Back[] = [];
  for (const row of written) {
    const now = current.get(row.id);
    const after = lines?.get(row.after ?? NO_LINE);
    const why = reasonToKeep(now, deactivates, touched.has(row.id)) ?? kept.get(row.id) ?? staysWith(lines, after);
    if (why !== undefined) request.skipped.add([row.id, protect(row.label), why]);
    // A step of the undo before this one may touch the record that is deleted: its stamp tells nothing then.
    else
      back.push({
        ...row,
        values: deactivates ? ['false'] : [],
        was: deactivates ? ['true'] : [],
        stamp: deactivates ? now!.stamp : '',
        after,
      });
  }
  return wayOf(request, wanted, back, written.length);
}

/** In place of the line of a row that follows none. */
const NO_LINE = -1;

/** Why a record is kept that follows a row which does not come back. */
const staysWith = (lines: unknown, after: number | undefined): string | undefined =>
  lines !== undefined && after === undefined ? ROW_STAYS : undefined;

function reasonToKeep(now: CurrentRecord | undefined, deactivates: boolean, touched: boolean): string | undefined {
  if (!now) return NOT_FOUND;
  if (deactivates && now.values[0] !== 'true') return 'not active any more';
  return touched ? CHANGED_SINCE : undefined;
}

/**
 * Records that somebody changed after the run: another user, or anybody after the run has proved them. The running user is
 * often the one who works on them.
 */
async function touchedSince(
  { conn, original }: StepUndoRequest,
  step: RecordsStep,
  ids: readonly string[]
): Promise<Set<string>> {
  const fields = ['Id', 'CreatedById', 'LastModifiedById', 'SystemModstamp'] as const;
  const rows = await readRecords<Record<(typeof fields)[number], string>>(conn, {
    from: step.object,
    fields,
    by: 'Id',
    values: ids,
  });
  const { steps } = await original.readPlan();
  const left = await readAfterImages(original, steps);
  const changed = rows.filter(({ Id, CreatedById, LastModifiedById, SystemModstamp }) => {
    if (CreatedById !== LastModifiedById) return true;
    const stamps = left.get(Id);
    return stamps !== undefined && !stamps.has(normalStamp(SystemModstamp));
  });
  return new Set(changed.map(({ Id }) => Id));
}

async function wayOf(
  { folder }: StepUndoRequest,
  step: Omit<RecordsStep, 'kind' | 'rows'>,
  rows: readonly Back[],
  written: number
): Promise<WayBack> {
  const left = written - rows.length;
  const warning = left > 0 ? `${left} records of "${step.title}" are left alone.` : undefined;
  if (rows.length === 0) return { left, warning };
  return { step: await createRecordsStep(folder, step, rows), left, warning };
}

/** Rows that the org confirmed, and those of units whose reply nobody has seen: what the org holds now decides. */
async function writtenRows({ conn, original }: StepUndoRequest, step: RecordsStep): Promise<Written[]> {
  const { lines } = await readJournal(original.journal);
  const own = linesOf(lines, step.id);
  const open = openUnits(own);
  const ids = await confirmedIds(original, step, own);
  const references = { step, made: await madeBefore(original, step) };
  const rows: Written[] = [];
  const unsure: RecordRow[] = [];
  for await (const batch of readRecordSet(original.rows(step.id), step)) {
    for (const planned of batch) {
      const row = resolved(references, planned);
      const id = ids.get(planned.index);
      if (row && id !== undefined) rows.push({ ...row, id });
      else if (row && open.some(({ from, to }) => from <= row.index && row.index <= to)) unsure.push(row);
    }
  }
  if (step.operation !== 'insert') return [...rows, ...unsure];
  const found = await recordsByKey({ conn, step }, unsure);
  return [...rows, ...unsure.flatMap((row) => ({ ...row, id: found.get(keyOfRow(step, row)) ?? '' }))].filter(
    ({ id }) => id !== ''
  );
}

/** Ids of the rows that count as written, by line. */
async function confirmedIds(
  original: RunFolder,
  step: RecordsStep,
  lines: readonly JournalLine[]
): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  const bytes = settledBytes(lines);
  if (bytes === undefined) return ids;
  for await (const { index, id, outcome } of readOutcomes(original.outcomes(step.id), bytes)) {
    if (outcome === 'done') ids.set(index, id);
    else ids.delete(index);
  }
  return ids;
}

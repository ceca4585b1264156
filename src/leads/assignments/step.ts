/** The step that records who got which lead and why. It follows the step that sets the owners. */
import {
  createRecordsStep,
  readRowSet,
  THIS_RUN,
  THIS_RUN_ID,
  type NewRecordRow,
  type PlannedRow,
  type RecordsStep,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import { ASSIGNMENT, ASSIGNMENT_FIELDS, REASON_CHARS, type AssignmentOutcome } from './objects.js';

export const ASSIGNMENT_STEP = 'assignments';

export type AssignmentsRequest = {
  /** The step that sets the owners; its rows are on disk. Only what it does is recorded. */
  source: UpdateRowsStep;
  outcome: AssignmentOutcome;
  /** Id of the record of the rotation that gave the leads. */
  rotation?: string;
  /** Accounts of partner users, by user id. */
  accounts?: ReadonlyMap<string, string>;
};

/** Writes one row for each lead of the source, however many there are. @returns the step, which undo takes back exactly */
export async function createAssignmentsStep(folder: RunFolder, request: AssignmentsRequest): Promise<RecordsStep> {
  const { source } = request;
  const step = {
    id: ASSIGNMENT_STEP,
    title: 'Record who got which lead, and why',
    object: ASSIGNMENT,
    operation: 'insert' as const,
    fields: ASSIGNMENT_FIELDS.map((name) => ({
      name,
      type: 'text' as const,
      ...(name === 'Run_Key__c' ? { from: THIS_RUN } : {}),
    })),
    // Few records have the same lead; all of a run have its key.
    key: ['Lead__c', 'Run_Key__c'],
    keyIsUnique: false,
    takeBack: 'delete' as const,
    onlyIfDone: source.id,
    undo: 'exact' as const,
  };
  return createRecordsStep(folder, step, rowsOf(request));
}

async function* rowsOf({ source, outcome, rotation, accounts }: AssignmentsRequest): AsyncGenerator<NewRecordRow> {
  const values = ({ id, was, value, reason }: PlannedRow): NewRecordRow['values'] => {
    const partner = accounts?.get(outcome === 'PulledBack' || outcome === 'Declined' ? was : value);
    return [id, THIS_RUN_ID, was, value, outcome, cut(reason), rotation ?? null, partner ?? null];
  };
  for await (const rows of readRowSet(source.rows.file)) {
    for (const row of rows) yield { id: '', values: values(row), was: [], stamp: '', label: row.id, after: row.index };
  }
}

const cut = (text: string): string => (text.length > REASON_CHARS ? `${text.slice(0, REASON_CHARS - 1)}…` : text);

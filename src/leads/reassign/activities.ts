/**
 * Open activities of leads that get another owner. Where a user follows, the platform may hand open activities of the former
 * owner on by itself (platform-facts D, TransferOpenActivities), and no documentation says that every API does. So what is wanted is said for
 * each of them: a step sets the owner that it is to have, whatever the platform did.
 */
import type { Connection } from '@salesforce/core';
import { all, compare, groupsOfValues, isIn, queryAllTogether, select, type Condition } from '../../org/read/index.js';
import {
  createRecordsStep,
  readRowSet,
  type NewRecordRow,
  type PlannedRow,
  type RecordsStep,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import type { Activities } from './details.js';

export type ActivityMode = Activities['mode'];

type Kind = { object: 'Task' | 'Event'; step: string; open: () => Condition };

/** An event is open until it is over; copies for those who are invited follow the event itself. */
const KINDS: readonly Kind[] = [
  { object: 'Task', step: 'tasks', open: () => compare('IsClosed', '=', false) },
  {
    object: 'Event',
    step: 'events',
    open: () => all(compare('EndDateTime', '>=', new Date()), compare('IsChild', '=', false)),
  },
];

export type ActivitySteps = { steps: RecordsStep[]; activities: Activities };

/** Reads the open activities of a step's leads, and makes the steps that follow it. @param inactive former owners who are not active */
export async function activitySteps(
  conn: Connection,
  folder: RunFolder,
  owners: UpdateRowsStep,
  mode: ActivityMode,
  inactive: ReadonlySet<string>
): Promise<ActivitySteps> {
  const result: ActivitySteps = {
    steps: [],
    activities: { mode, tasks: 0, events: 0, toQueues: 0, ofInactive: 0, unread: [] },
  };
  for (const kind of KINDS) await addSteps({ conn, folder, owners, mode, inactive }, kind, result);
  return result;
}

type Request = {
  conn: Connection;
  folder: RunFolder;
  owners: UpdateRowsStep;
  mode: ActivityMode;
  inactive: ReadonlySet<string>;
};

async function addSteps(request: Request, { object, step: id, open }: Kind, { steps, activities }: ActivitySteps) {
  const { folder, owners, mode } = request;
  const step = {
    id,
    title: mode === 'move' ? `Move open ${id} to the new owners` : `Keep open ${id} with their owners`,
    object,
    operation: 'update' as const,
    fields: [{ name: 'OwnerId', type: 'text' as const }],
    key: [],
    keyIsUnique: false,
    // What is kept is as it was: an undo has nothing to bring back.
    takeBack: mode === 'keep' ? ('nothing' as const) : ('delete' as const),
    onlyIfDone: owners.id,
    undo: 'exact' as const,
  };
  try {
    const rows = followers(request, object, open(), (why) => (activities[why] += 1));
    const made = await createRecordsStep(folder, step, rows);
    activities[id === 'tasks' ? 'tasks' : 'events'] = made.rows.count;
    if (made.rows.count > 0) steps.push(made);
  } catch (error) {
    if (!/INVALID_TYPE|INVALID_FIELD/.test((error as { errorCode?: string }).errorCode ?? '')) throw error;
    activities.unread.push(object);
  }
}

type Activity = { Id: string; WhoId: string; OwnerId: string; Subject: string | null };

async function* followers(
  { conn, owners, mode, inactive }: Request,
  object: string,
  open: Condition,
  leave: (why: 'toQueues' | 'ofInactive') => void
): AsyncGenerator<NewRecordRow> {
  for await (const batch of readRowSet(owners.rows.file)) {
    // Queues own no activities, neither before nor afterwards.
    const byLead = new Map(batch.filter(({ was }) => was.startsWith('005')).map((row) => [row.id, row]));
    for (const activity of await readOpen(conn, object, open, [...byLead.keys()])) {
      const row = byLead.get(activity.WhoId);
      if (row?.was !== activity.OwnerId) continue;
      if (!row.value.startsWith('005')) leave('toQueues');
      else if (mode === 'keep' && inactive.has(row.was)) leave('ofInactive');
      else yield rowOf(activity, row, mode);
    }
  }
}

async function readOpen(
  conn: Connection,
  object: string,
  open: Condition,
  leads: readonly string[]
): Promise<Activity[]> {
  const fields = ['Id', 'WhoId', 'OwnerId', 'Subject'];
  const queries = groupsOfValues(leads).map((group) =>
    select({ from: object, fields, where: all(isIn('WhoId', group), open), orderBy: ['Id'] })
  );
  return (await queryAllTogether<Activity>(conn, queries)).flat();
}

/** Kept: whoever has it when the lead has moved, it is given back; that may be the new owner by then, or nobody moved it. */
function rowOf({ Id, Subject }: Activity, { index, was, value }: PlannedRow, mode: ActivityMode): NewRecordRow {
  const [before, after] = mode === 'move' ? [was, value] : [value, was];
  return { id: Id, values: [after], was: [before], stamp: '', label: Subject ?? Id, after: index };
}

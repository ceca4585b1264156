/** The plan of an import: rotations first, then their members; who leaves goes in a step of his own. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  callsOfRecords,
  createRecordsStep,
  fingerprint,
  madeBy,
  PLAN_FORMAT,
  totalCalls,
  type Plan,
  type RecordsStep,
  type RunFolder,
} from '../../../runs/index.js';
import {
  MEMBER,
  MEMBER_FIELDS,
  readRotations,
  ROTATION,
  ROTATION_FIELDS,
  type StoredRotation,
} from '../../rotation/records/index.js';
import { changesOf, linesOf, type Change, type Changes } from './changes.js';
import { doubts, type ImportSnapshot } from './read.js';

export const IMPORT_KIND = 'rotation.import';

const NEW_ROTATIONS = 'new-rotations';

const count = z.number().int().nonnegative();

/** What a plan of an import keeps besides its rows. */
export const importDetailsSchema = z.object({
  rotations: z.array(
    z.object({
      key: z.string(),
      file: z.string(),
      action: z.enum(['create', 'change', 'unchanged']),
      /** What changes, one line each. */
      lines: z.array(z.string()),
    })
  ),
  members: z.object({ added: count, changed: count, removed: count }),
});

export type ImportDetails = z.infer<typeof importDetailsSchema>;

/** What a plan relies on: the definitions that the org holds of the same keys. Counts change all the time and are not of it. */
const definitionsFingerprint = (keys: readonly string[], stored: readonly StoredRotation[]): string => {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  const own = stored.filter(({ rotation }) => wanted.has(rotation.key.toLowerCase()));
  return fingerprint(
    own.map(({ id, cells, members }) => ({
      id,
      cells,
      members: members.map((one) => ({ id: one.id, cells: one.cells })),
    }))
  );
};

/** The same for a saved plan, as the org is now. */
export async function readImportFingerprint(conn: Connection, { details }: Plan): Promise<string> {
  const { rotations } = importDetailsSchema.parse(details);
  return definitionsFingerprint(
    rotations.map(({ key }) => key),
    await readRotations(conn)
  );
}

/** Writes the rows into the run folder and the plan beside them. */
export async function buildImportPlan(org: OrgIdentity, folder: RunFolder, snapshot: ImportSnapshot): Promise<Plan> {
  const { wishes } = snapshot;
  const changes = changesOf(snapshot);
  const steps = await stepsOf(folder, changes);
  const { newMembers, members, leaving } = changes;
  const details: ImportDetails = {
    rotations: wishes.map((wish) => ({ key: wish.rotation.key, file: wish.file, ...linesOf(wish) })),
    members: { added: newMembers.length, changed: members.length, removed: leaving.length },
  };
  const keys = wishes.map(({ rotation }) => rotation.key);
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: IMPORT_KIND,
    title: titleOf(details),
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: definitionsFingerprint(
      keys,
      wishes.flatMap(({ stored }) => stored ?? [])
    ),
    ...lockOf(snapshot, details),
    steps,
    warnings: warningsOf(org, snapshot, changes),
    cost: { ...totalCalls(steps.map((step) => callsOfRecords(step))), emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

/** Key of the lock that distributions of a rotation take. */
export const rotationLock = (key: string): NonNullable<Plan['lock']> => ({
  key: `rotation:${key.toLowerCase()}`,
  what: `the rotation ${key}`,
});

/** A run has one lock: an import that changes one rotation keeps distributions of it away. */
function lockOf({ wishes }: ImportSnapshot, { rotations }: ImportDetails): Pick<Plan, 'lock'> {
  const changed = rotations.filter(({ action }) => action === 'change');
  if (changed.length !== 1 || rotations.some(({ action }) => action === 'create')) return {};
  const wish = wishes.find(({ rotation }) => rotation.key === changed[0]!.key);
  return wish?.stored ? { lock: rotationLock(wish.stored.rotation.key) } : {};
}

const titleOf = ({ rotations, members }: ImportDetails): string => {
  const number = (wanted: string): number => rotations.filter(({ action }) => action === wanted).length;
  if (number('create') + number('change') === 0) return 'No rotation to change';
  const { added, changed, removed } = members;
  return `Make ${number('create')} and change ${number('change')} rotations (members: ${added} join, ${changed} change, ${removed} leave)`;
};

type StepOf = Pick<RecordsStep, 'id' | 'title' | 'object' | 'operation' | 'undo'> & {
  fields: readonly string[];
  rows: Change[];
};

async function stepsOf(folder: RunFolder, changes: Changes): Promise<RecordsStep[]> {
  const isMade = changes.newMembers.some(({ rotation }) => typeof rotation === 'number');
  const rotation = { object: ROTATION, fields: ROTATION_FIELDS };
  const member = { object: MEMBER, fields: MEMBER_FIELDS };
  const withHome = changes.newMembers.map((row) => ({ ...row, values: [...row.values, homeOf(row)] }));
  const wanted: StepOf[] = [
    {
      id: NEW_ROTATIONS,
      title: 'Make rotations',
      operation: 'insert',
      undo: 'best-effort',
      ...rotation,
      rows: changes.newRotations,
    },
    {
      id: 'rotations',
      title: 'Change rotations',
      operation: 'update',
      undo: 'exact',
      ...rotation,
      rows: changes.rotations,
    },
    {
      id: 'leaving',
      title: 'Delete members that leave',
      operation: 'delete',
      undo: 'none',
      object: MEMBER,
      fields: [],
      rows: changes.leaving,
    },
    { id: 'members', title: 'Change members', operation: 'update', undo: 'exact', ...member, rows: changes.members },
    {
      id: 'new-members',
      title: 'Add members',
      operation: 'insert',
      undo: 'best-effort',
      object: MEMBER,
      fields: [...MEMBER_FIELDS, 'Rotation__c'],
      rows: withHome,
    },
  ];
  const steps: RecordsStep[] = [];
  for (const { fields, rows, ...step } of wanted) {
    if (rows.length === 0) continue;
    const typed = fields.map((name) => ({
      name,
      type: name === 'Active__c' ? ('boolean' as const) : ('text' as const),
      ...(name === 'Rotation__c' && isMade ? { from: NEW_ROTATIONS } : {}),
    }));
    const isNew = step.operation === 'insert';
    const key = { key: isNew ? ['Key__c'] : [], keyIsUnique: isNew, takeBack: 'delete' as const };
    steps.push(await createRecordsStep(folder, { ...step, fields: typed, ...key }, rows));
  }
  return steps;
}

const homeOf = ({ rotation }: Change): string | null =>
  typeof rotation === 'number' ? madeBy(rotation) : (rotation ?? null);

function warningsOf(org: OrgIdentity, snapshot: ImportSnapshot, { leaving, rotations, members }: Changes): string[] {
  const warnings = doubts(snapshot);
  if (leaving.length > 0) {
    warnings.push(
      `${leaving.length} member(s) leave. Their counts are deleted with them, and an undo does not bring them back.`
    );
  }
  const users = snapshot.wishes.some(({ rotation }) => rotation.members.some(({ kind }) => kind === 'user'));
  if (users && org.kind === 'sandbox') {
    warnings.push(
      'Members are named by username, and usernames of sandboxes differ from those of production. Queues keep their names.'
    );
  }
  if (rotations.length + members.length + leaving.length > 0 && changedRotations(snapshot) > 1) {
    warnings.push(
      'Several rotations are changed in one run, which holds no lock: start no distribution of them meanwhile.'
    );
  }
  return warnings;
}

const changedRotations = ({ wishes }: ImportSnapshot): number =>
  wishes.filter((wish) => linesOf(wish).action !== 'unchanged').length;

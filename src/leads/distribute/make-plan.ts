/** From a request to a plan: members and locks first, then the leads. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import type { Plan, PlanStep, RunFolder, UpdateRowsStep } from '../../runs/index.js';
import { createAssignmentsStep } from '../assignments/index.js';
import { openLeadsOf } from '../open-leads.js';
import { accountsOf, readOwners } from '../owner-names.js';
import type { Balance } from '../rotation/model.js';
import type { StoredRotation } from '../rotation/records/index.js';
import { buildDistribution } from './build-plan.js';
import { carriedFrom } from './history.js';
import { lockIfKept, requireFree } from './lock.js';
import { namedWay, targetsLock } from './named.js';
import { checkAccess, readSelection, readTargets, RequestError, type DistributeFlags } from './request.js';
import { countsStep, idsOf, narrow, readGround, readyRotation, rotationWay, type SeatNotes } from './rotation/index.js';

export type Wish = DistributeFlags & {
  balance: Balance;
  /** Do not repay what earlier runs left over. */
  fresh: boolean;
  /** Leads that partners or members have already are spread anew. */
  redistribute: boolean;
  /** Record each assignment in the org; decided by the number of rows where nobody says. */
  record?: boolean;
};

export type Planning = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  /** Runs of this computer, the newest first. */
  runs: readonly RunFolder[];
  wish: Wish;
  /** Sentences for what is to be known of members; `isLocal`: the org keeps no lock. */
  words: (notes: SeatNotes, isLocal: boolean) => string[];
  /** Called when the members are known. */
  goOn: () => Promise<void>;
  onProgress: (read: number, total: number) => void;
};

/** Rows up to which a rotation records assignments where nobody says: some 4 MB of the org's storage. */
const RECORDED_ROWS = 2000;

/** Plans the spreading over members that were named. @throws RequestError, IdFileError, LockHeld, PackageMissing */
export async function planNamed(planning: Planning): Promise<Plan> {
  const { conn, org, folder, runs, wish, words, goOn, onProgress } = planning;
  await checkAccess(conn);
  const { targets, unchecked, doubts } = await readTargets(conn, wish);
  const selection = await readSelection(conn, wish);
  const wanted = targetsLock(targets);
  // Records need the package, which also keeps the lock.
  if (wish.record) await requireFree(conn, wanted);
  const lock = wish.record ? wanted : await lockIfKept(conn, wanted);
  const isByCount = wish.balance === 'assigned';
  const carried = wish.fresh ? undefined : await carriedFrom(runs, org.id, targets);
  const ids = targets.map(({ id }) => id);
  const open = await openLeadsOf(conn, ids);
  await goOn();
  const way = namedWay({ targets, balance: wish.balance, owed: carried?.owed, open, lock });
  return buildDistribution({
    ...{ conn, org, selection, way, folder, onProgress },
    warnings: words({ blocked: [], unchecked, doubts }, lock === undefined),
    // Where open leads are balanced nothing is repaid, and what is owed is kept for later.
    about: carried && isByCount ? { carriedFrom: carried.run } : {},
    followUp: (owners) => recorded(planning, owners, wish.record ?? false),
  });
}

/**
 * Plans the spreading by a rotation of the org.
 * @throws RotationRefusal, RequestError, IdFileError, LockHeld, PackageMissing, ConditionError
 */
export async function planRotation(planning: Planning, stored: StoredRotation): Promise<Plan> {
  const { conn, org, folder, wish, words, goOn, onProgress } = planning;
  const { rotation } = stored;
  await checkAccess(conn);
  const now = Date.now();
  const ready = await readyRotation(conn, stored);
  const isAsked = wish.where !== undefined || wish.file !== undefined || wish.fromQueue !== undefined;
  const asked = isAsked ? await readSelection(conn, wish) : undefined;
  const { redistribute } = wish;
  const members = idsOf(ready.seats);
  const ground = await readGround(conn, members);
  const { taken } = ground;
  const narrowed = await narrow(conn, { rotation, selection: asked, members, taken, redistribute });
  if (!narrowed) throw new RequestError('noSelection', []);
  const way = await rotationWay(conn, ready, narrowed, ground, now);
  await requireFree(conn, way.lock!);
  await goOn();
  return buildDistribution({
    ...{ conn, org, selection: narrowed.selection, way, folder, onProgress },
    warnings: words(ready.notes, false),
    about: { rotation: { key: rotation.key, name: rotation.name, id: stored.id } },
    followUp: async (owners, { members: planned, fallback, engine, rows }) => {
      const record = wish.record ?? rows <= RECORDED_ROWS;
      const others = way.fallback && { id: way.fallback.id, moved: fallback.moved };
      const counts = countsStep({
        ...ready,
        rotation,
        members: planned,
        fallback: others,
        engine,
        source: owners,
        now,
      });
      return [...(await recorded(planning, owners, record, stored.id)), counts];
    },
  });
}

/** The step that records the assignments, where that is wanted. */
async function recorded(
  { conn, folder }: Planning,
  source: UpdateRowsStep,
  isWanted: boolean,
  rotation?: string
): Promise<PlanStep[]> {
  if (!isWanted) return [];
  const owners = [...(await readOwners(conn, source.values)).values()];
  return [await createAssignmentsStep(folder, { source, outcome: 'Offered', rotation, accounts: accountsOf(owners) })];
}

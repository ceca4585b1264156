/** The step by which a rotation remembers what a run gave. */
import type { CountedMember, RotationCountsStep, UpdateRowsStep } from '../../../runs/index.js';
import { periodAt } from '../../rotation/availability.js';
import type { RotationEngine } from '../../rotation/engine.js';
import { LEDGER_UNIT, type Rotation } from '../../rotation/model.js';
import type { MemberPlan } from '../types.js';
import type { RotationSeat } from './seats.js';

export const COUNTS_STEP = 'counts';

export type CountsRequest = {
  rotation: Rotation;
  seats: readonly RotationSeat[];
  /** In the order of the seats. */
  members: readonly MemberPlan[];
  /** The queue that got what no member could take; where it is a member too, that is none of its turns. */
  fallback?: { id: string; moved: number };
  /** After the last lead. */
  engine: RotationEngine;
  /** The step that sets the owners. */
  source: UpdateRowsStep;
  /** Instant (ms) for which the leads count. */
  now: number;
};

/** Counts and debts of all members that the org has. Members that got nothing may be owed more than before. */
export function countsStep({
  rotation,
  seats,
  members,
  fallback,
  engine,
  source,
  now,
}: CountsRequest): RotationCountsStep {
  const after = engine.state();
  const periodStart = periodAt(now, rotation.period, rotation.timeZone).start;
  const counted = seats.map(({ record, id, key, name, weight, state }, at): CountedMember => {
    const { assigned, periodCount, deficit } = state;
    const { assigned: given, moved } = members[at]!;
    return {
      record,
      target: id,
      name,
      weight,
      was: { assigned, deficit, periodCount },
      planned: { assigned: given, deficit: after.get(key)!.deficit - deficit },
      moved: moved + (fallback?.id === id ? fallback.moved : 0),
      periodStart,
    };
  });
  return {
    id: COUNTS_STEP,
    kind: 'rotation-counts',
    title: `Remember what ${rotation.name} gave`,
    rotation: rotation.name,
    source: source.id,
    unit: LEDGER_UNIT,
    direction: 'give',
    ...(rotation.balance === 'open-leads' ? { keepsDebts: false } : {}),
    members: counted.filter(({ target }) => target !== ''),
    undo: 'exact',
  };
}

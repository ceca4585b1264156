/** The way back of what a rotation remembers: leads that are taken from its members are taken off their counts. */
import { changesOf } from '../apply/counts.js';
import { movedBy } from '../apply/followed.js';
import { readCounts } from '../apply/rotation-counts.js';
import { isSettled } from '../apply/step.js';
import type { RotationCountsStep } from '../plan.js';
import { linesOf, readJournal } from '../store/journal.js';
import type { StepUndoRequest, WayBack } from './types.js';

/** Plans the way back. Counts that were never written need none. */
export async function undoCounts({ conn, original }: StepUndoRequest, step: RotationCountsStep): Promise<WayBack> {
  const { lines } = await readJournal(original.journal);
  if (!isSettled(linesOf(lines, step.id))) return { left: 0 };
  const moved = await movedBy(original, step.source);
  const changes = changesOf(step, moved);
  const now = await readCounts(conn, step.members);
  const members = step.members.map((member, at) => {
    const { assigned, deficit, periodCount } = now[at]!;
    const change = changes[at]!;
    return {
      ...member,
      was: { assigned, deficit, periodCount },
      planned: { assigned: 0 - change.assigned, deficit: 0 - change.deficit },
      moved: moved[member.target]?.received ?? 0,
    };
  });
  return {
    left: 0,
    step: { ...step, title: `Take the leads off the counts of ${step.rotation}`, direction: 'take-back', members },
  };
}

/** The way back of what a rotation remembers: leads that are taken from its members are taken off their counts. */
import { addedBy } from '../apply/counts.js';
import { movedBy } from '../apply/followed.js';
import { countUnits, readCounts, standOf } from '../apply/rotation-counts.js';
import type { CountedMember, RotationCountsStep } from '../plan.js';
import { linesOf, openUnits, readJournal } from '../store/journal.js';
import type { StepUndoRequest, WayBack } from './types.js';

/** Plans the way back. Counts that were never written need none; a run that was killed may have written them all the same. */
export async function undoCounts(request: StepUndoRequest, step: RotationCountsStep): Promise<WayBack> {
  const { conn, original } = request;
  const lines = linesOf((await readJournal(original.journal)).lines, step.id);
  const [open] = openUnits(lines);
  const stands = open?.counts ? await standOf(conn, open.counts) : [];
  const isWritten = stands.includes('written');
  if (stands.includes('changed') || (isWritten && stands.includes('open'))) return unclear(step);
  const units = countUnits(lines, isWritten ? open?.unit : undefined);
  if (units.length === 0) return { left: 0 };
  const members = await membersBack(request, step, units);
  const title = `Take the leads off the counts of ${step.rotation}`;
  return { left: 0, step: { ...step, title, direction: 'take-back', members } };
}

/** Members that are still there, with what was added to them. */
async function membersBack(
  { conn, original }: StepUndoRequest,
  step: RotationCountsStep,
  units: Parameters<typeof addedBy>[0]
): Promise<CountedMember[]> {
  const added = addedBy(units);
  const moved = await movedBy(original, step.source);
  const now = await readCounts(conn, step.members);
  return step.members.flatMap((member, at): CountedMember[] => {
    const was = now[at];
    if (!was) return [];
    const { assigned, deficit } = added.get(member.record) ?? { assigned: 0, deficit: 0 };
    return [
      {
        ...member,
        was: { assigned: was.assigned, deficit: was.deficit, periodCount: was.periodCount },
        planned: { assigned: 0 - assigned, deficit: 0 - deficit },
        moved: moved[member.target]?.received ?? 0,
      },
    ];
  });
}

const unclear = ({ rotation, members }: RotationCountsStep): WayBack => ({
  left: members.length,
  warning: `The run was killed while it wrote the counts of ${rotation}; they stay as they are. Resume it first, then undo it.`,
});

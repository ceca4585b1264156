/** What a report cannot know, a sentence each. */
import type { OwnerRun } from './owner-runs.js';

type Gaps = {
  runs: readonly OwnerRun[];
  unended: readonly string[];
  /** Whether the org records assignments, and keeps a history of owners. */
  assignments: boolean;
  history: boolean;
  hasRotations: boolean;
};

/** @param ofSources what cannot be read of the org */
export function notesOf(ofSources: readonly string[], gaps: Gaps): string[] {
  const { runs, unended, assignments, history, hasRotations } = gaps;
  const undone = runs.filter(({ receipt }) => receipt.undoneBy !== undefined).length;
  const told: Array<[boolean, string]> = [
    [
      !assignments && !history,
      'Only runs of this computer are counted. What others, people and rules gave is not known.',
    ],
    [
      assignments && !history,
      'What people and rules gave without Channel Desk is not known, and of other computers only runs that were recorded.',
    ],
    [
      !assignments && history,
      'Of runs of other computers the changes are counted, but their reasons are not known here.',
    ],
    [!hasRotations, 'The org has no rotations of Channel Desk that you can see.'],
    [undone > 0, `${undone} ${undone === 1 ? 'run was' : 'runs were'} undone, which is not counted, nor is the undo.`],
    [
      unended.length > 0,
      `Runs that were interrupted are not counted as such: ${unended.join(', ')}. Resume them with "sf channel run resume".`,
    ],
  ];
  return [...ofSources, ...told.flatMap(([holds, text]) => (holds ? [text] : []))];
}

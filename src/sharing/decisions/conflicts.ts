/** Decisions that cannot all be carried out: one membership closes several findings at once. */
import { edgeKey, type Edge } from '../finding.js';
import { edgesIn } from '../analyse/analyse.js';
import type { DecidedFinding } from './merge.js';

/** A membership whose change one decision asks for and others forbid. */
export type Conflict = {
  edge: Edge;
  /** Keys of findings that are converted by it. */
  converted: string[];
  /** Keys of findings that are kept and would be closed too, wholly or in part. */
  kept: string[];
};

/** All conflicts, by membership. Findings that are open or put off forbid nothing; they are closed along with the rest. */
export function findConflicts(decided: readonly DecidedFinding[]): Conflict[] {
  const conflicts = new Map<string, Conflict>();
  for (const { finding, decision } of decided) {
    if (decision !== 'keep' && decision !== 'convert') continue;
    for (const edge of edgesIn(finding.fix)) {
      const conflict = conflicts.get(edgeKey(edge)) ?? { edge, converted: [], kept: [] };
      (decision === 'convert' ? conflict.converted : conflict.kept).push(finding.key);
      conflicts.set(edgeKey(edge), conflict);
    }
  }
  return [...conflicts.values()].filter(({ converted, kept }) => converted.length > 0 && kept.length > 0);
}

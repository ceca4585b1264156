/** How even leads were given: by the rotations of an org, and by distributions of the time. */
import type { Connection } from '@salesforce/core';
import { LEDGER_UNIT } from '../rotation/model.js';
import { PackageMissing, readRotations, type StoredRotation } from '../rotation/records/index.js';
import type { OwnerRun } from './owner-runs.js';
import type { LeadReportResult } from './result.js';

type Fairness = LeadReportResult['fairness'];

/** Rotations of the org; undefined where it has no such objects, or the running user does not see them. */
export async function rotationsOf(conn: Connection): Promise<StoredRotation[] | undefined> {
  try {
    return await readRotations(conn);
  } catch (error) {
    if (error instanceof PackageMissing) return undefined;
    throw error;
  }
}

export const fairnessOf = (rotations: readonly StoredRotation[] | undefined, runs: readonly OwnerRun[]): Fairness => ({
  rotations: (rotations ?? []).map(({ rotation, members }) => ({
    key: rotation.key,
    name: rotation.name,
    members: members.map(({ targetName: name, state }, at) => ({
      name,
      weight: rotation.members[at]?.weight ?? 1,
      given: state.assigned,
      owed: state.deficit / LEDGER_UNIT,
    })),
  })),
  distributions: runs.flatMap((run) => (run.isUndone ? [] : distributionOf(run))),
});

/** What was planned, so that it can be compared with the shares; what was not written is told by the receipt. */
function distributionOf({ details, receipt }: OwnerRun): Fairness['distributions'] {
  if (!details) return [];
  const { rotation, assigned, worstDeviation, members } = details;
  const [step] = receipt.steps;
  return [
    {
      run: receipt.run,
      at: receipt.endedAt,
      rotation: rotation?.key ?? null,
      given: assigned,
      written: step?.done ?? 0,
      worst: worstDeviation,
      members: members.map(({ name, weight, assigned: given, share, deviation }) => ({
        name,
        weight,
        given,
        share,
        deviation,
      })),
    },
  ];
}

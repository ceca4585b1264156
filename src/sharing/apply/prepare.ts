/** From decisions to a plan. Knows no flags and no prompts. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import type { Plan, RunFolder } from '../../runs/index.js';
import { readDecided, type Decided, type DecidedRequest } from '../decided.js';
import { edgeKey } from '../finding.js';
import { choose, type Choice } from './choice.js';
import { buildApplyPlan } from './plan.js';
import { chooseSamples } from './samples.js';

export type Prepared = { decided: Decided; choice: Choice; plan: Plan };

/** Decisions that cannot all be carried out. */
export class ConflictError extends Error {
  /** A sentence for each membership that is both kept and changed. */
  public readonly lines: string[];

  public constructor({ conflicts }: Choice) {
    const lines = conflicts.map(
      ({ edge, converted, kept }) =>
        `${edgeKey(edge)}: converted by ${converted.join(', ')}; kept by ${kept.join(', ')}`
    );
    super(lines.join('\n'));
    this.name = 'ConflictError';
    this.lines = lines;
  }
}

/** @throws DecisionsFileError, ForeignDecisionsError, ManagerError, ProfileError, ConflictError, SharingMoved */
export async function prepareApply(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  request: DecidedRequest,
  onStage?: (stage: string) => void
): Promise<Prepared> {
  const decided = await readDecided(conn, org, request, onStage);
  const choice = choose(decided.merged);
  if (choice.conflicts.length > 0) throw new ConflictError(choice);
  const { review, file, hash } = decided;
  onStage?.('records to watch');
  const { samples, unsampled } = await chooseSamples({
    conn,
    snapshot: review.snapshot,
    request: review.request,
    before: review,
    convert: choice.convert,
  });
  const plan = await buildApplyPlan({
    conn,
    org,
    folder,
    snapshot: review.snapshot,
    convert: choice.convert,
    uses: review.uses,
    samples,
    unsampled,
    details: { decisions: hash, decidedIn: file.org },
  });
  return { decided, choice, plan };
}

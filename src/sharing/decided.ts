/** Decisions from a file, held against a fresh review of an org; what `apply` and `check` begin with. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import {
  comparePromotion,
  mergeDecisions,
  readDecisionsFile,
  type DecisionsFile,
  type Merged,
  type Promotion,
} from './decisions/index.js';
import { fingerprint } from '../runs/index.js';
import { reviewSharing, type Review, type ReviewRequest } from './review.js';

export type DecidedRequest = ReviewRequest & {
  /** Path of the decisions file. */
  decisions: string;
  /** My Domain name of another org in which the decisions were made, as consent to carry them over. */
  promotedFrom?: string;
};

export type Decided = {
  file: DecisionsFile;
  /** Hash of the file's decisions. */
  hash: string;
  review: Review;
  merged: Merged;
  /** What of the file holds here; present where it was made in another org. */
  promotion?: Promotion;
};

/** A decisions file that is not there, or belongs to another org. */
export class DecisionsError extends Error {
  public constructor(
    public readonly key: 'missing' | 'foreign',
    public readonly file: string,
    public readonly org?: DecisionsFile['org']
  ) {
    super(`${key}: ${file}`);
    this.name = 'DecisionsError';
  }
}

/** @throws DecisionsFileError, DecisionsError, ManagerError, ProfileError */
export async function readDecided(
  conn: Connection,
  org: OrgIdentity,
  request: DecidedRequest,
  onStage?: (stage: string) => void
): Promise<Decided> {
  const file = await readDecisionsFile(request.decisions);
  if (!file) throw new DecisionsError('missing', request.decisions);
  const isOther = file.org.id !== org.id;
  if (isOther && request.promotedFrom !== file.org.domain) {
    throw new DecisionsError('foreign', request.decisions, file.org);
  }
  const review = await reviewSharing(conn, org, request, onStage);
  return {
    file,
    hash: decisionsHash(file),
    review,
    merged: mergeDecisions(review, file),
    ...(isOther ? { promotion: comparePromotion(file, review) } : {}),
  };
}

/** Hash of what was decided; who wrote the file, and when, does not count. */
export const decisionsHash = ({ entries }: DecisionsFile): string =>
  fingerprint(entries.map(({ key, decision, digest }) => ({ key, decision, digest })));

/** Decisions from a file, held against a fresh review of an org; what `apply` and `check` begin with. */
import { readFile } from 'node:fs/promises';
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import {
  comparePromotion,
  mergeDecisions,
  parseDecisions,
  type DecisionsFile,
  type Merged,
  type Promotion,
} from './decisions/index.js';
import { fingerprint } from '../runs/index.js';
import { reviewSharing, type Review, type ReviewRequest } from './review.js';

export type DecidedRequest = ReviewRequest & {
  /** Path of the decisions file. */
  decisions: string;
  /** My Domain name of another org in which the decisions were made, as consent to use them here. */
  fromOrg?: string;
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

/** Rules and folders could not be read, so that nobody can say that an org is clean. */
export class UnreadableError extends Error {
  public constructor(notes: Review['notes']) {
    super(notes.map(({ source, reason }) => `${source}: ${reason}`).join('\n'));
    this.name = 'UnreadableError';
  }
}

/** A decisions file of another org, whose use nobody has agreed to. */
export class ForeignDecisionsError extends Error {
  public constructor(
    public readonly file: string,
    /** Line on which the file names its org. */
    public readonly line: number,
    public readonly org: DecisionsFile['org']
  ) {
    super(`${file}:${line}: ${org.domain}`);
    this.name = 'ForeignDecisionsError';
  }
}

/** @throws DecisionsFileError, ForeignDecisionsError, UnreadableError, ManagerError, ProfileError; ENOENT where there is no file */
export async function readDecided(
  conn: Connection,
  org: OrgIdentity,
  request: DecidedRequest,
  onStage?: (stage: string) => void
): Promise<Decided> {
  const text = await readFile(request.decisions, 'utf8');
  const file = parseDecisions(text, request.decisions);
  const isOther = file.org.id !== org.id;
  if (isOther && request.fromOrg !== file.org.domain) {
    throw new ForeignDecisionsError(request.decisions, lineOfOrg(text), file.org);
  }
  const review = await reviewSharing(conn, org, request, onStage);
  if (!review.snapshot.definitionsKnown) throw new UnreadableError(review.notes);
  return {
    file,
    hash: decisionsHash(file),
    review,
    merged: mergeDecisions(review, file),
    ...(isOther ? { promotion: comparePromotion(file, review) } : {}),
  };
}

/** Line of the field `org`, from 1. */
const lineOfOrg = (text: string): number => text.split('\n').findIndex((line) => /^org\s*:/.test(line)) + 1;

/** Hash of what was decided; who wrote the file, and when, does not count. */
export const decisionsHash = ({ entries }: DecisionsFile): string =>
  fingerprint(entries.map(({ key, decision, digest }) => ({ key, decision, digest })));

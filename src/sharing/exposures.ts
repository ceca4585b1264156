/** How many ways outside an org has, for those who only need the numbers. */
import { readFile } from 'node:fs/promises';
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import { decisionsHash, UnreadableError } from './decided.js';
import { mergeDecisions, parseDecisions, type DecisionsFile } from './decisions/index.js';
import { reviewSharing, type ReviewRequest } from './review.js';

/** `undecided`: nobody has decided to keep, convert or put off what is there now. */
export type Exposures = { open: number; undecided: number };

/** Decisions in a file, with the hash that names them. @throws DecisionsFileError; ENOENT where there is no file */
export async function readDecisions(path: string): Promise<{ file: DecisionsFile; hash: string }> {
  const file = parseDecisions(await readFile(path, 'utf8'), path);
  return { file, hash: decisionsHash(file) };
}

/**
 * Reviews an org and counts. What is the platform's own and cannot be turned off does not count.
 * @throws UnreadableError where rules and folders could not be read
 */
export async function countExposures(
  conn: Connection,
  org: OrgIdentity,
  request: ReviewRequest,
  file: DecisionsFile | undefined
): Promise<Exposures> {
  const review = await reviewSharing(conn, org, request);
  if (!review.snapshot.definitionsKnown) throw new UnreadableError(review.notes);
  const counted = mergeDecisions(review, file).decided.filter(({ finding }) => finding.severity !== 'info');
  return { open: counted.length, undecided: counted.filter(({ state }) => state !== 'decided').length };
}

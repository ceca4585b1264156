/** Proof that the ways outside are closed: the org is reviewed again. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import { reviewSharing, type ReviewRequest } from '../review.js';

export const closingProofSchema = z.object({
  /** Keys of the findings that are gone. */
  closed: z.array(z.string()),
  /** Keys of those that are still there. */
  open: z.array(z.string()),
});

export type ClosingProof = z.infer<typeof closingProofSchema>;

/** Looks for the findings again. Without numbers, so that a way counts as open also where it reaches nothing today. */
export async function proveClosed(
  conn: Connection,
  org: OrgIdentity,
  request: ReviewRequest,
  keys: readonly string[]
): Promise<ClosingProof> {
  const { findings } = await reviewSharing(conn, org, { ...request, counts: false });
  const present = new Set(findings.map(({ key }) => key));
  return { closed: keys.filter((key) => !present.has(key)), open: keys.filter((key) => present.has(key)) };
}

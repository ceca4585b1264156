/** A change of the owner of a lead, whoever tells of it. */
import type { AssignmentOutcome } from '../assignments/index.js';

/** Who tells of changes, the best first: what one tells is left out of what the next ones tell. */
export const SOURCES = ['assignment', 'run', 'history'] as const;

export type EventSource = (typeof SOURCES)[number];

/** `Claimed`: the new owner took it himself out of a queue. */
export type EventOutcome = AssignmentOutcome | 'Claimed' | '';

/** Ids have 18 characters; what is empty is empty text. */
export type OwnerEvent = {
  lead: string;
  /** Milliseconds. Of a run the end of it: it does not note the moment of each row. */
  at: number;
  from: string;
  to: string;
  source: EventSource;
  /** Why, for people. */
  reason: string;
  run: string;
  /** Key of the rotation, or the id of its record where that is gone. */
  rotation: string;
  outcome: EventOutcome;
};

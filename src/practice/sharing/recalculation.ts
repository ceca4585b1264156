/**
 * Recalculations: what rules and defaults give follows them some time later (platform-facts B4, addenda). No API waits
 * on one. What is under way is background work that is kept in the file, so that a restart finishes it.
 */
import type { Background } from '../save/context.js';
import type { Preferences } from '../contracts.js';

/** Kind of the background work; the record is the name of the object. */
export const RECALCULATION = 'sharing-recalculation';

/** How long a recalculation seems to take, in milliseconds, where the preference below does not say otherwise. */
const DELAY = 400;

/** Preference with another duration, for tests and rehearsals. */
export const RECALCULATION_DELAY = 'Practice.recalculationDelay';

/** Objects whose rules lock together (addenda: recalculating one of the four locks the rules of all). */
const TOGETHER: ReadonlySet<string> = new Set(['Account', 'Contact', 'Opportunity', 'Case']);

export type Recalculations = {
  /** Starts one for an object, or starts it again where one is under way. */
  start(object: string): void;
  isLocked(object: string): boolean;
  /** Objects of which one is under way. */
  underWay(): string[];
  /** Forgets that one is under way, because what it would have done has been done. */
  done(object: string): void;
};

/** Keeps the recalculations of an org. */
export const openRecalculations = (preferences: Preferences, background: () => Background): Recalculations => {
  const underWay = (): string[] => background().waiting(RECALCULATION);
  return {
    underWay,
    start: (object) => {
      background().cancel(RECALCULATION, object);
      background().later(RECALCULATION, object, Number(preferences.get(RECALCULATION_DELAY) ?? DELAY));
    },
    isLocked: (object) => underWay().some((one) => one === object || (TOGETHER.has(one) && TOGETHER.has(object))),
    done: (object) => background().cancel(RECALCULATION, object),
  };
};

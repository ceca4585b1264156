/** Classes of how long leads lie. */
import { DAY } from './duration.js';

/** Upper ends in days; the last class has none. */
const ENDS = [1, 3, 7, 30] as const;

export const AGE_CLASSES = ['under 1 d', '1 to 3 d', '3 to 7 d', '7 to 30 d', '30 d and more'] as const;

/** Number of the class of a time in milliseconds. A time at the end of a class is in the next one. */
export function ageClassOf(held: number): number {
  const at = ENDS.findIndex((days) => held < days * DAY);
  return at < 0 ? ENDS.length : at;
}

/**
 * A number from 0 up that is not taken, in few look-ups: numbers are given out one after the other, so it leaps ahead until one is
 * free and then halves the way back. The one before it is always taken.
 */
export const freeNumber = (isTaken: (number: number) => boolean): number => {
  if (!isTaken(0)) return 0;
  let [taken, free] = [0, 1];
  while (isTaken(free)) [taken, free] = [free, free * 2];
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (isTaken(middle)) taken = middle;
    else free = middle;
  }
  return free;
};

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time of work without a look at other requests, in milliseconds. */
export const SLICE = 25;

/** Lets other requests be answered from time to time during long work. */
export class Slices {
  private start = performance.now();

  /** Yields where the slice is used up; true when it has yielded, so that the caller looks at the job again. */
  public async breathe(): Promise<boolean> {
    if (performance.now() - this.start < SLICE) return false;
    await nextTurn();
    this.start = performance.now();
    return true;
  }
}

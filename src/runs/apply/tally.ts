import type { Outcomes } from '../store/outcomes.js';
import { readRowSet } from '../rows/row-set.js';

export type Moved = { received: number; gave: number };

/** How many rows each value received and gave, for verification and for the receipt. */
export class Tally {
  private readonly moved = new Map<string, Moved>();

  /** Counts again what an earlier process has done. */
  public static async of(rowsFile: string, outcomes: Outcomes): Promise<Tally> {
    const tally = new Tally();
    if (outcomes.count('done') === 0) return tally;
    for await (const rows of readRowSet(rowsFile)) {
      for (const row of rows) if (outcomes.of(row.index) === 'done') tally.add(row);
    }
    return tally;
  }

  public add({ value, was }: { value: string; was: string }): void {
    this.entry(value).received += 1;
    this.entry(was).gave += 1;
  }

  public entries(): Record<string, Moved> {
    return Object.fromEntries(this.moved);
  }

  private entry(value: string): Moved {
    const known = this.moved.get(value);
    if (known) return known;
    const fresh = { received: 0, gave: 0 };
    this.moved.set(value, fresh);
    return fresh;
  }
}

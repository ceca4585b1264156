/** A generator of numbers that look random and are the same each time. */

/** Numbers for one scenario; the same seed gives the same row of numbers on every machine. */
export class Random {
  private state: number;

  public constructor(seed: number) {
    this.state = seed | 0;
  }

  /** A number from 0 up to, not including, 1. */
  public next(): number {
    // xorshift32: three shifts are enough for sample data, and cheap for a million rows.
    let x = this.state || 0x9e3779b9;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, not including, `end`. */
  public below(end: number): number {
    return Math.floor(this.next() * end);
  }

  public pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  public chance(share: number): boolean {
    return this.next() < share;
  }
}

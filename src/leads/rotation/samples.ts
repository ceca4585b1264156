/** Points of a plot, at most 240 of them however long the run is. */

const MOST = 240;

/**
 * When there are too many points, every second one goes. The gaps are uneven, because even ones could fall in step with
 * the turns of the members and show nothing.
 */
export class Samples<T> {
  private kept: T[] = [];
  private every = 1;
  private nextAt = 1;

  public get points(): readonly T[] {
    return this.kept;
  }

  /**
   * @param at the number of the moment, rising from 1
   * @param take makes the point, where one is wanted
   */
  public offer(at: number, take: () => T): void {
    if (at < this.nextAt) return;
    this.nextAt = at + 1 + ((Math.imul(at, 2654435761) >>> 0) % (2 * this.every - 1));
    this.kept.push(take());
    if (this.kept.length <= MOST) return;
    this.kept = this.kept.filter((_, index) => index % 2 === 1);
    this.every *= 2;
  }
}

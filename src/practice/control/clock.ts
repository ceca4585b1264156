import type { Clock } from '../contracts.js';

/** The org's clock: the machine's, unless it was moved. A moved clock goes on from where it was set. */
export class MovableClock implements Clock {
  private offset = 0;

  public now(): Date {
    return new Date(Date.now() + this.offset);
  }

  public stamp(): string {
    return `${this.now().toISOString().slice(0, 19)}.000+0000`;
  }

  /** Sets the time; without one the machine's time counts again. @throws RangeError for an invalid date. */
  public set(time?: Date): void {
    if (time !== undefined && Number.isNaN(time.getTime())) throw new RangeError('The time is not a date.');
    this.offset = time === undefined ? 0 : time.getTime() - Date.now();
  }
}

/**
 * Records that Apex has locked by FOR UPDATE, until their transaction ends. Others wait for them at most ten seconds (Apex
 * Developer Guide, Locking Statements); readers do not wait.
 */

/** How long others wait, in milliseconds. */
const PATIENCE = 10_000;

export class RowLocks {
  /** Who works right now; set while a transaction of Apex writes, which it does without a pause. */
  public current: object | undefined;
  private readonly holders = new Map<string, object>();
  private waiting: Array<() => void> = [];

  /** @param patience how long others wait, in milliseconds */
  public constructor(public patience = PATIENCE) {}

  /** Whether another transaction than the one at work holds the record. */
  public isTaken(id: string, by = this.current): boolean {
    const holder = this.holders.get(id);
    return holder !== undefined && holder !== by;
  }

  /** Whether a transaction holds the record itself. */
  public isHeld(id: string, by: object): boolean {
    return this.holders.get(id) === by;
  }

  /** Waits until nobody else holds one of the records. @returns false where the time was over before */
  public async free(ids: readonly string[], by?: object): Promise<boolean> {
    return this.until(() => !ids.some((id) => this.isTaken(id, by)));
  }

  /** Waits until nothing is locked. @returns false where the time was over before */
  public async quiet(): Promise<boolean> {
    return this.until(() => this.holders.size === 0);
  }

  /** Locks all records for a transaction, or none. @returns whether it could */
  public take(ids: readonly string[], by: object): boolean {
    if (ids.some((id) => this.isTaken(id, by))) return false;
    for (const id of ids) this.holders.set(id, by);
    return true;
  }

  /**
   * Waits until all records can be locked, and locks them in the same moment: of several who wait, one gets them.
   * @returns false where the time was over before
   */
  public async hold(ids: readonly string[], by: object): Promise<boolean> {
    return this.until(() => this.take(ids, by));
  }

  /** Ends all locks of a transaction. */
  public release(by: object): void {
    for (const [id, holder] of this.holders) if (holder === by) this.holders.delete(id);
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  private async until(succeeds: () => boolean): Promise<boolean> {
    const deadline = Date.now() + this.patience;
    while (!succeeds()) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await this.nextRelease(left);
    }
    return true;
  }

  /** Until some locks end, or the time is over. */
  private nextRelease(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

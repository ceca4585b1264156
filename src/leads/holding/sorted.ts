/** Rows that come in the order of a lead's id, looked up by ids that rise: many streams side by side, none of them in memory. */

/** A stream that was not in order: an answer by it could leave rows out. */
export class NotSorted extends Error {
  public constructor(what: string, before: string, after: string) {
    super(`The org answered ${what} out of order: ${after} behind ${before}.`);
    this.name = 'NotSorted';
  }
}

export class Sorted<T> {
  private page: readonly T[] = [];
  private at = 0;
  private last = '';
  private ended = false;

  /**
   * @param what names the rows in errors
   * @param keyOf id of the lead that a row is about; rows without one stand first
   */
  public constructor(
    private readonly what: string,
    private readonly pages: AsyncIterator<readonly T[]>,
    private readonly keyOf: (row: T) => string
  ) {}

  /** Rows of a lead. @param id not lower than that of the call before @throws NotSorted */
  public async of(id: string): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
      const row = this.page[this.at];
      if (row === undefined) {
        if (!(await this.turn())) return found;
        continue;
      }
      const key = this.keyOf(row);
      if (key < this.last) throw new NotSorted(this.what, this.last, key);
      if (key > id) return found;
      this.last = key;
      this.at += 1;
      if (key === id) found.push(row);
    }
  }

  /** Goes on to the next page. @returns false at the end */
  private async turn(): Promise<boolean> {
    if (this.ended) return false;
    const result = await this.pages.next();
    this.ended = result.done === true;
    this.page = result.done === true ? [] : result.value;
    this.at = 0;
    return !this.ended;
  }

  /** Lets go of the stream. */
  public async close(): Promise<void> {
    this.ended = true;
    await this.pages.return?.();
  }
}

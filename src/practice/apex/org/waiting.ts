/** What a transaction does that has written and then needs rows of another one. */

/**
 * Ends a transaction that must wait: between its writes nobody else can come in, and only others can free the rows. Not an
 * exception of Apex, so no program catches it. The transaction is rolled back and done again when the rows are free, as if
 * it had come later.
 */
export class MustWait extends Error {
  /** @param ids records that others hold */
  public constructor(public readonly ids: readonly string[]) {
    super('rows are locked by another transaction');
    this.name = 'MustWait';
  }
}

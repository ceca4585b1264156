import { ApexList } from './collections.js';
import { ApexFailure } from './failures.js';
import type { Value } from './values.js';

/** What a query gave, before it is a list or one record: that depends on the variable it goes into. */
export class QueryRows extends ApexList {
  /** The only row. */
  public single(): Value {
    if (this.items.length === 1) return this.items[0]!;
    const many = this.items.length === 0 ? 'no rows' : 'more than 1 row';
    throw new ApexFailure('System.QueryException', `List has ${many} for assignment to SObject`);
  }
}

/** Setup and ordinary objects in one transaction (platform-facts C6). */
import type { TransactionScope } from '../contracts.js';
import { fail } from './failures.js';

/**
 * Notes what a transaction writes.
 * @throws PlatformError MIXED_DML_OPERATION where it has written objects of the other kind before.
 */
export const enter = (scope: TransactionScope, object: string, setup: boolean): void => {
  const other = setup ? scope.ordinary : scope.setup;
  if (other !== undefined) {
    throw fail.of(
      'MIXED_DML_OPERATION',
      'DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ' +
        `${object}, original object: ${other}`
    );
  }
  if (setup) scope.setup ??= object;
  else scope.ordinary ??= object;
};

/** Saves of which one failure undoes all. */
import type { SaveResult } from '../contracts.js';
import { rolledBack } from './failures.js';

/** Ends a transaction in which a save failed; carries its results out. */
class RolledBack extends Error {
  public constructor(public readonly results: SaveResult[]) {
    super('rolled back');
  }
}

/** The result of a record that was saved and is not any more. */
const undone: SaveResult = { id: null, success: false, created: false, errors: [rolledBack] };

/**
 * Does work in a transaction, which is rolled back where one of its results is a failure.
 * @param transaction runs work in a transaction; an exception rolls back and goes on
 * @param told what records get that were saved and are not any more
 */
export const allOrNone = (
  transaction: (work: () => SaveResult[]) => SaveResult[],
  work: () => SaveResult[],
  told: (result: SaveResult, index: number) => SaveResult = () => undone
): SaveResult[] => {
  try {
    return transaction(() => {
      const results = work();
      if (results.some(({ success }) => !success)) throw new RolledBack(results);
      return results;
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return error.results.map((result, index) => (result.success ? told(result, index) : result));
  }
};

import type { RowError } from '../../org/write/collections.js';
import { isRetriable } from '../errors.js';
import type { RowOutcome } from '../store/outcomes.js';
import type { Row, StepContext } from './context.js';

/** What became of a row, with the row. */
export type Settled = RowOutcome & { row: Row };

export const settled = (row: Row, outcome: RowOutcome['outcome'], code?: string, message?: string): Settled => ({
  row,
  index: row.index,
  id: row.id,
  outcome,
  code,
  message,
});

/** A row that the org refused has failed, unless another pass may help: then it stays pending and the error is kept. */
export function failedOrLater(context: StepContext, row: Row, error: RowError | undefined): Settled[] {
  if (error && isRetriable(error.statusCode)) {
    context.lastErrors.set(row.index, error);
    return [];
  }
  return [settled(row, 'failed', error?.statusCode, error?.message)];
}

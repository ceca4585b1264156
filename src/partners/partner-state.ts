/** How a run about partners ended, with all that was asked for in view. */
import type { Receipt } from '../runs/index.js';
import type { RejectedRow } from './rejected.js';

/** A run that left rows out, or alone, is done in part. */
export function partnerState(receipt: Receipt, rejected: readonly RejectedRow[]): Receipt['state'] {
  if (receipt.state !== 'done') return receipt.state;
  return rejected.length > 0 || receipt.steps.some(({ changed }) => changed > 0) ? 'partly-done' : 'done';
}

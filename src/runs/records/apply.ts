/** Applies a `records` step and says what became of its rows. */
import { stopOf } from '../errors.js';
import { Settler } from '../apply/context.js';
import { rowsResult } from '../apply/rows-result.js';
import type { StepEnd } from '../apply/step.js';
import { openRecords, type RecordsContext, type RecordsRequest } from './context.js';
import { writeRecords } from './passes.js';
import { verifyRecords } from './verify.js';

/** Brings the step to its end, or to a state from which it can be resumed. */
export async function applyRecords(request: RecordsRequest): Promise<StepEnd> {
  const context = await openRecords(request);
  try {
    const ending = await write(context);
    return { ...ending, result: await rowsResult(request.folder, request.step, context.outcomes) };
  } finally {
    await context.outcomes.close();
  }
}

async function write(context: RecordsContext): Promise<Omit<StepEnd, 'result'>> {
  try {
    await writeRecords(context, new Settler(context), context.lines);
    context.emit({ type: 'verify' });
    const verification = await verifyRecords(context);
    return { state: context.outcomes.count('failed') > 0 ? 'partly-done' : 'done', verification };
  } catch (error) {
    return { state: 'stopped', stopped: stopOf(error) };
  }
}

/** API calls that a `records` step takes at least; retries come on top. */
import type { RecordsStep } from '../plan.js';

/** Records that a call writes, looks at before it writes, and reads again afterwards: five queries of some 400 ids. */
const WRITTEN = 200;
const LOOKED_AT = 1000;
const READ_AGAIN = 2000;

export type Calls = { calls: number; formula: string };

const up = (rows: number, by: number): number => Math.ceil(rows / by);

/**
 * Least number of calls. `known` are rows with a before-image: they are looked at once more before they are written, and so
 * are the keys of inserts that the org does not keep unique itself.
 */
export function callsOfRecords(step: RecordsStep, known = step.rows.count): Calls {
  const { count } = step.rows;
  if (count === 0) return { calls: 0, formula: '' };
  const looked = step.operation === 'insert' && step.keyIsUnique ? 0 : up(known, LOOKED_AT);
  const parts = [`${up(count, WRITTEN)} to write`, `${looked} to look before`, `${up(count, READ_AGAIN)} to prove`];
  return {
    calls: up(count, WRITTEN) + looked + up(count, READ_AGAIN),
    formula: `${step.object}: ${parts.filter((part) => !part.startsWith('0 ')).join(' + ')}`,
  };
}

/** Costs of several steps together. */
export const totalCalls = (costs: readonly Calls[]): { apiCalls: number; formula: string } => {
  const real = costs.filter(({ calls }) => calls > 0);
  const formula = real.length > 0 ? real.map((cost) => cost.formula).join('; ') : 'nothing to write';
  return { apiCalls: real.reduce((sum, { calls }) => sum + calls, 0), formula };
};

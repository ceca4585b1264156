/** API calls that an `update-rows` step takes at least (docs/limits.md); retries and further looks at a job come on top. */
import { groupsOfValues, QUERIES_A_CALL } from '../../org/read/index.js';
import { COLLECTION_ROWS } from '../../org/write/collections.js';
import type { UpdateRowsStep } from '../plan.js';
import type { Calls } from '../records/cost.js';
import { readTuning } from '../tuning.js';

/** Calls of a Bulk job: look, create, upload, close, state, results. */
const CALLS_A_JOB = 6;

/** Calls that so many rows of a Bulk job take, in words too. */
export function callsOfJobs(rows: number): Calls {
  const jobs = Math.ceil(rows / readTuning().jobRows);
  return { calls: jobs * CALLS_A_JOB, formula: `${jobs} Bulk job${jobs > 1 ? 's' : ''} × ${CALLS_A_JOB}` };
}

/** What the proof costs: up to 200 rows are read again; above, the records of each new value are counted before and after. */
function callsOfProof(count: number, values: readonly string[]): Calls {
  if (count <= COLLECTION_ROWS) return { calls: 1, formula: '1 verification' };
  const calls = 2 * Math.ceil(groupsOfValues(values).length / QUERIES_A_CALL);
  return { calls, formula: `${calls} counts` };
}

/** What the step costs. */
export function callsOfUpdate({
  object,
  rows: { count },
  values,
  mail,
}: Pick<UpdateRowsStep, 'object' | 'rows' | 'values' | 'mail'>): Calls {
  const { collectionRows } = readTuning();
  const proof = callsOfProof(count, values);
  if (mail) {
    const blocks = Math.ceil(count / collectionRows);
    const name = mail === 'soap' ? 'SOAP' : 'Apex';
    const written = `${blocks} ${name} call${blocks > 1 ? 's, each' : ''} with a look before`;
    return { calls: 2 * blocks + proof.calls, formula: `${object}: ${written} + ${proof.formula}` };
  }
  if (count <= collectionRows)
    return { calls: 2 + proof.calls, formula: `${object}: 1 drift query + 1 collection call + ${proof.formula}` };
  const jobs = callsOfJobs(count);
  return { calls: proof.calls + jobs.calls, formula: `${object}: ${proof.formula} + ${jobs.formula}` };
}

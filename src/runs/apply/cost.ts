/** API calls that an `update-rows` step takes at least (docs/limits.md); retries and further looks at a job come on top. */
import { groupsOfValues, QUERIES_A_CALL } from '../../org/read/index.js';
import { COLLECTION_ROWS } from '../../org/write/collections.js';
import type { UpdateRowsStep } from '../plan.js';
import type { Calls } from '../records/cost.js';
import { ROWS_A_JOB } from '../tuning.js';

/** Calls of a Bulk job: look, create, upload, close, state, results. */
const CALLS_A_JOB = 6;

/** Calls that so many rows of a Bulk job take, in words too. */
export function callsOfJobs(rows: number): Calls {
  const jobs = Math.ceil(rows / ROWS_A_JOB);
  return { calls: jobs * CALLS_A_JOB, formula: `${jobs} Bulk job${jobs > 1 ? 's' : ''} × ${CALLS_A_JOB}` };
}

/** What the step costs. Above 200 rows the records of each new value are counted before and after. */
export function callsOfUpdate({
  object,
  rows: { count },
  values,
  mail,
}: Pick<UpdateRowsStep, 'object' | 'rows' | 'values' | 'mail'>): Calls {
  const blocks = Math.ceil(count / COLLECTION_ROWS);
  if (mail)
    return {
      calls: 2 * blocks + 2,
      formula: `${object}: ${blocks} ${mail === 'soap' ? 'SOAP' : 'Apex'} calls, each with a look before, + 2 to prove`,
    };
  if (count <= COLLECTION_ROWS)
    return { calls: 3, formula: `${object}: 1 drift query + 1 collection call + 1 verification` };
  const jobs = callsOfJobs(count);
  const counts = 2 * Math.ceil(groupsOfValues(values).length / QUERIES_A_CALL);
  return { calls: counts + jobs.calls, formula: `${object}: ${counts} counts + ${jobs.formula}` };
}

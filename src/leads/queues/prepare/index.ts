export { SetInTheWay } from './permission.js';
export { buildPreparePlan, PREPARE_KIND, prepareDetailsSchema, readPrepare, readPrepareFingerprint } from './plan.js';
export { proveReading, type Proof } from './proof.js';
export { queuePrepareResult, queuePrepareResultSchema, type QueuePrepareResult } from './result.js';

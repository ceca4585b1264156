export { type Decided } from './decide.js';
export { refusedOf } from './outcome.js';
export { buildEnablePlan, ENABLE_KIND, enableDetailsSchema, readManagersFingerprint } from './plan.js';
export { readEnable, type EnableRequest, type EnableSnapshot } from './read.js';
export { partnerEnableResult, partnerEnableResultSchema, type PartnerEnableResult } from './result.js';

export type { LeadMode } from './choose.js';
export { handoverDetailsSchema, type Effects, type HandoverDetails } from './details.js';
export { HandoverError, type Problem } from './errors.js';
export { buildHandover, HANDOVER_KIND, type HandoverRequest } from './plan.js';
export { proveHandover, type HandoverProof } from './proof.js';
export { handoverResult, partnerHandoverResultSchema, type PartnerHandoverResult } from './result.js';
export { sharesFile } from './shares.js';

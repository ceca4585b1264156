export { disableDetailsSchema, type DisableDetails, type Loss } from './details.js';
export { DisableError } from './errors.js';
export { buildDisable, DISABLE_KIND, type DisableRequest } from './plan.js';
export { proveDisable, type DisableProof } from './proof.js';
export { disableResult, partnerDisableResultSchema, type PartnerDisableResult } from './result.js';

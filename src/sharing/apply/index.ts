export { APPLY_KIND, SharingMoved } from './plan.js';
export { ConflictError, prepareApply, type Prepared } from './prepare.js';
export { proveClosed, type ClosingProof } from './proof.js';
export { applyResult, sharingApplyResultSchema, type SharingApplyResult } from './result.js';

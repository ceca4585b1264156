export { checkResult, sharingCheckResultSchema, type SharingCheckResult } from './result.js';
export { judge, NEWS, type Exposure, type Verdict } from './verdict.js';

export {
  buildCollectPlan,
  COLLECT_KIND,
  collectDetailsSchema,
  collectFingerprint,
  collectProposals,
  type Collected,
} from './collect.js';
export { buildPublishPlan, PUBLISH_KIND, publishDetailsSchema, publishFingerprint } from './plan.js';
export { readFindings } from './records.js';
export {
  sharingCollectResult,
  sharingCollectResultSchema,
  sharingPublishResult,
  sharingPublishResultSchema,
  type SharingCollectResult,
  type SharingPublishResult,
} from './result.js';

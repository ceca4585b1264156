export { publishDetailsSchema, type PublishDetails } from './details.js';
export { NotPublishable } from './limits.js';
export { ForeignEntryError, type Position } from './merge.js';
export { PUBLISH_KIND, PublishRefused, readPublishFingerprint } from './plan.js';
export { provePublished, type PublishProof } from './proof.js';
export { buildPublishPlan, readPublish, type PublishOptions } from './publish.js';
export { buildRemovePlan, readRemove } from './remove.js';
export {
  rotationPublishRuleResult,
  rotationPublishRuleResultSchema,
  type RotationPublishRuleResult,
} from './result.js';

export {
  buildMembersPlan,
  MEMBERS_KIND,
  membersDetailsSchema,
  readMembersChange,
  readMembersFingerprint,
} from './change.js';
export {
  buildCreatePlan,
  CREATE_KIND,
  createDetailsSchema,
  developerNameOf,
  QueueExists,
  QueueRefused,
  readCreate,
  readCreateFingerprint,
} from './create.js';
export { CLAIM_DAYS } from './claims.js';
export { listQueues, queueListResultSchema, type QueueListResult } from './list.js';
export { MemberError, memberText } from './members.js';
export { QueueNameError } from './read.js';
export {
  queueCreateResultSchema,
  queueMembersResultSchema,
  type QueueCreateResult,
  type QueueMembersResult,
} from './result.js';

export { reassignDetailsSchema, type Notify, type ReassignDetails } from './details.js';
export type { ActivityMode } from './activities.js';
export { resolveOwners } from './owners.js';
export {
  buildReassign,
  REASSIGN_KIND,
  reassignFingerprint,
  type Moves,
  type Notifying,
  type ReassignPlanning,
} from './plan.js';
export { requireRecording } from './recording.js';
export { refusedRows } from './refused.js';
export {
  AllRejected,
  NoNewOwner,
  readReassign,
  type ReassignRequest,
  type ReassignSnapshot,
  type Words,
} from './request.js';
export { leadReassignResult, leadReassignResultSchema, type LeadReassignResult } from './result.js';

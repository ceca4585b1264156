export { LockHeld } from './lock.js';
export { targetsFingerprint } from './named.js';
export { planNamed, planRotation, type Planning, type Wish } from './make-plan.js';
export { readyRotation, rotationFingerprint, RotationRefusal, type SeatNotes } from './rotation/index.js';
export {
  checkAccess,
  readSelection,
  readTargets,
  RequestError,
  type DistributeFlags,
  type Members,
} from './request.js';
export { detailsSchema, type DistributionDetails } from './details.js';
export { carriedFrom, DISTRIBUTE_KIND } from './history.js';
export { IdFileError, readIdFile } from './id-file.js';
export { distributeResult, distributeResultSchema, type DistributeResult } from './result.js';
export { parseCap, parseTarget, reduceWeights } from './target-spec.js';
export { leadQueueNames, resolveTargets, type TargetProblem } from './targets.js';
export type { MemberPlan, Selection, Target } from './types.js';
export { reportData } from './report-data.js';

export { applyRun, type ApplyRequest } from './apply/apply.js';
export { scaled } from './apply/counts.js';
export { RunStopped } from './errors.js';
export { lockHolder } from './lease/lease.js';
export type { RunEvent, RunListener, RunState } from './events.js';
export { fileHash, fingerprint } from './fingerprint.js';
export {
  PLAN_FORMAT,
  planSchema,
  type AssignRowsStep,
  type AwaitAccessStep,
  type DeployStep,
  type MemberChange,
  type MembersStep,
  type CountedMember,
  type NotifyStep,
  type Plan,
  type PlannedComponent,
  type PlanStep,
  type PublishSiteStep,
  type RecordsStep,
  type PlanLock,
  type RotationCountsStep,
  type SendLoginStep,
  type SiteMemberChange,
  type SiteMembersStep,
  type UpdateRowsStep,
} from './plan.js';
export { isIrreversible, plannedRows, stepSize } from './plan-size.js';
export { restOf } from './rest.js';
export {
  readReceipt,
  receiptSchema,
  stepResultSchema,
  verificationSchema,
  type Receipt,
  type StepResult,
} from './receipt.js';
export { readAssigned, type Assigned } from './apply/assigned-file.js';
export { CsvWriter, readCsv } from './rows/csv.js';
export {
  createNotifyStep,
  createRecordsStep,
  createSendLoginStep,
  lineOf,
  madeBy,
  readRecordSet,
  THIS_RUN,
  THIS_RUN_ID,
  type CellValue,
  type NewRecordRow,
  type RecordRow,
} from './rows/record-set.js';
export { createRowSet, createUpdateStep, readRowSet, type PlannedRow } from './rows/row-set.js';
export { RunFolder, RunStore, writeJson } from './store/folder.js';
export { RunLocked } from './store/lock.js';
export { readOutcomes } from './store/outcomes.js';
export { callsOfJobs, callsOfUpdate } from './apply/cost.js';
export { callsOfRecords, totalCalls } from './records/cost.js';
export { loadPlan, PlanFileError, PLAN_HOURS, savePlan } from './plan-file.js';
export { buildUndo, markUndone, UNDO_KIND, type UndoDetails, type UndoRequest } from './undo/index.js';
export { writtenRows } from './undo/rows.js';
export { type Deployment, type DeployFile, type Members, metadataXml } from './deploy/package.js';
export { createDeployStep, type DeployStepRequest } from './deploy/step.js';
export { refusalOf, validateDeployment, type Validation } from './deploy/validate.js';
export { listRuns, runSummarySchema, summarize, type RunSummary } from './summary.js';
export { keepHeapSmall, shrinkHeap } from './memory.js';
export {
  runListResultSchema,
  runResumeResultSchema,
  runShowResultSchema,
  runUndoResultSchema,
  type RunListResult,
  type RunResumeResult,
  type RunShowResult,
  type RunUndoResult,
} from './results.js';

export { comparePromotion, type Promotion } from './compare.js';
export { findConflicts, type Conflict } from './conflicts.js';
export {
  DECISIONS,
  DECISIONS_FORMAT,
  type Decision,
  type DecisionEntry,
  type DecisionsFile,
  type DecisionsOrg,
} from './format.js';
export { readDecisionsFile, writeDecisionsFile } from './file.js';
export {
  decideAs,
  describe,
  differencesOf,
  entryOf,
  fileOf,
  mergeDecisions,
  type DecidedFinding,
  type DecisionState,
  type Difference,
  type Merged,
  type Reviewed,
} from './merge.js';
export { DecisionsFileError, sentence, type DecisionProblem } from './problems.js';
export { parseDecisions } from './read.js';
export { formatDecisions } from './write.js';
export { DecisionSession, openDecisions, OtherOrgError, type OpenFiles, type SessionFiles } from './session.js';

export { checkPartners, eligibilityOf, SiteNameError, type Judged } from './check.js';
export { ACCOUNT_STATES, directoryOf, readDirectory, type AccountState, type Directory } from './directory.js';
export { CONDITIONS, judge, type Condition, type ConditionName, type Eligibility, type Rules } from './eligibility.js';
export { tellPartnerError, tellSourceError } from './errors.js';
export { writeRejected, type PartnerCsv } from './csv/index.js';
export { rejectedLines, type RejectedRow } from './rejected.js';
export type { Membership, PartnerAccount, PartnerFacts, PartnerUser, Site } from './facts.js';
export { readPartners, type PartnerSnapshot } from './read.js';
export { PartnerNameError, resolveScope, usersOf, type Scope, type ScopeFlags, type ScopeKind } from './scope.js';
export {
  CHECK_STATES,
  LIST_STATES,
  partnerCheckResult,
  partnerCheckResultSchema,
  partnerListResult,
  partnerListResultSchema,
  type CheckedUser,
  type ListedAccount,
  type PartnerCheckResult,
  type PartnerListResult,
} from './result.js';

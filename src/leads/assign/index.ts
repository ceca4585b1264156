export { assignDetailsSchema, type AssignDetails } from './details.js';
export { ASSIGN_KIND, buildAssignPlan, ruleFingerprint, WRITTEN_FIELD } from './plan.js';
export { LeadIdError, readLeadSelection, type AssignSelection } from './request.js';
export { leadAssignResult, leadAssignResultSchema, type LeadAssignResult } from './result.js';
export { readRule, RuleError, type ChosenRule } from './rule.js';
export { readWent, type Went } from './went.js';

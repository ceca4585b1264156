export { BulkQueryError, bulkQuery } from './bulk-query.js';
export { countsBy, countsOf, groupsBy, type Counting } from './counts.js';
export { hasReassignApex, REASSIGN_PATH } from './package-apex.js';
export { csvHeader, csvLine, parseCsvBatches, parseCsvStream } from './csv.js';
export { openDeploys } from './deploys.js';
export { protect, unprotect } from './formulas.js';
export { errorOf, getText, refreshed } from './http.js';
export { domainOf, loginName, readIdentity, usernameOf, type OrgIdentity, type OrgKind } from './identity.js';
export { renderStoredTemplate, renderTexts, type RenderedMail } from './mail-templates.js';
export { readMembers, type MemberRow } from './members.js';
export { readableRecords } from './record-access.js';
export { lastLine } from './last-line.js';
export { listMetadata, retrieve, RetrieveError, retrieveMetadata, retrieveZip } from './metadata.js';
export type { Retrieved, RetrievedFile, RetrieveProblem } from './metadata.js';
export { isOn, listOf, parseMetadata, textOf, textsOf, type MetadataBody } from './metadata-xml.js';
export { asPackageMissing, PackageMissing } from './package-missing.js';
export { pollUntil } from './poll.js';
export { queryAll, queryPages, type Page } from './query.js';
export { rowsOf } from './rows.js';
export { groupsOfValues, readRecords } from './records.js';
export {
  groupState,
  profileFullNames,
  publishJobs,
  readPublishJob,
  readSiteGroups,
  type GroupState,
  type PublishJob,
  type SiteGroupRow,
} from './sites.js';
export { IDS_A_QUERY, REST_ROWS } from './sizes.js';
export { ConditionError, parseCondition } from './soql/condition.js';
export { all, any, compare, isIn, isInQuery, isNotInQuery, since, type Condition } from './soql/literal.js';
export { compareDay, includesAny, isLike, joined, not } from './soql/filters.js';
export { normalStamp } from './stamp.js';
export { countOf, maxOf, select, type Select } from './soql/select.js';
export { inOneBreath, QUERIES_A_CALL, queryAllTogether, queryTogether, type QueryAnswer } from './together.js';

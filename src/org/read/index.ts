export { BulkQueryError, bulkQuery } from './bulk-query.js';
export { csvHeader, csvLine, parseCsvBatches, parseCsvStream } from './csv.js';
export { getText } from './http.js';
export { domainOf, loginName, readIdentity, type OrgIdentity, type OrgKind } from './identity.js';
export { pollDelays } from './poll.js';
export { queryAll, queryPages, type Page } from './query.js';
export { ConditionError, parseCondition } from './soql/condition.js';
export { all, any, compare, isIn, isInQuery, since, type Condition } from './soql/literal.js';
export { countOf, maxOf, select, type Select } from './soql/select.js';

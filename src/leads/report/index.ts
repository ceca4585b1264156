export { buildLeadReport, type ReportRequest } from './build.js';
export { leadReportResultSchema, type LeadReportResult } from './result.js';
export { fairnessRows, MOST_OWNERS, ownerRows } from './rows.js';

export type { ColumnSpec } from './columns.js';
export { PartnerCsvError, type PartnerCsvKey } from './errors.js';
export { readPartnerCsv, type PartnerCsv } from './read.js';
export { rejectedCsv, writeRejected } from './rejected.js';
export type { BadRow, PartnerRow } from './rows.js';

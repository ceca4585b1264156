/** Daily maxima of an Enterprise Edition org (platform-facts H). */
import type { Store } from '../contracts.js';

/** What `/limits` lists besides the daily calls. */
export const MAXIMA: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DataStorageMB: 10_240,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1_200,
  HourlySyncReportRuns: 500,
  MassEmail: 5_000,
  SingleEmail: 5_000,
};

const BASE_CALLS = 100_000;

/** Calls a day that one licence adds (platform-facts H); internal Salesforce licences add 1,000 [M]. */
const CALLS_PER_LICENCE: Readonly<Record<string, number>> = {
  SFDC: 1_000,
  PID_Partner_Community: 200,
  PID_Partner_Community_Login: 10,
};

/** Daily calls: 100,000 and what the licences add. */
export const dailyCalls = (store: Store): number => {
  const rows = store.sql('SELECT "LicenseDefinitionKey" AS key, "TotalLicenses" AS total FROM "UserLicense"').all();
  return rows.reduce((sum, row) => sum + (CALLS_PER_LICENCE[String(row.key)] ?? 0) * Number(row.total), BASE_CALLS);
};

/** Mails of alerts a day that one standard licence adds (help, email alert limits) [S2]. */
const MAILS_PER_LICENCE = 1_000;

/** Daily mails of alerts, by the standard licences. */
export const dailyAlertMails = (store: Store): number => {
  const sql = `SELECT "TotalLicenses" AS total FROM "UserLicense" WHERE "LicenseDefinitionKey" = 'SFDC'`;
  return MAILS_PER_LICENCE * Number(store.sql(sql).get()?.total ?? 0);
};

/** Sizes and waiting times of runs. Environment variables lower them for tests and for orgs that need it gentler. */
export type Tuning = {
  /** Rows up to which sObject collections are used; Bulk API 2.0 above. */
  collectionRows: number;
  /** Most rows and bytes of one Bulk job. */
  jobRows: number;
  jobBytes: number;
  /** Bulk jobs on their way at once. */
  jobsAtOnce: number;
  /** Times that rows which could not be locked, or were left over by a failed job, are tried again. */
  passes: number;
  /** First waiting time before something is tried again, in milliseconds; doubled each time. */
  backoff: number;
};

/**
 * Most rows of a Bulk job. The rows of the jobs on their way are all of a step that is in memory; each job costs six calls.
 */
export const ROWS_A_JOB = 40_000;

const DEFAULTS: Tuning = {
  collectionRows: 200,
  jobRows: ROWS_A_JOB,
  jobBytes: 100_000_000,
  jobsAtOnce: 3,
  passes: 4,
  backoff: 1000,
};

const VARIABLES: Record<keyof Tuning, string> = {
  collectionRows: 'SF_CHANNEL_COLLECTION_ROWS',
  jobRows: 'SF_CHANNEL_JOB_ROWS',
  jobBytes: 'SF_CHANNEL_JOB_BYTES',
  jobsAtOnce: 'SF_CHANNEL_JOBS_AT_ONCE',
  passes: 'SF_CHANNEL_PASSES',
  backoff: 'SF_CHANNEL_BACKOFF_MS',
};

/** Defaults, with what the environment says; numbers below 1 and other text are ignored. */
export function readTuning(env: NodeJS.ProcessEnv = process.env): Tuning {
  const entries = Object.entries(VARIABLES).map(([key, variable]) => {
    const given = Number(env[variable]);
    const fallback = DEFAULTS[key as keyof Tuning];
    return [key, Number.isInteger(given) && given >= 1 ? given : fallback];
  });
  const tuning = Object.fromEntries(entries) as Tuning;
  return { ...tuning, collectionRows: Math.min(200, tuning.collectionRows) };
}

/** Times of a lock in the org, in milliseconds. */
export type LeaseTimes = {
  /** How long it lasts when it is not renewed. */
  length: number;
  /** How often it is renewed. */
  renew: number;
  /** How long others wait beyond its end, for clocks and requests on their way. */
  grace: number;
  /** How long a look at it is good for. */
  check: number;
};

const LEASE_LENGTH = 300_000;

/** Five minutes, renewed each minute. `SF_CHANNEL_LEASE_MS` shortens all times in proportion, for tests. */
export function readLeaseTimes(env: NodeJS.ProcessEnv = process.env): LeaseTimes {
  const given = Number(env.SF_CHANNEL_LEASE_MS);
  const length = Number.isInteger(given) && given >= 100 ? given : LEASE_LENGTH;
  return { length, renew: length / 5, grace: length / 10, check: length / 100 };
}

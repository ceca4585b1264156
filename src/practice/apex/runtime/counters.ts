import { LimitFailure } from './failures.js';

/** The limits of one transaction. */
export type LimitName = 'soql' | 'queryRows' | 'dml' | 'dmlRows' | 'futures' | 'cpu' | 'depth';

/** Limits of a synchronous transaction (Apex Developer Guide, Execution Governors and Limits); cpu in milliseconds. */
export const SYNCHRONOUS_LIMITS: Readonly<Record<LimitName, number>> = {
  soql: 100,
  queryRows: 50_000,
  dml: 150,
  dmlRows: 10_000,
  futures: 50,
  cpu: 10_000,
  depth: 1000,
};

/** Limits of an asynchronous transaction: parts of batches, methods with @future. */
export const ASYNCHRONOUS_LIMITS: typeof SYNCHRONOUS_LIMITS = {
  ...SYNCHRONOUS_LIMITS,
  ...{ soql: 200, cpu: 60_000, futures: 0 },
};

const WORDS: Readonly<Record<LimitName, string>> = {
  soql: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  dml: 'Too many DML statements',
  dmlRows: 'Too many DML rows',
  futures: 'Too many future calls',
  cpu: 'Apex CPU time limit exceeded',
  depth: 'Maximum stack depth reached',
};

/** Counts what a transaction uses; one count too many ends it with a LimitException nothing can catch. */
export class Counters {
  public readonly used: Record<LimitName, number> = {
    soql: 0,
    queryRows: 0,
    dml: 0,
    dmlRows: 0,
    futures: 0,
    cpu: 0,
    depth: 0,
  };

  public constructor(public readonly limits: Readonly<Record<LimitName, number>> = SYNCHRONOUS_LIMITS) {}

  /** Counts some more. */
  public count(name: LimitName, more = 1): void {
    this.used[name] += more;
    if (this.used[name] > this.limits[name]) throw this.exceeded(name);
  }

  /** The failure of a limit that is passed. */
  public exceeded(name: LimitName): LimitFailure {
    return new LimitFailure(name === 'cpu' ? WORDS.cpu : `${WORDS[name]}: ${this.used[name]}`);
  }
}

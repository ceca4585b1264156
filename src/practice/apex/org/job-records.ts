/** Jobs as records of the org (Object Reference, AsyncApexJob), which clients and Apex look at by SOQL. */
import type { PracticeOrg, Row } from '../../contracts.js';
import { insertRecord, updateRecord } from '../../rules/records.js';

const JOB = 'AsyncApexJob';

type Kind = { JobType: 'BatchApex' } | { JobType: 'Future'; MethodName: string };

/** Characters that the platform keeps of the first error. */
const MOST = 1000;

/** Notes a job of a class in the transaction at hand. @param what its kind, and its method where that is one alone @returns its id */
export function noteJob(org: PracticeOrg, userId: string, className: string, what: Kind): string {
  const found = org.store.sql('SELECT "Id" AS id FROM "ApexClass" WHERE "Name" = ? COLLATE NOCASE').get(className);
  return insertRecord({ tools: org.tools, userId, now: org.clock.stamp() }, JOB, {
    ...{ ApexClassId: found ? String(found.id) : null, Status: 'Queued', ...what },
    ...{ JobItemsProcessed: 0, TotalJobItems: 0, NumberOfErrors: 0 },
  });
}

/** Whether the transaction that ordered a job was committed. */
export const isNoted = ({ catalog, store }: PracticeOrg, id: string): boolean =>
  store.find(catalog.require(JOB), id) !== undefined;

/** How far a job is, as its record tells. */
export class JobRecord {
  private processed = 0;
  private errors = 0;

  public constructor(
    private readonly org: PracticeOrg,
    private readonly userId: string,
    private readonly id: string
  ) {}

  /** It works on scopes from here on. */
  public begin(scopes: number): void {
    this.change({ Status: 'Processing', TotalJobItems: scopes });
  }

  /** A scope is over. */
  public scope(): void {
    this.change({ JobItemsProcessed: ++this.processed });
  }

  /** A part failed; the first error is the one that is told. */
  public failed(message: string): void {
    const values: Row = { NumberOfErrors: ++this.errors };
    if (this.errors === 1) values.ExtendedStatus = `First error: ${message}`.slice(0, MOST);
    this.change(values);
  }

  /** Nothing follows. */
  public end(status: 'Completed' | 'Failed'): void {
    this.change({ Status: status, CompletedDate: this.org.clock.stamp() });
  }

  private change(values: Row): void {
    const { clock, store, tools } = this.org;
    store.transaction(() => updateRecord({ tools, userId: this.userId, now: clock.stamp() }, JOB, this.id, values));
  }
}

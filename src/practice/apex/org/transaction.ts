/**
 * One transaction of Apex in the org: it answers what the program asks for. Until the program writes for the first time it
 * lets others in before each query; from then on it runs to its end without a pause inside one transaction of the store,
 * so that nobody sees or mixes with what may be rolled back. Rows of FOR UPDATE are locked against others in between.
 */
import type { PracticeOrg, QueryPage, Session, TransactionScope } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import type { ApexRequest, DmlRequest, Host, QueryRequest, RunAsRequest } from '../host.js';
import { ApexList } from '../runtime/collections.js';
import type { Ctx } from '../runtime/context.js';
import { ApexFailure } from '../runtime/failures.js';
import type { Sharing } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import { ApexSObject } from '../runtime/sobjects.js';
import type { Value } from '../runtime/values.js';
import type { Job } from './jobs.js';
import { requireVisible } from './enforced.js';
import { carriedOptions } from './natives/dml-options.js';
import { inaccessibleIn } from './natives/inaccessible.js';
import { queryOf, type Find } from './natives/locator.js';
import { personOf, systemSession, userSession, type Person } from './people.js';
import { apiQuery, type ApiQuery } from './query-text.js';
import { apexRecords, idOf } from './records.js';
import { recordsOf, requireAll, save, type Dml } from './saving.js';
import { MustWait } from './waiting.js';

/** How a statement or a Database method wants its access: of the user, or of the system. */
export type Access = 'user' | 'system' | undefined;

/** What natives with an effect are answered by, by the name of the request. */
export type Answers = Readonly<Record<string, (transaction: Transaction, payload: unknown, ctx: Ctx) => Value>>;

/** What a transaction works with. */
export type World = {
  org: PracticeOrg;
  answers: Answers;
  /** Requests of natives that write. */
  writes: ReadonlySet<string>;
  value(path: readonly string[]): Value;
};

export type TransactionOptions = {
  userId: string;
  /** The mode where no class on the way has said one. */
  sharing: 'with' | 'without';
  isTest?: boolean;
  isJob?: boolean;
};

export class Transaction implements Host {
  public readonly org: PracticeOrg;
  /** The program's side; whoever begins the transaction sets it. */
  public runtime!: Runtime;
  /** What it has ordered; that begins when it has ended, in tests at `Test.stopTest`. */
  public readonly jobs: Job[] = [];
  /** Scopes of batches that it has run itself: in tests. */
  public scopes = 0;
  /** Whether it is a part of a job. */
  public isJob: boolean;
  public readonly isTest: boolean;
  /** Whether it may be rolled back and done again where it has written and needs rows of another one. */
  public mayBeginAnew = false;
  /** Number of the last savepoint; undefined until something is written. */
  private number: number | undefined;
  private readonly people: Array<{ person: Person; scope: TransactionScope }>;

  public constructor(
    private readonly world: World,
    private readonly options: TransactionOptions
  ) {
    this.org = world.org;
    this.isTest = options.isTest ?? false;
    this.isJob = options.isJob ?? false;
    this.people = [{ person: personOf(world.org, options.userId), scope: {} }];
  }

  /** Does what is a part of a job of a user, apart from what this transaction has saved itself. */
  public asJob(userId: string, work: () => void): void {
    const before = this.isJob;
    this.people.push({ person: personOf(this.org, userId), scope: {} });
    this.isJob = true;
    try {
      work();
    } finally {
      this.people.pop();
      this.isJob = before;
    }
  }

  public get person(): Person {
    return this.people.at(-1)!.person;
  }

  public get timeZone(): string {
    return this.person.timeZone;
  }

  public get scope(): TransactionScope {
    return this.people.at(-1)!.scope;
  }

  public now(): number {
    return this.org.clock.now().getTime();
  }

  public value(path: readonly string[]): Value {
    return this.world.value(path);
  }

  /** What the running user may do himself. */
  public get session(): Session {
    return userSession(this.org, this.person);
  }

  /** The session that a statement works with. */
  public sessionFor(access: Access, sharing: Sharing): Session {
    if (access === 'user') return this.session;
    const stated = sharing === 'with' || sharing === 'without' ? sharing : this.options.sharing;
    return systemSession(this.session, stated);
  }

  /** Whether answering writes, so that nobody else may come in between from here on. */
  public writes(request: ApexRequest): boolean {
    return request.kind === 'dml' || (request.kind === 'native' && this.world.writes.has(request.name));
  }

  public answer(request: ApexRequest, ctx: Ctx): Value {
    switch (request.kind) {
      case 'query':
        return this.query(request, ctx);
      case 'dml':
        return this.dml(request, ctx);
      case 'runAs':
        return this.runAs(request);
      case 'native': {
        const answer = this.world.answers[request.name];
        if (!answer) throw new Error(`No answer to ${request.name}`);
        return answer(this, request.payload, ctx);
      }
    }
  }

  /** Begins to write: what comes now is one transaction of the store. */
  public open(): void {
    this.number = 0;
    this.org.store.db.exec('SAVEPOINT apex_0');
  }

  /** Marks a point to come back to. Before anything is written all marks are the same one. */
  public setSavepoint(): number {
    if (this.number === undefined) return 0;
    this.number += 1;
    this.org.store.db.exec(`SAVEPOINT apex_${this.number}`);
    return this.number;
  }

  /** Takes back what was written since a mark; later marks are gone. */
  public rollBackTo(number: number): void {
    if (this.number === undefined) return;
    if (number > this.number) throw new ApexFailure('System.TypeException', 'Invalid savepoint');
    this.org.store.db.exec(`ROLLBACK TO apex_${number}`);
    this.number = number;
  }

  /** Ids that a query would lock, of a statement or of a text. */
  public lockedBy(request: ApexRequest): string[] | undefined {
    const asked = queryIn(request);
    if (!asked?.query.locks) return undefined;
    return this.page(asked.query, asked.sharing).records.flatMap((record) => idOf(record) ?? []);
  }

  /** Ids of records that a statement or a method of Database would write. */
  public writtenBy(request: ApexRequest): string[] {
    const records = recordsIn(request);
    return records === null ? [] : idsOf(recordsOf(records));
  }

  /** Records of a query, counted. @throws ApexFailure System.QueryException */
  public find(query: ApiQuery, sharing: Sharing, ctx: Ctx): QueryPage {
    ctx.counters.count('soql');
    const page = this.page(query, sharing);
    ctx.counters.count('queryRows', page.records.length);
    if (query.locks) {
      const ids = page.records.flatMap((record) => idOf(record) ?? []);
      this.requireFree(ids);
      if (!this.org.tools.locks.take(ids, this)) throw unavailable();
    }
    return page;
  }

  /** Records of a batch, which no limit counts. */
  public findAll(query: ApiQuery, sharing: Sharing): QueryPage {
    return this.page(query, sharing);
  }

  /** Saves records, counted. Nothing is thrown for records that fail. */
  public save(
    wanted: Pick<Dml, 'operation' | 'records'> &
      Partial<Pick<Dml, 'allOrNone' | 'externalId' | 'email' | 'assignment'>>,
    { access, sharing }: { access: Access; sharing: Sharing },
    ctx: Ctx
  ): ReturnType<typeof save> {
    if (wanted.records.length === 0) return [];
    ctx.counters.count('dml');
    ctx.counters.count('dmlRows', wanted.records.length);
    this.requireFree(idsOf(wanted.records));
    const session = this.sessionFor(access, sharing);
    return save(this.org, { allOrNone: true, assignment: 'none', ...wanted, session, scope: this.scope });
  }

  /** @throws MustWait where others hold one of the records and this transaction can begin anew */
  private requireFree(ids: readonly string[]): void {
    if (!this.mayBeginAnew || this.number === undefined) return;
    const taken = ids.filter((id) => this.org.tools.locks.isTaken(id, this));
    if (taken.length > 0) throw new MustWait(taken);
  }

  private query(request: QueryRequest, ctx: Ctx): Value {
    const query = apiQuery(request.soql, request.binds);
    const page = this.find(query, request.sharing, ctx);
    if (/^\s*SELECT\s+COUNT\s*\(\s*\)/i.test(query.soql)) return page.totalSize;
    const from = page.records[0]?.attributes.type ?? objectOf(query.soql);
    const def = this.org.catalog.object(from);
    const element = def ? def.name : 'AggregateResult';
    return new ApexList(ctx.type(element), apexRecords({ catalog: this.org.catalog, ctx }, page.records));
  }

  private page({ soql, access, enforced, all }: ApiQuery, sharing: Sharing): QueryPage {
    try {
      const page = this.org.queries.whole(soql, { session: this.sessionFor(access, sharing), all });
      if (enforced) requireVisible(this.org, this.session, soql);
      return page;
    } catch (error) {
      if (error instanceof PlatformError)
        throw new ApexFailure('System.QueryException', wordsOf(error), inaccessibleIn(this.org.catalog, error));
      throw error;
    }
  }

  private dml(request: DmlRequest, ctx: Ctx): Value {
    if (request.records === null)
      throw new ApexFailure('System.NullPointerException', 'Attempt to de-reference a null object');
    const records = recordsOf(request.records);
    const externalId = request.externalId?.split('.').at(-1);
    const { operation } = request;
    const wanted = {
      ...{ operation, records, ...carriedOptions(records) },
      ...(externalId === undefined ? {} : { externalId }),
    };
    requireAll(operation, records, this.save(wanted, request, ctx));
    return null;
  }

  private runAs({ step, user }: RunAsRequest): Value {
    if (step === 'leave') {
      this.people.pop();
      return null;
    }
    const id = user instanceof ApexSObject ? user.get('Id') : null;
    if (typeof id !== 'string')
      throw new ApexFailure('System.NullPointerException', 'Attempt to de-reference a null object');
    this.people.push({ person: personOf(this.org, id), scope: {} });
    return null;
  }
}

const idsOf = (records: readonly ApexSObject[]): string[] =>
  records.flatMap((record) => {
    const id = record.get('Id');
    return typeof id === 'string' ? [id] : [];
  });

/** The query of a statement or of `Database.query`. */
function queryIn(request: ApexRequest): { query: ApiQuery; sharing: Sharing } | undefined {
  if (request.kind === 'query') return { query: apiQuery(request.soql, request.binds), sharing: request.sharing };
  if (request.kind !== 'native' || request.name !== 'database.query') return undefined;
  const find = request.payload as Find;
  return { query: queryOf(find), sharing: find.sharing };
}

/** What a statement or `Database.update` and its kin write. */
function recordsIn(request: ApexRequest): Value {
  if (request.kind === 'dml') return request.records;
  if (request.kind !== 'native' || request.name !== 'database.save') return null;
  return (request.payload as { value: Value }).value;
}

/** What a query says that cannot lock its rows. */
export const unavailable = (): ApexFailure =>
  new ApexFailure(
    'System.QueryException',
    'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, ' +
      'is currently being modified by another user. Please try again.'
  );

/** The platform shows a query and points into it; Apex tells the last line. */
const wordsOf = ({ message }: PlatformError): string => message.trim().split('\n').at(-1)!;

const objectOf = (soql: string): string =>
  /\bGROUP\s+BY\b/i.test(soql) ? '' : (/\bFROM\s+(\w+)/i.exec(soql)?.[1] ?? '');

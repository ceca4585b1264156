/** Apex of the practice org: blocks, tests, classes behind REST and actions, triggers. */
import type { PracticeOrg } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import { ApexCompileError, UNSUPPORTED } from '../parse/errors.js';
import type { ApexProgram } from '../program.js';
import { ASYNCHRONOUS_LIMITS } from '../runtime/counters.js';
import type { Runtime } from '../runtime/runtime.js';
import { runAction, type ActionResult } from './actions.js';
import { driveAnew, type Running } from './drive.js';
import { failureOf } from './failures.js';
import { FUTURE_ANSWERS, FUTURE_WRITES } from './futures.js';
import { runJobsLater } from './jobs.js';
import { valueOfName } from './names.js';
import { DATABASE_ANSWERS, DATABASE_WRITES } from './natives/database.js';
import type { RestRequest } from './natives/rest.js';
import { SCHEMA_ANSWERS } from './natives/schema.js';
import { USER_ANSWERS } from './natives/user-info.js';
import type { AnonymousOutcome, Spot, TestChoice, TestOutcome } from './outcomes.js';
import { callFromPage, type PageAnswer } from './page-calls.js';
import { Programs } from './programs.js';
import { answerRest, noClassAccess, type RestAnswer } from './rest-classes.js';
import { TestRuns, type TestClass } from './test-runs.js';
import { runTests, testsIn } from './tests.js';
import { Transaction, type World } from './transaction.js';
import { OrgTriggers } from './triggers.js';

/** A part of the org's Apex that does not compile, or is not supported here. */
export type ApexProblem = { source: string; message: string; isUnsupported: boolean } & Spot;

export class ApexRoom {
  private readonly programs: Programs;
  private readonly world: World;
  private readonly runs: TestRuns;
  /** Jobs that begin in a moment. */
  private readonly turns = new Set<NodeJS.Immediate>();

  public constructor(org: PracticeOrg) {
    this.programs = new Programs(org);
    this.world = {
      org,
      answers: { ...DATABASE_ANSWERS, ...FUTURE_ANSWERS, ...SCHEMA_ANSWERS, ...USER_ANSWERS },
      writes: new Set([...DATABASE_WRITES, ...FUTURE_WRITES]),
      value: (path) => valueOfName(org, path),
    };
    this.runs = new TestRuns(org);
    org.tools.triggers = new OrgTriggers(
      this.programs,
      (userId) => this.begin(this.programs.live(), userId, 'without'),
      (transaction) => this.later(transaction)
    );
  }

  /** Runs a block as a user; what it does is committed where nothing is thrown. */
  public async anonymous(userId: string, source: string): Promise<AnonymousOutcome> {
    let program: ApexProgram;
    try {
      program = this.programs.withBlock(source);
    } catch (error) {
      if (!(error instanceof ApexCompileError)) throw error;
      const where = error.source === 'AnonymousBlock' ? '' : ` (${error.source ?? ''})`;
      return { problem: { message: error.message + where, ...error.at }, log: [] };
    }
    let log: readonly string[] = [];
    const begin = (): Transaction => {
      const transaction = this.begin(program, userId, 'with');
      log = transaction.runtime.debugLog;
      return transaction;
    };
    try {
      await this.drive(begin, (runtime) => runtime.runAnonymous());
      return { log };
    } catch (error) {
      return { failure: failureOf(error), log };
    }
  }

  /** Begins a run of tests that nobody waits for here. @returns the id of its job */
  public startTests(userId: string, choices: readonly TestChoice[] | undefined): string {
    const tests = this.testClasses(choices);
    return this.runs.start(userId, tests, (test) => this.runClass(userId, test));
  }

  /** Runs tests and answers when all have run. */
  public testsNow(userId: string, choices: readonly TestChoice[] | undefined): TestOutcome[] {
    return this.testClasses(choices).flatMap((test) => this.runClass(userId, test));
  }

  /** The answer of the class whose mapping takes the path; undefined where none does. */
  public rest(userId: string, request: Omit<RestRequest, 'resource'>): Promise<RestAnswer | undefined> {
    return answerRest(this.live(), request, this.usable(userId), (work) => this.run(userId, work));
  }

  /** Classes with an invocable method. */
  public actions(): Array<{ name: string; label: string }> {
    return [...this.live().classes.values()].flatMap(({ name, methods }) =>
      methods.flatMap(({ annotations }) =>
        annotations
          .filter((one) => one.name === 'invocablemethod')
          .map(({ values }) => ({ name, label: String(values.label ?? name) }))
      )
    );
  }

  /**
   * Runs the invocable method of a class; undefined where there is none.
   * @throws PlatformError FORBIDDEN where the user has no access to the class
   */
  public async action(
    userId: string,
    name: string,
    inputs: ReadonlyArray<Record<string, unknown>>
  ): Promise<ActionResult[] | undefined> {
    if (this.isAction(name) && !this.usable(userId)(name)) {
      throw new PlatformError('FORBIDDEN', noClassAccess(name), 403);
    }
    return runAction(this.live(), name, inputs, (work) => this.run(userId, work));
  }

  /**
   * Runs a method that components of pages may call.
   * @throws PlatformError NOT_FOUND where there is none, FORBIDDEN where the user has no access to the class
   */
  public async page(
    userId: string,
    call: { className: string; name: string; parameters: Record<string, unknown> }
  ): Promise<PageAnswer> {
    if (!this.usable(userId)(call.className)) throw new PlatformError('FORBIDDEN', noClassAccess(call.className), 403);
    // Classes that say nothing run with sharing for components, and for nobody else (release notes of Spring '21).
    return callFromPage(this.live(), call, (work) => this.run(userId, work, 'with'));
  }

  /** Names of all classes. */
  public classes(): string[] {
    return this.programs.classes().map(({ name }) => name);
  }

  /** Why Apex of the org does not compile, or does not run here; in the order in which it was met. */
  public problems(): ApexProblem[] {
    const found = this.compiled();
    const all = found instanceof ApexCompileError ? [found] : found.problems;
    return all.map(({ message, source = '', at }) => ({
      ...{ source, message, isUnsupported: message.startsWith(UNSUPPORTED), ...at },
    }));
  }

  /** Name of a class by its id. @throws PlatformError INVALID_INPUT */
  public className(id: string): string {
    const found = this.programs.classes().find((source) => source.id.startsWith(id.slice(0, 15)));
    if (!found) throw new PlatformError('INVALID_INPUT', `No Apex class has the id ${id}`);
    return found.name;
  }

  public close(): void {
    this.runs.stop();
    for (const turn of this.turns) clearImmediate(turn);
    this.turns.clear();
  }

  private isAction(name: string): boolean {
    return this.actions().some((action) => action.name.toLowerCase() === name.toLowerCase());
  }

  /** Which classes a user may call from outside; what these call themselves needs no access. */
  private usable(userId: string): (className: string) => boolean {
    return (name) => this.world.org.tools.permissions.mayUseClass(userId, name);
  }

  /** Runs something of the whole program as a user and commits it. */
  private run<T>(
    userId: string,
    work: (runtime: Runtime) => Running<T>,
    sharing: 'with' | 'without' = 'without'
  ): Promise<T> {
    return this.drive(() => this.begin(this.live(), userId, sharing), work);
  }

  private async drive<T>(begin: () => Transaction, work: (runtime: Runtime) => Running<T>): Promise<T> {
    let transaction!: Transaction;
    const done = await driveAnew(() => {
      transaction = begin();
      return { running: work(transaction.runtime), transaction };
    });
    this.later(transaction);
    return done;
  }

  /** What a transaction has ordered begins when it is over. Nobody waits for them: their records tell how they ended. */
  private later(ordered: Transaction): void {
    if (ordered.jobs.length === 0) return;
    const begin = (userId: string): Transaction => this.begin(this.programs.live(), userId, 'without', { isJob: true });
    // A save by a client commits later in this turn.
    const turn = setImmediate(() => {
      this.turns.delete(turn);
      const { db } = this.world.org.store;
      // An org that is closed meanwhile ends its jobs; anything else is a fault of the practice org.
      const broken = (error: unknown): void => void (db.isOpen && process.emitWarning(String(error)));
      if (db.isOpen) void runJobsLater(ordered, begin).catch(broken);
    });
    this.turns.add(turn);
  }

  private begin(
    program: ApexProgram,
    userId: string,
    sharing: 'with' | 'without',
    kind: { isTest?: true; isJob?: true } = {}
  ): Transaction {
    const transaction = new Transaction(this.world, { userId, sharing, ...kind });
    transaction.runtime = program.begin(transaction, kind.isJob ? { limits: ASYNCHRONOUS_LIMITS } : {});
    return transaction;
  }

  private testClasses(choices: readonly TestChoice[] | undefined): TestClass[] {
    const ids = new Map(this.programs.classes().map(({ id, name }) => [name.toLowerCase(), { id, name }]));
    const wanted: readonly TestChoice[] = choices ?? [...ids.values()].map(({ name }) => ({ className: name }));
    const program = this.compiled();
    return wanted.flatMap(({ className, methods }) => {
      const source = ids.get(className.toLowerCase());
      if (!source) throw new PlatformError('INVALID_INPUT', `This class name's value is invalid: ${className}.`);
      const info = program instanceof ApexCompileError ? undefined : program.classes.get(className.toLowerCase());
      if (info && testsIn(info).length === 0 && choices === undefined) return [];
      return [{ ...source, ...(methods ? { methods } : {}) }];
    });
  }

  /** All that clients may call. @throws PlatformError where a declaration does not compile any more, with its place */
  private live(): ApexProgram {
    try {
      return this.programs.live();
    } catch (error) {
      if (!(error instanceof ApexCompileError)) throw error;
      const { type, message, stack } = failureOf(error);
      throw new PlatformError('UNKNOWN_EXCEPTION', `${type}: ${message}\n\n${stack}`, 500);
    }
  }

  /** All Apex of the org, or why it does not compile. */
  private compiled(): ApexProgram | ApexCompileError {
    try {
      return this.programs.whole();
    } catch (error) {
      if (error instanceof ApexCompileError) return error;
      throw error;
    }
  }

  private runClass(userId: string, test: TestClass): TestOutcome[] {
    return runTests(test, () => {
      const program = this.programs.whole();
      return { program, begin: () => this.begin(program, userId, 'without', { isTest: true }) };
    });
  }
}

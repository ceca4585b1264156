/** Runs of tests that somebody waits for: their records, which clients look at until the run has ended. */
import type { PracticeOrg } from '../../contracts.js';
import { insertRecord, updateRecord, type Author } from '../../rules/records.js';
import type { TestOutcome } from './outcomes.js';

/** A class of a run with those of its methods that are to run; all where none are named. */
export type TestClass = { id: string; name: string; methods?: readonly string[] };

/** Runs one class and answers with what became of its methods. */
export type RunClass = (test: TestClass) => readonly TestOutcome[];

type Item = { id: string; test: TestClass };

const RUN = 'ApexTestRunResult';
const ITEM = 'ApexTestQueueItem';
const RESULT = 'ApexTestResult';

/** Characters that the platform keeps of a message or a stack. */
const MOST = 4000;

export class TestRuns {
  private readonly open = new Set<NodeJS.Immediate>();

  public constructor(private readonly org: PracticeOrg) {
    // What a stopped server had not finished nobody finishes.
    for (const object of [RUN, ITEM])
      org.store.sql(`UPDATE "${object}" SET "Status" = 'Aborted' WHERE "Status" IN ('Queued', 'Processing')`).run();
  }

  /** Begins a run. @returns the id of its job */
  public start(userId: string, tests: readonly TestClass[], run: RunClass): string {
    const { store } = this.org;
    const job = store.nextId('707');
    const { id, items } = store.transaction(() => this.note(this.author(userId), job, tests));
    this.next({ userId, job, id, items: [...items], run, count: items.length, methods: 0, failed: 0, time: 0 });
    return job;
  }

  /** Nothing more is run. */
  public stop(): void {
    for (const turn of this.open) clearImmediate(turn);
    this.open.clear();
  }

  private author(userId: string): Author {
    return { tools: this.org.tools, userId, now: this.org.clock.stamp() };
  }

  private note(author: Author, job: string, tests: readonly TestClass[]): { id: string; items: Item[] } {
    const id = insertRecord(author, RUN, {
      ...{ AsyncApexJobId: job, UserId: author.userId, Status: 'Queued', StartTime: author.now },
      ...{
        ClassesCompleted: 0,
        ClassesEnqueued: tests.length,
        MethodsCompleted: 0,
        MethodsEnqueued: 0,
        MethodsFailed: 0,
      },
    });
    const items = tests.map((test) => ({
      test,
      id: insertRecord(author, ITEM, {
        ...{ ApexClassId: test.id, ParentJobId: job, Status: 'Queued', TestRunResultId: id },
      }),
    }));
    return { id, items };
  }

  /** One class a turn, so that others are answered in between. */
  private next(run: Run): void {
    const turn = setImmediate(() => {
      this.open.delete(turn);
      const item = run.items.shift();
      if (item) this.runItem(run, item);
      if (run.items.length > 0) this.next(run);
      else this.end(run);
    });
    this.open.add(turn);
  }

  private runItem(run: Run, { id, test }: Item): void {
    const outcomes = run.run(test);
    const author = this.author(run.userId);
    this.org.store.transaction(() => {
      for (const outcome of outcomes) insertRecord(author, RESULT, resultRow(run, id, outcome, author.now));
      const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
      updateRecord(author, ITEM, id, {
        Status: failed > 0 ? 'Failed' : 'Completed',
        ExtendedStatus: `(${outcomes.length - failed}/${outcomes.length})`,
      });
      run.methods += outcomes.length;
      run.failed += failed;
      run.time += outcomes.reduce((sum, { time }) => sum + time, 0);
      updateRecord(author, RUN, run.id, { Status: 'Processing', ClassesCompleted: run.count - run.items.length });
    });
  }

  private end(run: Run): void {
    const author = this.author(run.userId);
    this.org.store.transaction(() =>
      updateRecord(author, RUN, run.id, {
        ...{
          Status: run.failed > 0 ? 'Failed' : 'Completed',
          EndTime: author.now,
          TestTime: run.time,
          TestSetupTime: 0,
        },
        ...{ MethodsCompleted: run.methods, MethodsEnqueued: run.methods, MethodsFailed: run.failed },
      })
    );
  }
}

type Run = {
  userId: string;
  job: string;
  id: string;
  items: Item[];
  run: RunClass;
  count: number;
  methods: number;
  failed: number;
  /** Milliseconds. */
  time: number;
};

function resultRow({ job, id }: Run, item: string, { classId, method, time, failure }: TestOutcome, now: string) {
  return {
    ...{ ApexClassId: classId, ApexTestRunResultId: id, AsyncApexJobId: job, QueueItemId: item, MethodName: method },
    ...{ Outcome: failure ? 'Fail' : 'Pass', RunTime: time, TestTimestamp: now, IsTestSetup: false },
    Message: failure ? `${failure.type}: ${failure.message}`.slice(0, MOST) : null,
    StackTrace: failure ? failure.stack.slice(0, MOST) : null,
  };
}

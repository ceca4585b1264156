/** Apex tests by the Tooling API, as `sf apex run test` asks for them (org-wire-protocol). */
import type { TestChoice, TestOutcome } from '../apex/org/outcomes.js';
import { PlatformError } from '../errors.js';
import { ok, type Call, type Reply } from '../http/call.js';
import type { Router } from '../rest/router.js';

type Item = { className?: unknown; classId?: unknown; testMethods?: unknown };

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [];

/** Classes that a request names; none where it asks for all tests of the org. */
const choicesOf = (call: Call): TestChoice[] | undefined => {
  const { tests, classNames, classids, suiteNames, testLevel } = call.json();
  if (texts(suiteNames).length > 0)
    throw new PlatformError('INVALID_INPUT', 'Test suites are not supported by the practice org');
  if (Array.isArray(tests))
    return (tests as Item[]).map(({ className, classId, testMethods }) => ({
      className: typeof className === 'string' ? className : call.rooms.apex.className(String(classId)),
      ...(Array.isArray(testMethods) && testMethods.length > 0 ? { methods: testMethods.map(String) } : {}),
    }));
  const named = [...texts(classNames), ...texts(classids).map((id) => call.rooms.apex.className(id))];
  if (named.length > 0) return named.map((className) => ({ className }));
  if (testLevel === 'RunLocalTests' || testLevel === 'RunAllTestsInOrg') return undefined;
  throw new PlatformError('INVALID_INPUT', 'Tests or a test level must be given');
};

const asynchronous = (call: Call): Reply => ok(call.rooms.apex.startTests(call.session.user.Id, choicesOf(call)));

const succeeded = ({ classId: id, className: name, method: methodName, time }: TestOutcome): object => ({
  ...{ id, name, namespace: null, methodName, time, seeAllData: false },
});

const failed = ({ classId: id, className: name, method: methodName, time, failure }: TestOutcome): object => ({
  ...{ id, name, namespace: null, methodName, time, seeAllData: false, type: 'Class', packageName: name },
  ...{ message: `${failure!.type}: ${failure!.message}`, stackTrace: failure!.stack },
});

/** Answers when all methods have run. */
const synchronous = (call: Call): Reply => {
  const outcomes = call.rooms.apex.testsNow(call.session.user.Id, choicesOf(call));
  const failures = outcomes.filter(({ failure }) => failure !== undefined);
  return ok({
    ...{ numTestsRun: outcomes.length, numFailures: failures.length, apexLogId: null },
    totalTime: outcomes.reduce((sum, { time }) => sum + time, 0),
    successes: outcomes.filter(({ failure }) => failure === undefined).map(succeeded),
    failures: failures.map(failed),
    codeCoverage: [],
    codeCoverageWarnings: [],
  });
};

/** Registers the resources that run tests. */
export const testRoutes = (router: Router): Router =>
  router
    .add('tooling/runTestsAsynchronous', { POST: asynchronous }, { composable: false })
    .add('tooling/runTestsSynchronous', { POST: synchronous }, { composable: false });

/** Runs tests of Apex as clients do. */
import type { ApexDesk } from './desk.js';

/** How many methods of a class ran, and what the others say that failed: `method: message`. */
export async function runTests(desk: ApexDesk, className: string): Promise<{ run: number; failures: string[] }> {
  const { body } = await desk.call('POST', '/services/data/v66.0/tooling/runTestsSynchronous', {
    tests: [{ className }],
  });
  const { numTestsRun, failures } = body as {
    numTestsRun: number;
    failures: Array<{ methodName: string; message: string }>;
  };
  return { run: numTestsRun, failures: failures.map(({ methodName, message }) => `${methodName}: ${message}`) };
}

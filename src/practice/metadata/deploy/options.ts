/** What a client asks of a deploy. */
import { PlatformError } from '../../errors.js';

export type TestLevel = 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg' | 'RunRelevantTests';

export type DeployOptions = {
  checkOnly: boolean;
  ignoreWarnings: boolean;
  purgeOnDelete: boolean;
  rollbackOnError: boolean;
  singlePackage: boolean;
  testLevel?: TestLevel;
};

const LEVELS = new Set(['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg', 'RunRelevantTests']);

/** Options that the practice org takes; the rest of what the platform has is about tests and packages. */
const ACCEPTED = new Set([
  'allowMissingFiles',
  'autoUpdatePackage',
  'checkOnly',
  'ignoreWarnings',
  'performRetrieve',
  'purgeOnDelete',
  'rollbackOnError',
  'runAllTests',
  'runTests',
  'singlePackage',
  'testLevel',
]);

const bad = (message: string): PlatformError => new PlatformError('INVALID_OPERATION', message);

const flag = (options: Record<string, unknown>, name: string, usual: boolean): boolean => {
  const value = options[name];
  if (value === undefined || value === null || value === '') return usual;
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  throw bad(`Invalid value for ${name}`);
};

/** Reads options of any client, as text or as values. @throws PlatformError INVALID_OPERATION */
export const readOptions = (options: Record<string, unknown>): DeployOptions => {
  const unknown = Object.keys(options).find((name) => !ACCEPTED.has(name));
  if (unknown) throw bad(`Unknown deploy option: ${unknown}`);
  for (const name of ['allowMissingFiles', 'autoUpdatePackage', 'performRetrieve', 'runAllTests']) {
    if (flag(options, name, false)) throw bad(`${name} is not supported by the practice org`);
  }
  const testLevel = options.testLevel === '' ? undefined : options.testLevel;
  if (testLevel !== undefined && (typeof testLevel !== 'string' || !LEVELS.has(testLevel))) {
    throw bad(`Invalid testLevel`);
  }
  return {
    checkOnly: flag(options, 'checkOnly', false),
    ignoreWarnings: flag(options, 'ignoreWarnings', false),
    purgeOnDelete: flag(options, 'purgeOnDelete', false),
    rollbackOnError: flag(options, 'rollbackOnError', false),
    singlePackage: flag(options, 'singlePackage', false),
    ...(testLevel === undefined ? {} : { testLevel: testLevel as TestLevel }),
  };
};

/** What all invocable actions take and answer (platform-facts D1). */
import { PlatformError, type SaveError } from '../errors.js';
import type { Call } from '../http/call.js';

/** Values for one run of an action. */
export type Input = Record<string, unknown>;

/** Inputs of a call. @throws PlatformError REQUIRED_FIELD_MISSING where there are none */
export const inputsOf = (call: Call): Input[] => {
  const { inputs } = call.json();
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new PlatformError('REQUIRED_FIELD_MISSING', 'Missing required input parameter: inputs');
  }
  return inputs as Input[];
};

/** Result for one input. */
export const actionResult = (actionName: string, error?: SaveError): object => ({
  actionName,
  errors: error ? [error] : null,
  isSuccess: error === undefined,
  outputValues: null,
});

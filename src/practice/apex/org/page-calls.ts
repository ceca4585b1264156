/** Methods with @AuraEnabled, as components of pages call them: parameters in by their names, only @AuraEnabled members out. */
import type { ApexProgram } from '../program.js';
import { PlatformError } from '../../errors.js';
import { ApexFailure } from '../runtime/failures.js';
import type { MethodInfo } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Running } from './drive.js';
import { failureOf, isOfApex } from './failures.js';
import { fromJson, pageText } from './json-values.js';

/** What a page gets: a value, or an error in words. */
export type PageAnswer = { value: unknown } | { error: { message: string; exceptionType: string; stackTrace: string } };

type Run = <T>(work: (runtime: Runtime) => Running<T>) => Promise<T>;

const AURA = 'auraenabled';

const isOpen = ({ annotations }: MethodInfo): boolean => annotations.some(({ name }) => name === AURA);

/**
 * Runs a method in a transaction of its own.
 * @param parameters JSON by the names of the method's parameters
 * @throws PlatformError NOT_FOUND for a method that pages cannot call, JSON_PARSER_ERROR
 */
export async function callFromPage(
  program: ApexProgram,
  { className, name, parameters }: { className: string; name: string; parameters: Record<string, unknown> },
  run: Run
): Promise<PageAnswer> {
  const info = program.classes.get(className.toLowerCase());
  const method = info?.methods.find((one) => one.name.toLowerCase() === name.toLowerCase() && isOpen(one));
  if (!info || !method) throw new PlatformError('NOT_FOUND', `Pages cannot call ${className}.${name}`, 404);
  try {
    const text = await run(function* (runtime) {
      const values = method.parameters.map(({ name: one, type }) => read(runtime, parameters[one], type));
      return pageText(runtime, yield* runtime.callStatic(info.name, method.name, values));
    });
    return { value: method.returns === 'void' ? null : (JSON.parse(text) as unknown) };
  } catch (error) {
    if (!isOfApex(error)) throw error;
    const { type, message, stack } = failureOf(error);
    return { error: { message, exceptionType: type, stackTrace: stack } };
  }
}

function read(runtime: Runtime, value: unknown, type: string): ReturnType<typeof fromJson> {
  try {
    return fromJson(runtime, value, type);
  } catch (error) {
    if (!(error instanceof ApexFailure)) throw error;
    throw new PlatformError('JSON_PARSER_ERROR', error.message);
  }
}

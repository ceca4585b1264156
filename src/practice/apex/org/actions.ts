/** Invocable methods, as flows and the actions of REST call them: lists in, lists out. */
import { PlatformError, type SaveError } from '../../errors.js';
import type { ApexProgram } from '../program.js';
import { ApexList } from '../runtime/collections.js';
import type { ClassInfo, MethodInfo } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Value } from '../runtime/values.js';
import type { Running } from './drive.js';
import { failureOf, isOfApex } from './failures.js';
import { fromJson, jsonText } from './json-values.js';

/** Of one input. */
export type ActionResult = { output?: unknown; error?: SaveError };

type Run = <T>(work: (runtime: Runtime) => Running<T>) => Promise<T>;
type Inputs = ReadonlyArray<Record<string, unknown>>;

const has = ({ annotations }: { annotations: MethodInfo['annotations'] }, name: string): boolean =>
  annotations.some((one) => one.name === name);

/**
 * Runs the action of a class in one transaction. An exception is the error of every input.
 * @returns undefined where the class has no invocable method
 * @throws PlatformError REQUIRED_FIELD_MISSING, INVALID_API_INPUT
 */
export async function runAction(
  program: ApexProgram,
  name: string,
  inputs: Inputs,
  run: Run
): Promise<ActionResult[] | undefined> {
  const info = program.classes.get(name.toLowerCase());
  const method = info?.methods.find((one) => has(one, 'invocablemethod'));
  if (!info || !method) return undefined;
  const type = method.parameters[0]?.type ?? 'List<Object>';
  checkInputs(program, /^List<(.*)>$/i.exec(type)?.[1] ?? '', inputs);
  try {
    return await run(function* (runtime) {
      const values = fromJson(runtime, inputs, type);
      const given = yield* runtime.callStatic(info.name, method.name, [values]);
      return resultsOf(runtime, inputs.length, given);
    });
  } catch (error) {
    if (!isOfApex(error)) throw error;
    const { type: kind, message, stack } = failureOf(error);
    return inputs.map(() => ({
      error: { statusCode: 'UNKNOWN_EXCEPTION', message: `${kind}: ${message}\n\n${stack}`, fields: [] },
    }));
  }
}

/** Variables that the action knows, and those that must be there. */
function checkInputs(program: ApexProgram, type: string, inputs: Inputs): void {
  const info: ClassInfo | undefined = program.classes.get(type.toLowerCase());
  if (!info) throw new PlatformError('INVALID_API_INPUT', `Inputs of the type ${type} are not supported`);
  const variables = info.fields.filter((one) => has(one, 'invocablevariable'));
  const known = new Set(variables.map(({ name }) => name.toLowerCase()));
  const required = variables.filter(({ annotations }) => annotations.some(({ values }) => values.required === true));
  for (const input of inputs) {
    const names = Object.keys(input).map((one) => one.toLowerCase());
    const strange = names.find((one) => !known.has(one));
    if (strange !== undefined) throw new PlatformError('INVALID_API_INPUT', `Unknown input parameter: ${strange}`);
    const missing = required.find(({ name }) => !names.includes(name.toLowerCase()));
    if (missing) throw new PlatformError('REQUIRED_FIELD_MISSING', `Missing required input parameter: ${missing.name}`);
  }
}

function resultsOf(runtime: Runtime, count: number, given: Value): ActionResult[] {
  const items = given instanceof ApexList ? given.items : [];
  return Array.from({ length: count }, (_, at) => {
    const item = items[at] ?? null;
    return item === null ? {} : { output: JSON.parse(jsonText(runtime, item)) as unknown };
  });
}

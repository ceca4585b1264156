/** Classes with @RestResource: which one takes a path, and what it answers. */
import type { ApexProgram } from '../program.js';
import { PlatformError } from '../../errors.js';
import { ApexFailure } from '../runtime/failures.js';
import type { ClassInfo, MethodInfo } from '../runtime/objects.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Value } from '../runtime/values.js';
import type { Running } from './drive.js';
import { failureOf, isOfApex } from './failures.js';
import { receive, responseOf, type RestRequest } from './natives/rest.js';
import { jsonText, fromJson } from './json-values.js';

export type RestAnswer = { status: number; body?: string };

type Mapped = { info: ClassInfo; mapping: string };

const mapped = (program: ApexProgram): Mapped[] =>
  [...program.classes.values()].flatMap((info) =>
    info.annotations
      .filter(({ name }) => name === 'restresource')
      .map(({ values }) => ({ info, mapping: String(values.urlmapping ?? '') }))
  );

/** `/channel-desk/*` takes what begins so; the longest mapping wins. */
const takes = ({ mapping }: Mapped, path: string): boolean =>
  mapping.endsWith('*')
    ? path.startsWith(mapping.slice(0, -1))
    : path.replace(/\/$/, '') === mapping.replace(/\/$/, '');

const methodFor = ({ methods }: ClassInfo, http: string): MethodInfo | undefined =>
  methods.find(({ annotations }) => annotations.some(({ name }) => name === `http${http.toLowerCase()}`));

type Run = <T>(work: (runtime: Runtime) => Running<T>) => Promise<T>;

/** @returns undefined where no class takes the path */
export async function answerRest(
  program: ApexProgram,
  request: Omit<RestRequest, 'resource'>,
  mayUse: (className: string) => boolean,
  run: Run
): Promise<RestAnswer | undefined> {
  const [found] = mapped(program)
    .filter((one) => takes(one, request.path))
    .sort((one, other) => other.mapping.length - one.mapping.length);
  if (!found) return undefined;
  // Words and code as orgs are known to answer; no page of the platform states them. [M]
  if (!mayUse(found.info.name)) return { status: 403, body: errorBody('FORBIDDEN', noClassAccess(found.info.name)) };
  const method = methodFor(found.info, request.method);
  if (!method)
    return { status: 405, body: errorBody('METHOD_NOT_ALLOWED', `HTTP method '${request.method}' not allowed.`) };
  try {
    return await run(function* (runtime) {
      receive(runtime, { ...request, resource: `/services/apexrest${found.mapping}` });
      const value = yield* runtime.callStatic(found.info.name, method.name, argumentsOf(runtime, method, request));
      return answerOf(runtime, method, value);
    });
  } catch (error) {
    if (!isOfApex(error)) throw error;
    const { type, message, stack } = failureOf(error);
    return { status: 500, body: errorBody('APEX_ERROR', `${type}: ${message}\n\n${stack}`) };
  }
}

/** What a user without access to a class reads. */
export const noClassAccess = (name: string): string => `You do not have access to the Apex class named: ${name}`;

const errorBody = (errorCode: string, message: string): string => JSON.stringify([{ errorCode, message }]);

/** Parameters come from the members of the body by their names. */
function argumentsOf(runtime: Runtime, { parameters }: MethodInfo, { body }: { body: string }): Value[] {
  if (parameters.length === 0) return [];
  try {
    const sent = JSON.parse(body === '' ? '{}' : body) as Record<string, unknown>;
    return parameters.map(({ name, type }) => fromJson(runtime, sent[name], type));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof ApexFailure)) throw error;
    throw new PlatformError('JSON_PARSER_ERROR', error.message);
  }
}

/** What the method gives is the body, unless it has written one itself. */
function answerOf(runtime: Runtime, { returns }: MethodInfo, value: Value): RestAnswer {
  const { status = 200, body } = responseOf(runtime);
  if (body) return { status, body: body.toString('utf8') };
  return returns === 'void' ? { status } : { status, body: jsonText(runtime, value) };
}

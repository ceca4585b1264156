/** Runs a request and answers it in the shape of GraphQL (GraphQL API guide, Status Codes and Error Responses). */
import {
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import { PlatformError } from '../errors.js';
import type { Call } from '../http/call.js';
import { commit } from '../http/save.js';
import { localeOf } from '../ui-api/values.js';
import { namesIn } from './names.js';
import { withoutHidden } from './optional.js';
import { schemaFor } from './schema.js';
import type { World } from './world.js';

type ErrorType =
  'InvalidSyntax' | 'ValidationError' | 'DataFetchingException' | 'OperationNotSupported' | 'ExecutionAborted';

export type Answer = { data: unknown; errors: object[] };

/** Tokens of a document: many more than a person or a component writes. */
const MOST_TOKENS = 20_000;

const shown = (error: GraphQLError, type: ErrorType): object => ({
  message: error.message,
  locations: (error.locations ?? []).map(({ line, column }) => ({ line, column })),
  path: error.path ?? [],
  extensions: { ErrorType: type },
});

const refused = (errors: readonly GraphQLError[], type: ErrorType): Answer => ({
  data: null,
  errors: errors.map((error) => shown(error, type)),
});

const notSupported = (message: string): Answer => refused([new GraphQLError(message)], 'OperationNotSupported');

const isUnsupported = ({ originalError }: GraphQLError): boolean =>
  originalError instanceof PlatformError && originalError.errorCode === 'OPERATION_NOT_SUPPORTED';

const typeOf = (error: GraphQLError): ErrorType =>
  isUnsupported(error) ? 'OperationNotSupported' : 'DataFetchingException';

const introspects = (document: DocumentNode): boolean => {
  let found = false;
  visit(document, { Field: ({ name }) => void (found ||= name.value === '__schema' || name.value === '__type') });
  return found;
};

/** Variables with what their definitions give those that were not sent. */
const withDefaults = (operation: OperationDefinitionNode, sent: Record<string, unknown>): Record<string, unknown> => {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : []
  );
  return { ...(Object.fromEntries(defaults) as Record<string, unknown>), ...sent };
};

/** A mutation of which a part failed, so that the rest of it is undone. */
class Undone extends Error {
  public constructor(public readonly result: ExecutionResult) {
    super('undone');
  }
}

type Ready = { document: DocumentNode; operation: OperationDefinitionNode; variables: Record<string, unknown> };

/** Faults of the program are not answered as if the request were at fault. */
const rethrow = ({ errors = [] }: ExecutionResult): void => {
  const fault = errors.find(
    ({ originalError: own }) => own && !(own instanceof PlatformError) && !(own instanceof GraphQLError)
  );
  if (fault) throw fault.originalError!;
};

const perform = (call: Call, { document: sent, operation, variables }: Ready): ExecutionResult => {
  const { org, session } = call;
  const schema = schemaFor(org, session, namesIn(sent, variables));
  const document = withoutHidden(schema, sent);
  const errors = validate(schema, document);
  if (errors.length > 0) return { data: null, errors };
  const world: World = { call, org, session, locale: localeOf(org, session), variables };
  const operationName = operation.name?.value;
  const result = execute({ schema, document, contextValue: world, variableValues: variables, operationName });
  if (result instanceof Promise) throw new Error('A resolver of GraphQL did not answer at once');
  const done = result;
  rethrow(done);
  return done;
};

/** Whether one failure undoes all, which it does unless the request says otherwise. */
const allOrNone = ({ operation, variables }: Ready): boolean => {
  const values: unknown[] = [];
  visit(operation, {
    Field: ({ name, arguments: given = [] }) => {
      const input = name.value === 'uiapi' ? given.find((one) => one.name.value === 'input') : undefined;
      if (input) values.push(valueFromASTUntyped(input.value, variables));
    },
  });
  return !values.some((value) => (value as { allOrNone?: boolean } | null)?.allOrNone === false);
};

const mutate = (call: Call, ready: Ready): ExecutionResult => {
  const together = allOrNone(ready);
  try {
    return commit(call.rooms, call.occasion, () => {
      const result = perform(call, ready);
      if (together && result.errors && result.data) throw new Undone(result);
      return result;
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    return { ...error.result, data: null };
  }
};

const answerOf = (call: Call, result: ExecutionResult): Answer => {
  const { data = null, errors = [] } = result;
  for (const error of errors) if (isUnsupported(error)) call.rooms.unsupported.add(`GraphQL: ${error.message}`);
  // Errors before anything is run are those of the document or of its variables.
  const typed = errors.map((error) => shown(error, data === null && !error.path ? 'ValidationError' : typeOf(error)));
  return { data, errors: typed };
};

/** Answers a request. @throws PlatformError only where the request as a whole is none of GraphQL */
export const runGraphql = (call: Call): Answer => {
  const { query, variables, operationName } = call.json();
  if (typeof query !== 'string') throw new PlatformError('JSON_PARSER_ERROR', 'The body must have a query');
  const sent = (variables ?? {}) as Record<string, unknown>;
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return refused([error], 'InvalidSyntax');
    throw error;
  }
  if (introspects(document)) {
    call.rooms.unsupported.add('GraphQL: introspection');
    return notSupported('Introspection is not supported by the practice org');
  }
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
  if (!operation) return notSupported('The request does not say which of its operations to run');
  if (operation.operation === 'subscription') return notSupported('Subscriptions are not supported');
  const ready = { document, operation, variables: withDefaults(operation, sent) };
  return answerOf(call, operation.operation === 'mutation' ? mutate(call, ready) : perform(call, ready));
};

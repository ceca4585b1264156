/** Checks what a client asks of a new job (platform-facts H). */
import type { ObjectDef } from '../catalog/types.js';
import type { Call } from '../http/call.js';
import { PlatformError } from '../errors.js';
import { isId, to18 } from '../store/ids.js';
import { delimiters, lineEndings } from './csv.js';
import type { JobSpec } from './job-store.js';

const ingestOperations = new Set(['insert', 'update', 'upsert', 'delete', 'hardDelete']);

const invalidJob = (message: string): PlatformError => new PlatformError('INVALIDJOB', `InvalidJob : ${message}`);

/** What a client sent, for a message. */
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const oneOf = (name: string, value: unknown, allowed: Iterable<string>, fallback: string): string => {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'string' && [...allowed].includes(value)) return value;
  throw invalidJob(`Unable to parse ${name}: ${shown(value)} is not one of ${[...allowed].join(', ')}`);
};

const common = (call: Call, body: Record<string, unknown>): Omit<JobSpec, 'object' | 'operation'> => {
  oneOf('contentType', body.contentType, ['CSV'], 'CSV');
  return {
    columnDelimiter: oneOf('columnDelimiter', body.columnDelimiter, Object.keys(delimiters), 'COMMA'),
    lineEnding: oneOf('lineEnding', body.lineEnding, Object.keys(lineEndings), 'LF'),
    apiVersion: Number(call.version),
    createdById: call.session.user.Id,
    createdDate: call.org.clock.stamp(),
  };
};

const objectFor = (call: Call, name: unknown): ObjectDef => {
  const def = typeof name === 'string' ? call.org.catalog.object(name) : undefined;
  if (def && !def.tooling) return def;
  throw new PlatformError('INVALIDENTITY', `InvalidEntity : Unable to find object: ${String(name)}`);
};

const permits = (def: ObjectDef, operation: string): boolean => {
  if (operation === 'insert') return def.createable;
  if (operation === 'update') return def.updateable;
  if (operation === 'upsert') return def.createable && def.updateable;
  return def.deletable;
};

const externalId = (def: ObjectDef, operation: string, name: unknown): string | undefined => {
  if (operation !== 'upsert') {
    if (name === undefined || name === null) return undefined;
    throw invalidJob('External ID field name is only allowed for upsert');
  }
  const field = typeof name === 'string' ? def.fields.get(name.toLowerCase()) : undefined;
  if (typeof name !== 'string')
    throw invalidJob('External ID was blank for an upsert job. An external ID must be specified.');
  if (field?.type === 'id' || field?.externalId || field?.idLookup) return field.name;
  throw invalidJob(`External ID field ${name} does not exist or is not an external ID of ${def.name}`);
};

const assignmentRule = (call: Call, id: unknown): string | undefined => {
  if (id === undefined || id === null) return undefined;
  if (!isId(id) || !id.startsWith('01Q')) throw new PlatformError('MALFORMED_ID', `malformed id ${shown(id)}`);
  const def = call.org.catalog.require('AssignmentRule');
  if (call.org.store.find(def, to18(id))) return to18(id);
  throw new PlatformError('INVALID_ASSIGNMENT_RULE', `Invalid assignment rule: ${id}`);
};

/** @throws PlatformError INVALIDJOB, INVALIDENTITY, INVALIDOPERATION, FEATURENOTENABLED, INVALID_ASSIGNMENT_RULE. */
export const ingestSpec = (call: Call): JobSpec => {
  const body = call.json();
  const operation = body.operation;
  if (typeof operation !== 'string' || !ingestOperations.has(operation)) {
    throw new PlatformError(
      'INVALIDOPERATION',
      `InvalidOperation : ${String(operation)} is not an operation of an ingest job`
    );
  }
  const def = objectFor(call, body.object);
  if (!permits(def, operation)) {
    throw new PlatformError(
      'INVALIDENTITY',
      `InvalidEntity : Entity '${def.name}' does not support ${operation} by the Bulk API`
    );
  }
  if (operation === 'hardDelete' && !call.session.has('BulkApiHardDelete')) {
    const message =
      'hardDelete operation requires special user profile permission, please contact your system administrator';
    throw new PlatformError('FEATURENOTENABLED', `FeatureNotEnabled : ${message}`);
  }
  const spec: JobSpec = { ...common(call, body), object: def.name, operation };
  const key = externalId(def, operation, body.externalIdFieldName);
  if (key !== undefined) spec.externalIdFieldName = key;
  const rule = assignmentRule(call, body.assignmentRuleId);
  if (rule !== undefined) spec.assignmentRuleId = rule;
  return spec;
};

/** The query is checked before a job is made. @throws PlatformError INVALIDJOB, API_ERROR, MALFORMED_QUERY … */
export const querySpec = (call: Call): JobSpec => {
  const body = call.json();
  const operation = oneOf('operation', body.operation, ['query', 'queryAll'], '');
  if (operation === '') throw invalidJob('operation is required');
  const query = body.query;
  if (typeof query !== 'string' || query.trim() === '') throw invalidJob('query is required');
  const all = operation === 'queryAll';
  const flat = call.org.queries.flat(query, { session: call.session, all, version: call.version });
  flat.close();
  return { ...common(call, body), object: flat.entity, operation, query };
};

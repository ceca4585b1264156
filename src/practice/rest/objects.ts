/** Finding objects and records for REST paths. */
import type { FieldType, ObjectDef } from '../catalog/types.js';
import type { QueryOptions } from '../contracts.js';
import { notFound, type Call } from '../http/call.js';
import { PlatformError } from '../errors.js';
import { literalOf } from '../soql/literals.js';
import { isId, to18 } from '../store/ids.js';

/** The object of a path. @throws PlatformError NOT_FOUND where it is unknown, or answers only under Tooling. */
export const objectOf = (call: Call, tooling = false): ObjectDef => {
  const def = call.org.catalog.object(call.param('type'));
  if (def?.tooling !== tooling) throw notFound();
  return def;
};

/** The record id of a path in its long form. @throws PlatformError NOT_FOUND where it is no id of this object. */
export const recordId = (def: ObjectDef, id: string): string => {
  if (!isId(id)) throw notFound(`Provided external ID field does not exist or is not accessible: ${String(id)}`);
  if (id.slice(0, 3) !== def.keyPrefix) throw notFound();
  return to18(id);
};

/** Query options of a call. */
export const queryOptions = (call: Call, more: Partial<QueryOptions> = {}): QueryOptions => ({
  session: call.session,
  version: call.version,
  batchSize: batchSizeOf(call.headers['sforce-query-options']),
  ...more,
});

/** Rows a page from `Sforce-Query-Options: batchSize=n`, kept within 200 to 2,000 as the platform does. */
export const batchSizeOf = (header: string | undefined): number | undefined => {
  const match = /batchSize\s*=\s*(\d+)/i.exec(header ?? '');
  return match ? Math.min(2000, Math.max(200, Number(match[1]))) : undefined;
};

/** A value as a SOQL literal of the field's type. @throws PlatformError NOT_FOUND where it cannot be one */
const literal = (type: FieldType, value: string): string => {
  try {
    return literalOf(type, value);
  } catch (error) {
    if (error instanceof PlatformError) throw notFound();
    throw error;
  }
};

/**
 * Ids of the records that carry a value in a key field: an external id, or a field marked for id lookup.
 * @throws PlatformError NOT_FOUND where the field cannot serve as a key.
 */
export const idsByKey = (call: Call, def: ObjectDef, fieldName: string, value: string): string[] => {
  const field = call.session.view(def).fields.get(fieldName.toLowerCase());
  if (!field || !(field.externalId || field.idLookup || field.type === 'id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
  }
  const soql = `SELECT Id FROM ${def.name} WHERE ${field.name} = ${literal(field.type, value)} LIMIT 2`;
  return call.org.queries.query(soql, queryOptions(call)).records.map((record) => String(record.Id));
};

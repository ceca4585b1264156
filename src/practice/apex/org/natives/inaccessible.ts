/** What a QueryException tells of fields that the query, in user mode, could not see (Apex reference, QueryException). */
import type { Catalog } from '../../../catalog/types.js';
import { NoSuchColumn } from '../../../soql/errors.js';
import { byLowerName, native, type Call } from '../../library/args.js';
import { ApexMap, ApexSet } from '../../runtime/collections.js';
import type { NativeType } from '../../runtime/native.js';
import type { Value } from '../../runtime/values.js';

/** Fields by their objects. */
type Inaccessible = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What is there and hidden from the user. A field that the org does not have at all is not inaccessible. One field is told, that
 * which the query met first; the platform tells all.
 */
export const inaccessibleIn = (catalog: Catalog, error: unknown): Inaccessible => {
  if (!(error instanceof NoSuchColumn)) return new Map();
  const field = catalog.object(error.entity)?.fields.get(error.column.toLowerCase());
  return new Map(field ? [[error.entity, new Set([field.name])]] : []);
};

const inaccessibleFields = (call: Call): Value => {
  const { data } = call.self as unknown as { data?: Inaccessible };
  const map = new ApexMap(call.ctx.type('String'), call.ctx.type('Set<String>'));
  for (const [object, fields] of data ?? []) {
    const set = new ApexSet(call.ctx.type('String'));
    for (const field of fields) set.add(field);
    map.put(object, set);
  }
  return map;
};

export const QUERY_EXCEPTION: NativeType = {
  name: 'QueryException',
  exception: 'Exception',
  methods: byLowerName({ getInaccessibleFields: native(0, inaccessibleFields, 'Map<String, Set<String>>') }),
};

/** Names that no class of the org has: objects, fields, labels. */
import type { PracticeOrg } from '../../contracts.js';
import { isCompound } from '../../store/tables.js';
import { LIBRARY } from '../library/index.js';
import type { Names } from '../host.js';
import { ApexUnsupported } from '../runtime/failures.js';
import { ApexNative, type Value } from '../runtime/values.js';
import { ACCESS_LEVEL } from './natives/access-level.js';
import { DATABASE } from './natives/database.js';
import { DML_OPTIONS } from './natives/dml-options.js';
import { REST_TYPES } from './natives/rest.js';
import { QUERY_EXCEPTION } from './natives/inaccessible.js';
import { RESULT_TYPES } from './natives/results.js';
import { fieldToken, SCHEMA, typeToken } from './natives/schema.js';
import { SOBJECT } from './natives/sobject.js';
import { STATUS_CODE } from './natives/status-code.js';
import { USER_TYPES } from './natives/user-info.js';
import { AGGREGATE, shapeOf } from './shapes.js';
import { TRIGGER_OPERATION } from './trigger-context.js';

const NATIVES = [
  ...LIBRARY,
  ACCESS_LEVEL,
  STATUS_CODE,
  TRIGGER_OPERATION,
  SOBJECT,
  ...DATABASE,
  ...DML_OPTIONS,
  ...REST_TYPES,
  QUERY_EXCEPTION,
  ...RESULT_TYPES,
  ...SCHEMA,
  ...USER_TYPES,
];

const lower = (path: readonly string[]): string[] => path.map((part) => part.toLowerCase());

/** Leaves the namespaces off that may stand before a name. */
const withoutNamespace = (path: readonly string[]): { rest: string[]; left: number } => {
  const parts = lower(path);
  const named = ['system', 'schema'].includes(parts[0] ?? '') && parts.length > 1;
  return named ? { rest: parts.slice(1), left: 1 } : { rest: parts, left: 0 };
};

/** The names of an org as the compiler asks for them. */
export function namesOf(org: PracticeOrg): Names {
  const objectOf = (name: string) => {
    const def = org.catalog.object(name);
    return def && !def.tooling ? def : undefined;
  };
  return {
    natives: NATIVES,
    sobject(name) {
      if (name === 'aggregateresult') return AGGREGATE;
      const def = objectOf(name);
      return def && shapeOf(org.catalog, def);
    },
    resolves(path) {
      const { rest, left } = withoutNamespace(path);
      const [first = '', second = ''] = rest;
      if (first === 'label' && second !== '') return labelOf(org, second) === undefined ? 0 : left + 2;
      if (first === 'sobjecttype' && objectOf(second)) return left + 2;
      const def = objectOf(first);
      const field = second === 'sobjecttype' || def?.fields.has(second);
      return def && field ? left + 2 : 0;
    },
  };
}

function labelOf({ tools }: PracticeOrg, name: string): string | undefined {
  const body = tools.components.find('CustomLabel', name)?.body;
  const value = body?.value;
  const text = Array.isArray(value) ? (value as unknown[])[0] : value;
  return typeof text === 'string' ? text : undefined;
}

/** The value of such a name. */
export function valueOfName(org: PracticeOrg, path: readonly string[]): Value {
  const { rest } = withoutNamespace(path);
  const [first = '', second = ''] = rest;
  if (first === 'label') return labelOf(org, second) ?? '';
  if (first === 'sobjecttype') return new ApexNative('DescribeSObjectResult', org.catalog.require(second).name);
  const def = org.catalog.require(first);
  if (second === 'sobjecttype') return typeToken(def.name);
  const field = def.fields.get(second);
  if (!field || isCompound(field)) throw new ApexUnsupported(`${path.join('.')} is no field that Apex can name`);
  return fieldToken(def.name, field.name);
}

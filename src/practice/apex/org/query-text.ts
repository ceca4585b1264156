/** From the text between the brackets of a query in Apex to a query as the API takes it. */
import { ApexDate, ApexDatetime, ApexTime } from '../runtime/dates.js';
import { ApexFailure } from '../runtime/failures.js';
import { ApexList, ApexSet } from '../runtime/collections.js';
import { ApexSObject } from '../runtime/sobjects.js';
import { ApexDecimal, ApexDouble, type Value } from '../runtime/values.js';

export type ApiQuery = {
  soql: string;
  /** `WITH USER_MODE`, `WITH SYSTEM_MODE`; undefined where the query says nothing. */
  access: 'user' | 'system' | undefined;
  /** `WITH SECURITY_ENFORCED`. */
  enforced: boolean;
  /** FOR UPDATE. */
  locks: boolean;
  /** ALL ROWS. */
  all: boolean;
};

const MODES: Readonly<Record<string, ApiQuery['access']>> = { USER_MODE: 'user', SYSTEM_MODE: 'system' };

/** Texts in quotes, and the clauses that only Apex has. */
const PARTS =
  /'(?:\\.|[^'\\])*'|\bWITH\s+(USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)\b|\bFOR\s+(UPDATE|VIEW|REFERENCE)\b|\bALL\s+ROWS\b/gi;

/**
 * Puts the values of the binds into the text and takes out what the API does not know.
 * @throws ApexFailure System.QueryException for a value that no condition can hold
 */
export function apiQuery(text: string, binds: readonly Value[]): ApiQuery {
  const query: ApiQuery = { soql: '', access: undefined, enforced: false, locks: false, all: false };
  const whole = filled(text, (name) => binds[Number(name.slice(1))] ?? null);
  query.soql = whole.replace(PARTS, (part: string, mode?: string, purpose?: string) => {
    if (mode !== undefined) {
      query.access = MODES[mode.toUpperCase()];
      query.enforced ||= query.access === undefined;
    } else if (purpose !== undefined) query.locks ||= purpose.toUpperCase() === 'UPDATE';
    else if (part.startsWith("'")) return part;
    else query.all = true;
    return '';
  });
  if (query.locks && /\bORDER\s+BY\b/i.test(query.soql.replaceAll(/'(?:\\.|[^'\\])*'/g, "''")))
    throw new ApexFailure('System.QueryException', 'Order by not allowed with FOR UPDATE');
  return query;
}

/** Texts in quotes, and binds by their name, with the field and the operator before them where that one takes lists. */
const BINDS =
  /'(?:\\.|[^'\\])*'|(?:([\w.]+(?:\([^()']*\))?)\s+(NOT\s+IN|IN|LIKE|INCLUDES|EXCLUDES)\s*)?:\s*([A-Za-z]\w*)/gi;

/** The text with the values of its binds. @param valueOf the value of a name */
const filled = (text: string, valueOf: (name: string) => Value): string =>
  text.replace(BINDS, (part: string, field?: string, operator?: string, name?: string) => {
    if (name === undefined) return part;
    const value = valueOf(name);
    const values = valuesOf(value);
    if (field === undefined || operator === undefined || !values) return before(part) + literal(value);
    if (values.length === 0) return ofNothing(operator);
    return operator.toUpperCase() === 'LIKE' ? likeAny(field, values) : before(part) + literal(value);
  });

/** What stands before the colon. */
const before = (part: string): string => part.slice(0, part.indexOf(':'));

/** SOQL has no empty list, and an empty text would find empty fields: every record has an id, so these say nothing and all. */
const ofNothing = (operator: string): string => (/^(NOT|EXCLUDES)/i.test(operator) ? 'Id != NULL' : 'Id = NULL');

/** LIKE takes a list or set in Apex: the field is like any of its texts. */
const likeAny = (field: string, values: readonly Value[]): string =>
  `(${[...new Set(values.map(single))].map((item) => `${field} LIKE ${item}`).join(' OR ')})`;

/** The values of a list or set. */
const valuesOf = (value: Value): readonly Value[] | undefined =>
  value instanceof ApexList ? value.items : value instanceof ApexSet ? value.values() : undefined;

/**
 * Puts values into the text of `Database.queryWithBinds`.
 * @param valueOf the value of a name; undefined where the map has none
 * @throws ApexFailure System.QueryException for a name without a value, or one that no condition can hold
 */
export const boundText = (text: string, valueOf: (name: string) => Value | undefined): string =>
  filled(text, (name) => {
    const value = valueOf(name);
    if (value !== undefined) return value;
    throw new ApexFailure('System.QueryException', `Key '${name}' does not exist in the bindMap`);
  });

/** A value as a condition says it. Lists and sets come in brackets. */
function literal(value: Value): string {
  const values = valuesOf(value);
  return values ? `(${[...new Set(values.map(single))].join(',')})` : single(value);
}

function single(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof ApexDecimal) return value.value.toFixed();
  if (value instanceof ApexDouble) return String(value.value);
  if (value instanceof ApexDate || value instanceof ApexTime || value instanceof ApexDatetime) return value.iso();
  if (value instanceof ApexSObject) return single(value.get('Id'));
  throw new ApexFailure('System.QueryException', `Invalid bind expression type of ${value.typeName}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text between quotes, as SOQL escapes it. */
export const quoted = (text: string): string => `'${text.replaceAll(/[\\'"\n\r\t\b\f]/g, (char) => ESCAPES[char]!)}'`;

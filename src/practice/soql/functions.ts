/** Functions of SOQL: aggregates, parts of dates, labels and formats. */
import type { FieldType } from '../catalog/types.js';
import type { Call, Expression } from './ast.js';
import { placeIn, type Context, type Typed } from './context.js';
import { malformed } from './errors.js';
import type { Resolved, Scope } from './scope.js';

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const NUMBERS = new Set<FieldType>(['int', 'long', 'double', 'currency', 'percent']);
const UNCOUNTABLE = new Set<FieldType>(['base64', 'address', 'location']);

const year = (date: string): string => `CAST(substr(${date}, 1, 4) AS INTEGER)`;
const month = (date: string): string => `CAST(substr(${date}, 6, 2) AS INTEGER)`;
const day = (date: string): string => `CAST(substr(${date}, 9, 2) AS INTEGER)`;
const dayOfYear = (date: string): string => `CAST(strftime('%j', substr(${date}, 1, 10)) AS INTEGER)`;

/** SQL of the date functions. Fiscal ones equal the calendar: the fiscal year begins in January. */
const DATE_PARTS: Record<string, (date: string) => string> = {
  CALENDAR_YEAR: year,
  CALENDAR_QUARTER: (date) => `((${month(date)} + 2) / 3)`,
  CALENDAR_MONTH: month,
  FISCAL_YEAR: year,
  FISCAL_QUARTER: (date) => `((${month(date)} + 2) / 3)`,
  FISCAL_MONTH: month,
  DAY_IN_MONTH: day,
  DAY_IN_WEEK: (date) => `(CAST(strftime('%w', substr(${date}, 1, 10)) AS INTEGER) + 1)`,
  DAY_IN_YEAR: dayOfYear,
  DAY_ONLY: (date) => `substr(${date}, 1, 10)`,
  HOUR_IN_DAY: (date) => `CAST(substr(${date}, 12, 2) AS INTEGER)`,
  WEEK_IN_MONTH: (date) => `((${day(date)} + 6) / 7)`,
  WEEK_IN_YEAR: (date) => `((${dayOfYear(date)} + 6) / 7)`,
};

export const isAggregate = (value: Expression): boolean => value.kind === 'call' && AGGREGATES.has(value.name);

/** The only argument of a function, which must be a field. */
const onlyField = (context: Context, scope: Scope, call: Call): Resolved => {
  let [argument] = call.args;
  if (call.args.length !== 1 || !argument) throw malformed(`unexpected token: ')'`, placeIn(context, call.at));
  // Only UTC is known to the practice org, so there is nothing to convert.
  if (argument.kind === 'call' && argument.name === 'CONVERTTIMEZONE' && call.name in DATE_PARTS)
    [argument] = argument.args;
  if (argument?.kind !== 'path') throw malformed(`unexpected token: '('`, placeIn(context, call.at));
  return scope.field(argument);
};

/** Whether the argument is a field of the queried object, not of a parent, which may be missing. */
const ownField = ({ args: [argument] }: Call): boolean => argument?.kind === 'path' && argument.parts.length === 1;

/** Which function may be asked of which type of field. */
const isAllowed = (name: string, type: FieldType): boolean => {
  if (name === 'SUM' || name === 'AVG') return NUMBERS.has(type);
  if (name === 'MIN' || name === 'MAX') return type !== 'boolean' && !UNCOUNTABLE.has(type);
  return !UNCOUNTABLE.has(type);
};

const resultType = (name: string, type: FieldType): FieldType => {
  if (name === 'MIN' || name === 'MAX') return type;
  return name === 'SUM' || name === 'AVG' ? 'double' : 'int';
};

const aggregate = (context: Context, scope: Scope, call: Call): Typed => {
  if (call.name === 'COUNT' && call.args.length === 0)
    return { sql: 'count(*)', params: [], type: 'int', name: 'COUNT' };
  const { sql, type, field } = onlyField(context, scope, call);
  if (!isAllowed(call.name, type)) {
    throw malformed(`field ${field.name} does not support aggregate operator ${call.name}`, placeIn(context, call.at));
  }
  // The id of the object itself is never null: counting rows lets SQLite answer from an index alone.
  if (call.name === 'COUNT' && type === 'id' && ownField(call)) {
    return { sql: 'count(*)', params: [], type: 'int', name: field.name };
  }
  const distinct = call.name === 'COUNT_DISTINCT';
  const name = distinct ? 'count' : call.name.toLowerCase();
  const argument = `${distinct ? 'DISTINCT ' : ''}${sql}`;
  return { sql: `${name}(${argument})`, params: [], type: resultType(call.name, type), name: field.name };
};

const datePart = (context: Context, scope: Scope, call: Call): Typed => {
  const { sql, type, field } = onlyField(context, scope, call);
  const hourOnly = call.name === 'HOUR_IN_DAY' || call.name === 'DAY_ONLY';
  if (type !== 'datetime' && (type !== 'date' || hourOnly)) {
    throw malformed(`field ${field.name} does not support function ${call.name}`, placeIn(context, call.at));
  }
  const result = call.name === 'DAY_ONLY' ? 'date' : 'int';
  return { sql: DATE_PARTS[call.name]!(sql), params: [], type: result, name: field.name };
};

/** A path or function as SQL. @throws PlatformError MALFORMED_QUERY, INVALID_FIELD */
export const expression = (context: Context, scope: Scope, value: Expression): Typed => {
  if (value.kind === 'path') return scope.field(value);
  if (AGGREGATES.has(value.name)) return aggregate(context, scope, value);
  if (value.name in DATE_PARTS) return datePart(context, scope, value);
  // Labels of the practice org equal their values unless a deploy says otherwise; filters compare the value.
  if (value.name === 'TOLABEL') return onlyField(context, scope, value);
  throw malformed(`unexpected token: '${value.name}' (this function is not supported)`, placeIn(context, value.at));
};

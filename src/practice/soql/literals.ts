/** Values as literals of a query: the one place where text that came from outside enters SOQL. */
import type { FieldType } from '../catalog/types.js';
import { PlatformError } from '../errors.js';

const NUMERIC = new Set<FieldType>(['int', 'long', 'double', 'currency', 'percent']);

const wrong = (type: FieldType, value: unknown): PlatformError =>
  new PlatformError('INVALID_FIELD', `${JSON.stringify(value)} is no value for a field of the type ${type}`);

/** Text in quotes. With `pattern`, backslashes stay as LIKE reads them. */
export const quote = (text: string, pattern = false): string =>
  `'${text.replaceAll(pattern ? /\\(?![%_])|'/g : /[\\']/g, String.raw`\$&`)}'`;

const numberText = (type: FieldType, value: unknown): string => {
  const text = String(value);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw wrong(type, value);
  return text;
};

const DATES: Partial<Record<FieldType, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/,
};

/**
 * A value as a literal of the field's type.
 * @param pattern whether it is the pattern of a LIKE
 * @throws PlatformError INVALID_FIELD where it cannot be one
 */
export const literalOf = (type: FieldType, value: unknown, pattern = false): string => {
  if (value === null) return 'null';
  if (type === 'boolean') {
    if (typeof value !== 'boolean') throw wrong(type, value);
    return String(value);
  }
  if (NUMERIC.has(type)) return numberText(type, value);
  const date = DATES[type];
  if (typeof value !== 'string' || (date && !date.test(value))) throw wrong(type, value);
  return date ? value : quote(value, pattern);
};

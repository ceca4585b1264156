/** Values as text: FORMAT() and toLabel() of queries, and the flat form of bulk results. */
import type { FieldDef, FieldType } from '../catalog/types.js';
import type { Value } from '../contracts.js';
import type { Decode } from './shape.js';

const numberFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 15 });
const dateFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeZone: 'UTC' });
const datetimeFormat = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** A stored value as text; columns hold text and numbers only. */
const text = (value: unknown): string => String(value);

/** FORMAT(): numbers and dates as the locale en_US writes them. */
export const formatter =
  (type: FieldType): Decode =>
  (value) => {
    if (value === null || value === undefined) return null;
    if (type === 'boolean') return value === 1 ? 'true' : 'false';
    if (type === 'date') return dateFormat.format(new Date(text(value)));
    if (type === 'datetime') return datetimeFormat.format(new Date(text(value)));
    return typeof value === 'number' ? numberFormat.format(value) : value;
  };

/** toLabel(): the label of a picklist value. */
export const labeller = (field: FieldDef | undefined): Decode => {
  const labels = new Map(field?.picklist.map(({ value, label }) => [value, label]));
  return (value) => (typeof value === 'string' ? (labels.get(value) ?? value) : value);
};

type Flat = (value: unknown) => Value;

const flatBoolean: Flat = (value) => (value === 1 ? 'true' : 'false');
const flatDatetime: Flat = (value) => (value === null ? null : `${text(value).slice(0, 23)}Z`);
const flatText: Flat = (value) => (value === null ? null : text(value));

/** Bulk results write whole numbers of decimal fields with one decimal. */
const flatDecimal: Flat = (value) =>
  typeof value === 'number' && Number.isInteger(value) ? value.toFixed(1) : flatText(value);

const FLAT: Partial<Record<FieldType, Flat>> = {
  boolean: flatBoolean,
  datetime: flatDatetime,
  double: flatDecimal,
  currency: flatDecimal,
  percent: flatDecimal,
};

/** How a type stands in bulk CSV: datetimes end with `Z`, booleans are words. */
export const flattener = (type: FieldType): Flat => FLAT[type] ?? flatText;

/** Values as the user interface shows them: what is stored, and its text in the locale of the user. */
import type { FieldDef, FieldType } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';

/** What a user reads numbers and dates by. */
export type Locale = { name: string; timeZone: string };

const text = (value: unknown): string => String(value);

/** Locale and time zone of a user. */
export const localeOf = ({ store }: PracticeOrg, { user }: Session): Locale => {
  const row = store.sql('SELECT "LocaleSidKey" AS locale, "TimeZoneSidKey" AS zone FROM "User" WHERE "Id" = ?');
  const found = row.get(user.Id);
  return { name: text(found?.locale ?? 'en_US').replaceAll('_', '-'), timeZone: text(found?.zone ?? 'UTC') };
};

const isoZ = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/\+0000$/, 'Z') : value);

/** A value as JSON of the user interface has it: times end with `Z`. */
export const plainValue = (type: FieldType, value: unknown): unknown => (type === 'datetime' ? isoZ(value) : value);

type Show = (value: unknown) => string | null;

const formats = new Map<string, { day: Intl.DateTimeFormat; moment: Intl.DateTimeFormat; number: Intl.NumberFormat }>();

/** Making a format takes longer than a thousand uses of it. */
const formatsOf = ({ name, timeZone }: Locale): NonNullable<ReturnType<typeof formats.get>> => {
  const key = `${name} ${timeZone}`;
  let known = formats.get(key);
  if (!known) {
    known = {
      day: new Intl.DateTimeFormat(name, { dateStyle: 'short', timeZone: 'UTC' }),
      moment: new Intl.DateTimeFormat(name, { dateStyle: 'short', timeStyle: 'short', timeZone }),
      number: new Intl.NumberFormat(name, { maximumFractionDigits: 15 }),
    };
    formats.set(key, known);
  }
  return known;
};

const labels = (field: FieldDef): Show => {
  const byValue = new Map(field.picklist.map(({ value, label }) => [value, label]));
  return (value) =>
    text(value)
      .split(';')
      .map((one) => byValue.get(one) ?? one)
      .join(';');
};

/** Fields whose text is what is stored have none of their own. */
const nothing: Show = () => null;

const showOf = (field: FieldDef, locale: Locale): Show => {
  const { day, moment, number } = formatsOf(locale);
  switch (field.type) {
    case 'picklist':
    case 'multipicklist':
      return labels(field);
    case 'date':
      return (value) => day.format(new Date(text(value)));
    case 'datetime':
      return (value) => moment.format(new Date(text(value)));
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent': {
      // As many decimals as the field has; the unit is left out, since the org names no currency.
      const scaled = field.scale > 0 && field.scale <= 15;
      const exact = scaled
        ? new Intl.NumberFormat(locale.name, { minimumFractionDigits: field.scale, maximumFractionDigits: field.scale })
        : number;
      const unit = field.type === 'percent' ? '%' : '';
      return (value) => exact.format(Number(value)) + unit;
    }
    default:
      return nothing;
  }
};

/** How values of a field are shown to a user. Null for empty values, and where the value is its own text. */
export const shower = (field: FieldDef, locale: Locale): Show => {
  const show = showOf(field, locale);
  return (value) => (value === null || value === undefined ? null : show(value));
};

/** The label of a picklist value; the value itself where it has none. */
export const labelOf = (field: FieldDef, value: unknown): string | null =>
  typeof value === 'string' ? (field.picklist.find((one) => one.value === value)?.label ?? value) : null;

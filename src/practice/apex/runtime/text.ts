import { doubleText } from '../library/numbers/print.js';
import { plainMoment } from '../library/dates/moment.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexTime } from './dates.js';
import { ApexObject, type Members } from './objects.js';
import { ApexSObject } from './sobjects.js';
import { ApexDecimal, ApexDouble, ApexEnum, ApexNative, type ApexValue, type Value } from './values.js';

/** What stands for a value inside of its own text. */
const AGAIN = '(already output)';

/** The text of a value, as `+` makes it. Datetimes are shown in the time zone given. */
export function textOf(value: Value, timeZone: string): string {
  return textIn(value, { timeZone, open: new Set() });
}

/** Where a text is shown, and what it is a part of. */
type Around = { readonly timeZone: string; readonly open: Set<ApexValue> };

function textIn(value: Value, around: Around): string {
  if (value === null || typeof value !== 'object') return String(value);
  return simpleText(value, around.timeZone) ?? compositeText(value, around);
}

function simpleText(value: ApexValue, timeZone: string): string | undefined {
  if (value instanceof ApexDecimal) return value.toString();
  if (value instanceof ApexDouble) return doubleText(value.value);
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexDate) return `${value.iso()} 00:00:00`;
  if (value instanceof ApexDatetime) return plainMoment(value, timeZone);
  if (value instanceof ApexTime) return value.iso();
  if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
  return value instanceof ApexNative ? nativeText(value) : undefined;
}

/** Types show their name; natives that are but a text, such as a UUID, that text. */
function nativeText({ typeName, data }: ApexNative): string {
  if (typeName === 'Type') return (data as { name: string }).name;
  return typeof data === 'string' ? data : `${typeName}[]`;
}

function compositeText(value: ApexValue, around: Around): string {
  if (around.open.has(value)) return AGAIN;
  around.open.add(value);
  try {
    return openText(value, around);
  } finally {
    around.open.delete(value);
  }
}

function openText(value: ApexValue, around: Around): string {
  const one = (item: Value): string => textIn(item, around);
  if (value instanceof ApexList) return `(${value.items.map(one).join(', ')})`;
  if (value instanceof ApexSet) return `{${value.values().map(one).join(', ')}}`;
  if (value instanceof ApexMap) return `{${pairs(value.entries(), one)}}`;
  if (value instanceof ApexSObject) return `${value.typeName}:{${pairs([...value.fields], one)}}`;
  return value instanceof ApexObject ? objectText(value, one) : value.typeName;
}

function pairs(entries: ReadonlyArray<readonly [Value, Value]>, one: (item: Value) => string): string {
  return entries.map(([key, value]) => `${one(key)}=${one(value)}`).join(', ');
}

/** Classes without a `toString` of their own show their fields, then those of their parents. */
function objectText(value: ApexObject, one: (item: Value) => string): string {
  const members = value as unknown as Members;
  if (typeof members.tostring$0 === 'function') return one((members.tostring$0 as () => Value).call(value));
  const shown = fieldsOf(value).map((name) => `${name}=${one((members[`f_${name.toLowerCase()}`] ?? null) as Value)}`);
  return `${value.typeName.replace(/^.*\./s, '')}:[${shown.join(', ')}]`;
}

/** Every generated class has its `$info` on its prototype. */
function fieldsOf(value: ApexObject): string[] {
  const names: string[] = [];
  for (let at: unknown = Object.getPrototypeOf(value); at instanceof ApexObject; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, '$info'))
      names.push(...at.$info.fields.filter((one) => !one.isStatic).map(({ name }) => name));
  return names;
}

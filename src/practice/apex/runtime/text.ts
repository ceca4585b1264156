import { doubleText } from '../library/numbers/print.js';
import { plainMoment } from '../library/dates/moment.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexTime } from './dates.js';
import { ApexObject, type Members } from './objects.js';
import { ApexSObject } from './sobjects.js';
import { ApexDecimal, ApexDouble, ApexEnum, ApexNative, type ApexValue, type Value } from './values.js';

/** The text of a value, as `+` makes it. Datetimes are shown in the time zone given. */
export function textOf(value: Value, timeZone: string): string {
  return value !== null && typeof value === 'object' ? apexText(value, timeZone) : String(value);
}

function apexText(value: ApexValue, zone: string): string {
  if (value instanceof ApexDecimal) return value.toString();
  if (value instanceof ApexDouble) return doubleText(value.value);
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexDate) return `${value.iso()} 00:00:00`;
  if (value instanceof ApexDatetime) return plainMoment(value, zone);
  if (value instanceof ApexTime) return value.iso();
  if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
  return compositeText(value, zone);
}

function compositeText(value: ApexValue, zone: string): string {
  const one = (item: Value): string => textOf(item, zone);
  if (value instanceof ApexList) return `(${value.items.map(one).join(', ')})`;
  if (value instanceof ApexSet) return `{${value.values().map(one).join(', ')}}`;
  if (value instanceof ApexMap) return `{${pairs(value.entries(), zone)}}`;
  if (value instanceof ApexSObject) return `${value.typeName}:{${pairs([...value.fields], zone)}}`;
  if (value instanceof ApexObject) return objectText(value, zone);
  if (value instanceof ApexNative && value.typeName === 'Type') return (value.data as { name: string }).name;
  return value instanceof ApexNative ? `${value.typeName}[]` : value.typeName;
}

function pairs(entries: ReadonlyArray<readonly [Value, Value]>, zone: string): string {
  return entries.map(([key, value]) => `${textOf(key, zone)}=${textOf(value, zone)}`).join(', ');
}

/** Classes without a `toString` of their own show their fields. */
function objectText(value: ApexObject, zone: string): string {
  const members = value as unknown as Members;
  if (typeof members.tostring$0 === 'function') return textOf((members.tostring$0 as () => Value).call(value), zone);
  const fields = value.$info.fields.filter((one) => !one.isStatic);
  const shown = fields.map(
    (one) => `${one.name}=${textOf((members[`f_${one.name.toLowerCase()}`] ?? null) as Value, zone)}`
  );
  return `${value.typeName}:[${shown.join(', ')}]`;
}

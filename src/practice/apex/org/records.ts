/** Records on their way between the org and Apex. */
import type { Catalog, FieldDef } from '../../catalog/types.js';
import type { InputRecord, QueryPage, ResultRecord } from '../../contracts.js';
import { ApexList } from '../runtime/collections.js';
import type { Ctx } from '../runtime/context.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexTime } from '../runtime/dates.js';
import { ApexUnsupported } from '../runtime/failures.js';
import { ApexSObject, type SObjectShape } from '../runtime/sobjects.js';
import { ApexDecimal, ApexDouble, Decimal, type Value } from '../runtime/values.js';
import { AGGREGATE, apexTypeOf, shapeOf } from './shapes.js';

/** What makes records of answers. */
export type Making = { catalog: Catalog; ctx: Ctx };

/** A subquery that finds nothing is null in an answer, and an empty list in Apex. */
const NO_CHILDREN = { records: [] };

/** The records of an answer as Apex has them. */
export function apexRecords({ catalog, ctx }: Making, records: readonly ResultRecord[]): ApexSObject[] {
  return records.map((record) => apexRecord({ catalog, ctx }, record));
}

/** The id of a record, selected or not; the address of the record ends with it. */
export const idOf = ({ attributes: { url } }: ResultRecord): string | undefined => url?.split('/').at(-1);

/** One record of an answer, with its parents and children. */
export function apexRecord(making: Making, record: ResultRecord): ApexSObject {
  const { catalog } = making;
  const def = catalog.object(record.attributes.type);
  const made = new ApexSObject(def ? shapeOf(catalog, def) : AGGREGATE);
  made.queried = true;
  const id = idOf(record);
  // The id comes along also where it was not selected.
  if (def && id !== undefined) made.fields.set('Id', id);
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const field = def?.fields.get(name.toLowerCase());
    const page = field ? undefined : pageOf(made.shape, name, value);
    if (page) made.children.set(name, childList(making, made.shape, name, page));
    else if (isRecord(value)) made.parents.set(name, apexRecord(making, value));
    else if (!field && def) made.parents.set(name, null);
    else made.fields.set(field?.name ?? name, field ? storedValue(field, value) : plainValue(value));
  }
  return made;
}

const isRecord = (value: unknown): value is ResultRecord =>
  typeof value === 'object' && value !== null && 'attributes' in value;

const isPage = (value: unknown): value is QueryPage =>
  typeof value === 'object' && value !== null && 'records' in value && 'totalSize' in value;

/** What a subquery found; undefined for what is none. */
function pageOf(shape: SObjectShape, name: string, value: unknown): Pick<QueryPage, 'records'> | undefined {
  if (isPage(value)) return value;
  return value === null && shape.child(name.toLowerCase()) ? NO_CHILDREN : undefined;
}

function childList(making: Making, shape: SObjectShape, name: string, page: Pick<QueryPage, 'records'>): ApexList {
  const type = shape.child(name.toLowerCase())?.type ?? 'SObject';
  return new ApexList(making.ctx.type(type), apexRecords(making, page.records));
}

/** A stored value as Apex has it. */
export function storedValue(field: FieldDef, value: unknown): Value {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (apexTypeOf(field)) {
    case 'Boolean':
      return value === true || value === 1;
    case 'Integer':
      return Number(value);
    case 'Long':
      return BigInt(text);
    case 'Decimal':
      return decimalOf(text, field.scale);
    case 'Date':
      return new ApexDate(Date.parse(`${text.slice(0, 10)}T00:00:00Z`));
    case 'Datetime':
      return new ApexDatetime(Date.parse(text.replace('+0000', 'Z')));
    case 'Time':
      return new ApexTime(Date.parse(`1970-01-01T${text}`));
    case 'Blob':
      return new ApexBlob(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

/** A number as it comes out of the org: it has the scale of its field at most. */
function decimalOf(text: string, scale: number): ApexDecimal {
  const value = new Decimal(text);
  return new ApexDecimal(value, Math.min(Math.max(value.decimalPlaces(), scale > 0 ? 1 : 0), 18));
}

/** Values of a grouping query, of which only the value itself tells the type. */
function plainValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value : decimalOf(String(value), 1);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the org saves of a record of Apex. Parents go along where they name an external id, as in `Owner = new User(...)`. */
export function inputOf(record: ApexSObject): InputRecord {
  const input: InputRecord = {};
  for (const [name, value] of record.fields) input[name] = rawValue(value);
  return input;
}

/** A value as a client sends it. @throws ApexUnsupported for one that is no field's value */
export function rawValue(value: Value): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof ApexDecimal) return value.value.toFixed();
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime) return value.iso();
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  throw new ApexUnsupported(`A field cannot hold a ${value.typeName}`);
}

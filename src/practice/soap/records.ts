/** sObjects on the wire of the partner API. */
import type { Catalog } from '../catalog/types.js';
import type { InputRecord, QueryPage, ResultRecord } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { TypedRecord } from '../http/save.js';
import { all, childNames, isElement, textOf, type Node } from './envelope.js';
import { element, RawXml } from './xml.js';

const isQueryPage = (value: unknown): value is QueryPage =>
  typeof value === 'object' && value !== null && Array.isArray((value as { records?: unknown }).records);

const isRecord = (value: unknown): value is ResultRecord =>
  typeof value === 'object' && value !== null && 'attributes' in value;

/** A record for the saver, which reads text by the object's fields; `fieldsToNull` empties fields. */
const inputRecord = (node: Node): InputRecord => {
  const record: InputRecord = {};
  for (const name of childNames(node)) {
    if (name === 'type' || name === 'fieldsToNull') continue;
    // WSDL clients send Id twice; the first that has a value counts.
    const values = all(node, name);
    const value = values.find((item) => isElement(item) || textOf(item)) ?? values[0];
    record[name] = isElement(value) ? nested(value) : textOf(value);
  }
  for (const field of all(node, 'fieldsToNull')) record[textOf(field) ?? ''] = null;
  return record;
};

const nested = (node: Node): InputRecord => {
  const type = textOf(all(node, 'type')[0]) ?? '';
  return { ...(type ? { attributes: { type } } : {}), ...inputRecord(node) };
};

/** The sObjects of a call. @throws PlatformError INVALID_TYPE where one names no object. */
export const sObjects = (args: Node, catalog: Catalog): TypedRecord[] =>
  all(args, 'sObjects').map((item) => {
    const node = isElement(item) ? item : {};
    const type = textOf(all(node, 'type')[0]) ?? '';
    if (type === '') throw new PlatformError('INVALID_TYPE', 'Must send a concrete entity type.', 500);
    return { type: catalog.require(type).name, record: inputRecord(node) };
  });

const fieldXml = (name: string, value: unknown): string => {
  if (isQueryPage(value)) return element(`sf:${name}`, new RawXml(pageXml(value)), ' xsi:type="QueryResult"');
  if (isRecord(value)) return element(`sf:${name}`, new RawXml(recordXml(value)), ' xsi:type="sf:sObject"');
  if (typeof value === 'object' && value !== null) return element(`sf:${name}`, value, ' xsi:type="address"');
  return element(`sf:${name}`, value);
};

/** Content of one record: type and id first, then the fields selected. */
export const recordXml = (record: ResultRecord): string => {
  const { attributes, ...fields } = record;
  const { Id, ...rest } = fields;
  const id = attributes.type === 'AggregateResult' ? '' : element('sf:Id', Id ?? null);
  const others = Object.entries(rest).map(([name, value]) => fieldXml(name, value));
  return element('sf:type', attributes.type) + id + others.join('');
};

/** Content of a QueryResult. */
export const pageXml = ({ done, locator, records, totalSize }: QueryPage): string =>
  element('done', done) +
  element('queryLocator', locator ?? null) +
  records.map((record) => element('records', new RawXml(recordXml(record)), ' xsi:type="sf:sObject"')).join('') +
  element('size', totalSize);

/** Records as the user interface has them: each field with its value and its text, parents inside. */
import type { PracticeOrg, ResultRecord, Session } from '../contracts.js';
import { tagged } from './bodies.js';
import { nameField, MASTER } from './objects.js';
import type { Tree } from './paths.js';
import { localeOf, plainValue, shower, type Locale } from './values.js';

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is ResultRecord => typeof value === 'object' && value !== null;

const parentField = (tree: Tree, record: unknown, locale: Locale): Json => {
  if (!isRecord(record)) return { displayValue: null, value: null };
  const title = nameField(tree.def);
  const displayValue = title ? (record[title.name] ?? null) : null;
  return { displayValue, value: recordBody(tree, record, locale) };
};

const fieldsOf = (tree: Tree, record: ResultRecord, locale: Locale): Json => {
  const fields: Json = {};
  for (const [name, field] of tree.fields) {
    const value = record[name] ?? null;
    fields[name] = { displayValue: shower(field, locale)(value), value: plainValue(field.type, value) };
  }
  for (const [name, parent] of tree.parents) fields[name] = parentField(parent, record[name], locale);
  return fields;
};

const stamp = (value: unknown): unknown => plainValue('datetime', value ?? null);

/** The object of a record; behind a relationship that may lead to several its address tells. */
const typeOf = ({ attributes }: ResultRecord): string => attributes.url?.split('/').at(-2) ?? attributes.type;

/** A record of a query as the user interface shows it. Digest and weak tag change with what is shown. */
export const recordBody = (tree: Tree, record: ResultRecord, locale: Locale): Json => {
  const fields = fieldsOf(tree, record, locale);
  const modified = record.SystemModstamp ?? record.LastModifiedDate;
  return {
    apiName: typeOf(record),
    childRelationships: {},
    ...tagged({ fields }),
    id: record.Id,
    lastModifiedById: record.LastModifiedById ?? null,
    lastModifiedDate: stamp(record.LastModifiedDate),
    recordTypeId: MASTER,
    recordTypeInfo: null,
    systemModstamp: stamp(record.SystemModstamp),
    weakEtag: typeof modified === 'string' ? Date.parse(modified) : 0,
  };
};

/** Makes bodies of records for a user. */
export const bodiesFor = (org: PracticeOrg, session: Session, tree: Tree): ((record: ResultRecord) => Json) => {
  const locale = localeOf(org, session);
  return (record) => recordBody(tree, record, locale);
};

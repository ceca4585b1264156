/** From the header of an upload to records for the saver. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type { InputRecord } from '../contracts.js';
import { BadCsv } from './reader.js';

/** Text that empties a field; an empty value leaves it alone. */
const NULL = '#N/A';

type Setter = (record: InputRecord, text: string) => void;

/** Text as the value that the field's type has in JSON; what does not fit stays text, for the saver to refuse. */
export const typedValue = (field: FieldDef | undefined, text: string): unknown => {
  switch (field?.type) {
    case 'boolean':
      return /^(true|1)$/i.test(text) ? true : /^(false|0)$/i.test(text) ? false : text;
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    default:
      return text;
  }
};

const fieldSetter = (field: FieldDef): Setter => {
  const { name } = field;
  return (record, text) => {
    if (text === '') return;
    record[name] = text === NULL ? null : typedValue(field, text);
  };
};

/** `Account.Key__c`, or `Lead:Who.Email` where the relationship has several parents. */
const parentSetter = (def: ObjectDef, catalog: Catalog, header: string): Setter | undefined => {
  const match = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(header);
  if (!match) return undefined;
  const [, typeName, relationship, keyName] = match;
  const lookup = [...def.fields.values()].find((f) => f.relationshipName?.toLowerCase() === relationship!.toLowerCase());
  const parentName = typeName ?? lookup?.referenceTo[0];
  const parent = parentName === undefined ? undefined : catalog.object(parentName);
  const key = parent?.fields.get(keyName!.toLowerCase());
  if (!lookup || !parent || !key || !lookup.referenceTo.includes(parent.name)) return undefined;
  const attributes = typeName === undefined ? {} : { attributes: { type: parent.name } };
  return (record, text) => {
    if (text === '') return;
    record[lookup.relationshipName!] = text === NULL ? null : { ...attributes, [key.name]: typedValue(key, text) };
  };
};

/**
 * Builds the function that makes a record of a row.
 * @throws BadCsv for a column that the object has not: the platform fails the whole job.
 */
export const recordBuilder = (def: ObjectDef, catalog: Catalog, header: string[]): ((row: string[]) => InputRecord) => {
  const setters = header.map((name) => {
    const field = def.fields.get(name.toLowerCase());
    const setter = field ? fieldSetter(field) : parentSetter(def, catalog, name);
    if (!setter) throw new BadCsv(`InvalidBatch : Field name not found : ${name}`);
    return setter;
  });
  return (row) => {
    const record: InputRecord = {};
    for (let i = 0; i < setters.length; i++) setters[i]!(record, row[i]!);
    return record;
  };
};

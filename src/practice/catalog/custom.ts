/** Custom objects and fields: from a plain description, later read from metadata, to the catalogue's definitions. */
import { fieldMap, plainField } from './fields.js';
import type { Catalog, FieldDef, FieldType, FormulaText, ObjectDef, PicklistValue } from './types.js';

/** Types as metadata names them. */
export type CustomFieldType =
  | 'AutoNumber'
  | 'Checkbox'
  | 'Currency'
  | 'Date'
  | 'DateTime'
  | 'Email'
  | 'Html'
  | 'Location'
  | 'LongTextArea'
  | 'Lookup'
  | 'MasterDetail'
  | 'MultiselectPicklist'
  | 'Number'
  | 'Percent'
  | 'Phone'
  | 'Picklist'
  | 'Text'
  | 'TextArea'
  | 'Time'
  | 'Url';

export type CustomField = {
  /** API name, ending with `__c`. */
  name: string;
  label?: string;
  type: CustomFieldType;
  length?: number;
  precision?: number;
  scale?: number;
  required?: boolean;
  unique?: boolean;
  externalId?: boolean;
  caseSensitive?: boolean;
  defaultValue?: string | number | boolean;
  /** Lookup and MasterDetail: API name of the parent object. */
  referenceTo?: string;
  /** Name of the relationship seen from the parent, without `__r`. */
  relationshipName?: string;
  values?: PicklistValue[];
  restricted?: boolean;
  /** AutoNumber: format such as `R-{0000}`. */
  displayFormat?: string;
  /** The value is computed; clients never write it. `true`: by something that is not known here. */
  formula?: true | FormulaText;
};

export type CustomObject = {
  /** API name, ending with `__c`. */
  name: string;
  label?: string;
  labelPlural?: string;
  /** The Name field: text, or a number that the platform counts up. */
  nameField?: { type: 'Text' | 'AutoNumber'; label?: string; displayFormat?: string };
  fields: CustomField[];
};

const TYPES: Record<CustomFieldType, FieldType> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Html: 'textarea',
  Location: 'location',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Text: 'string',
  TextArea: 'textarea',
  Time: 'time',
  Url: 'url',
};

/** Lengths that the platform fixes. */
const LENGTHS: Partial<Record<CustomFieldType, number>> = {
  AutoNumber: 30,
  Email: 80,
  Lookup: 18,
  MasterDetail: 18,
  MultiselectPicklist: 4099,
  Phone: 40,
  Picklist: 255,
  TextArea: 255,
  Url: 255,
};

const UNFILTERABLE = new Set<CustomFieldType>(['LongTextArea', 'Html']);
const UNGROUPABLE = new Set<CustomFieldType>([
  'LongTextArea',
  'Html',
  'Number',
  'Currency',
  'Percent',
  'DateTime',
  'MultiselectPicklist',
  'Time',
  'Location',
]);
const NAME_LENGTH = 80;

const bare = (name: string): string => name.replace(/__c$/, '');
const labelOf = (name: string): string => bare(name).replaceAll('_', ' ');

const reference = (field: CustomField): Partial<FieldDef> => ({
  referenceTo: field.referenceTo ? [field.referenceTo] : [],
  relationshipName: field.name.replace(/__c$/, '__r'),
  cascadeDelete: field.type === 'MasterDetail',
  ...(field.relationshipName ? { childRelationshipName: `${field.relationshipName}__r` } : {}),
});

/** Whether a field may be empty and who may write it. */
const access = ({ type, formula, required = false }: CustomField): Partial<FieldDef> => {
  const computed = type === 'AutoNumber' || formula !== undefined;
  const filled = type === 'Checkbox' || type === 'AutoNumber';
  return {
    nillable: formula !== undefined || !(filled || type === 'MasterDetail' || required),
    createable: !computed,
    updateable: !computed && type !== 'MasterDetail',
    defaultedOnCreate: filled,
  };
};

/** How records are found by a field. */
const keys = ({ unique = false, externalId = false, caseSensitive = false }: CustomField): Partial<FieldDef> => ({
  unique,
  externalId,
  caseSensitive,
  idLookup: externalId || unique,
});

const defaultOf = ({ type, values, defaultValue }: CustomField): FieldDef['defaultValue'] =>
  defaultValue ?? values?.find((one) => one.default)?.value ?? (type === 'Checkbox' ? false : undefined);

/** Definition of one custom field. */
export const customField = (field: CustomField): FieldDef => {
  const value = defaultOf(field);
  return plainField(field.name, TYPES[field.type], {
    label: field.label ?? labelOf(field.name),
    length: LENGTHS[field.type] ?? field.length ?? 0,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    ...access(field),
    filterable: !UNFILTERABLE.has(field.type),
    sortable: !UNFILTERABLE.has(field.type) && field.type !== 'MultiselectPicklist',
    groupable: !UNGROUPABLE.has(field.type),
    picklist: field.values ?? [],
    restrictedPicklist: field.restricted ?? false,
    ...keys(field),
    autoNumber: field.type === 'AutoNumber',
    calculated: field.formula !== undefined,
    ...(typeof field.formula === 'object' ? { formula: field.formula } : {}),
    custom: true,
    ...(value === undefined ? {} : { defaultValue: value }),
    ...(TYPES[field.type] === 'reference' ? reference(field) : {}),
    ...(field.displayFormat ? { displayFormat: field.displayFormat } : {}),
  });
};

const system = { createable: false, updateable: false, nillable: false, defaultedOnCreate: true };

const userReference = (name: string, label: string): FieldDef =>
  plainField(name, 'reference', {
    ...system,
    label,
    length: 18,
    referenceTo: ['User'],
    relationshipName: name.replace(/Id$/, ''),
  });

const nameField = ({ nameField: told }: CustomObject): FieldDef => {
  const counted = told?.type === 'AutoNumber';
  return plainField('Name', 'string', {
    label: told?.label ?? 'Name',
    length: NAME_LENGTH,
    nameField: true,
    idLookup: true,
    nillable: !counted,
    createable: !counted,
    updateable: !counted,
    autoNumber: counted,
    defaultedOnCreate: true,
    ...(told?.displayFormat ? { displayFormat: told.displayFormat } : {}),
  });
};

/** A detail record has no owner of its own: it belongs to its master. */
const ownerField = (): FieldDef =>
  plainField('OwnerId', 'reference', {
    label: 'Owner ID',
    length: 18,
    nillable: false,
    defaultedOnCreate: true,
    referenceTo: ['Group', 'User'],
    relationshipName: 'Owner',
  });

const systemFields = (object: CustomObject): FieldDef[] => [
  plainField('Id', 'id', { ...system, label: 'Record ID', length: 18, idLookup: true }),
  ...(object.fields.some(({ type }) => type === 'MasterDetail') ? [] : [ownerField()]),
  plainField('IsDeleted', 'boolean', { ...system, label: 'Deleted' }),
  nameField(object),
  plainField('CreatedDate', 'datetime', { ...system, label: 'Created Date', groupable: false }),
  userReference('CreatedById', 'Created By ID'),
  plainField('LastModifiedDate', 'datetime', { ...system, label: 'Last Modified Date', groupable: false }),
  userReference('LastModifiedById', 'Last Modified By ID'),
  plainField('SystemModstamp', 'datetime', { ...system, label: 'System Modstamp', groupable: false }),
];

/** Definition of a custom object. `keyPrefix` comes from `nextKeyPrefix`, or from the object it replaces. */
export const customObject = (object: CustomObject, keyPrefix: string): ObjectDef => {
  const label = object.label ?? labelOf(object.name);
  return {
    name: object.name,
    label,
    labelPlural: object.labelPlural ?? `${label}s`,
    keyPrefix,
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    setup: false,
    tooling: false,
    fields: fieldMap([...systemFields(object), ...object.fields.map(customField)]),
  };
};

/** The object with more or changed custom fields, as a deploy of fields alone makes it. */
export const withFields = (def: ObjectDef, fields: CustomField[]): ObjectDef => ({
  ...def,
  fields: fieldMap([...def.fields.values(), ...fields.map(customField)]),
});

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The next free key prefix for a custom object: a00, a01 and so on. @throws RangeError when all 3,844 are taken */
export const nextKeyPrefix = (catalog: Catalog): string => {
  for (const second of DIGITS) {
    for (const third of DIGITS) if (!catalog.byPrefix(`a${second}${third}`)) return `a${second}${third}`;
  }
  throw new RangeError('No key prefix is left for a custom object');
};

/** How describe shows one field. */
import { isPermissionable } from '../catalog/permissionable.js';
import type { FieldDef, FieldType, PicklistValue } from '../catalog/types.js';

/** XML schema type of a field type, as describe names it. */
const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  long: 'xsd:long',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
  anyType: 'xsd:anyType',
};

const NUMERIC = new Set<FieldType>(['int', 'long', 'double', 'currency', 'percent']);
const TEXTUAL = new Set<FieldType>([
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'combobox',
  'id',
  'reference',
  'encryptedstring',
]);
const UNCOUNTABLE = new Set<FieldType>(['address', 'location', 'base64']);

/** Longest text that is not a long text area. */
const LONG = 255;
/** Bytes that one character may take. */
const BYTES = 3;

const isLong = (field: FieldDef): boolean => field.type === 'textarea' && field.length > LONG;

const picklistValue = ({ value, label, active, default: isDefault }: PicklistValue): Record<string, unknown> => ({
  active,
  defaultValue: isDefault,
  label,
  validFor: null,
  value,
});

const sizes = (field: FieldDef): Record<string, unknown> => {
  const numeric = NUMERIC.has(field.type);
  const whole = field.type === 'int' || field.type === 'long';
  const ids = field.type === 'id' || field.type === 'reference';
  return {
    byteLength: TEXTUAL.has(field.type) ? (ids ? field.length || 18 : field.length * BYTES) : 0,
    digits: whole ? field.precision : 0,
    length: ids ? field.length || 18 : field.length,
    precision: numeric && !whole ? field.precision : 0,
    scale: numeric ? field.scale : 0,
  };
};

const relations = (field: FieldDef): Record<string, unknown> => ({
  cascadeDelete: field.cascadeDelete,
  polymorphicForeignKey: field.referenceTo.length > 1,
  referenceTargetField: null,
  referenceTo: field.referenceTo,
  relationshipName: field.relationshipName ?? null,
  relationshipOrder: field.cascadeDelete ? 0 : null,
  restrictedDelete: false,
  writeRequiresMasterRead: false,
});

const rights = (field: FieldDef): Record<string, unknown> => ({
  createable: field.createable,
  defaultedOnCreate: field.defaultedOnCreate,
  filterable: field.filterable,
  groupable: field.groupable,
  nillable: field.nillable,
  permissionable: isPermissionable(field),
  sortable: field.sortable,
  updateable: field.updateable,
});

const nature = (field: FieldDef): Record<string, unknown> => ({
  aggregatable: !UNCOUNTABLE.has(field.type) && field.type !== 'boolean' && !isLong(field),
  aiPredictionField: false,
  autoNumber: field.autoNumber,
  calculated: field.calculated,
  calculatedFormula: field.formula?.text ?? null,
  caseSensitive: field.caseSensitive,
  compoundFieldName: field.compoundFieldName ?? null,
  controllerName: null,
  custom: field.custom,
  defaultValue: field.type === 'boolean' ? (field.defaultValue ?? false) : (field.defaultValue ?? null),
  defaultValueFormula: null,
  dependentPicklist: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  encrypted: field.type === 'encryptedstring',
  externalId: field.externalId,
  extraTypeInfo: field.type === 'textarea' ? (isLong(field) ? 'plaintextarea' : null) : null,
  filteredLookupInfo: null,
  formulaTreatNullNumberAsZero: false,
  highScaleNumber: false,
  htmlFormatted: false,
  idLookup: field.idLookup || field.externalId,
  inlineHelpText: null,
  mask: null,
  maskType: null,
  nameField: field.nameField,
  namePointing: field.referenceTo.length > 1,
  queryByDistance: field.type === 'location',
  restrictedPicklist: field.restrictedPicklist,
  searchPrefilterable: field.type === 'reference',
  soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
  unique: field.unique,
});

/** One element of `fields` in a describe result. */
export const describeField = (field: FieldDef): Record<string, unknown> => ({
  ...nature(field),
  ...rights(field),
  ...sizes(field),
  ...relations(field),
  label: field.label,
  name: field.name,
  picklistValues: field.picklist.map(picklistValue),
  type: field.type,
});

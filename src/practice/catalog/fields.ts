/** Makes full field definitions out of the few facts that tell one field from another. */
import type { FieldDef, FieldType, PicklistValue } from './types.js';

/** Facts beyond type, length and properties. */
export type FieldFacts = {
  ref?: string[];
  rel?: string;
  child?: string;
  precision?: number;
  scale?: number;
  digits?: number;
  /** Picklist values in order; `*` at the end marks the default. */
  values?: string[];
  default?: string | number | boolean;
  unique?: boolean;
  caseSensitive?: boolean;
  compound?: string;
};

/**
 * A field in compact form: type, length, letters of its properties, label, more facts. The letters: Create Update
 * Filter Group Sort Nillable Defaulted-on-create Restricted-picklist Id-lookup Autonumber.
 */
export type CompactField = [type: FieldType, length: number, letters: string, label: string, more?: FieldFacts];

const picklistValue = (text: string): PicklistValue => {
  const isDefault = text.endsWith('*');
  const value = isDefault ? text.slice(0, -1) : text;
  return { value, label: value, active: true, default: isDefault };
};

/** Field definition with every property that was not told left at the platform's usual value. */
export const plainField = (name: string, type: FieldType, told: Partial<FieldDef> = {}): FieldDef => ({
  name,
  label: name,
  type,
  length: 0,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  groupable: true,
  sortable: true,
  defaultedOnCreate: false,
  referenceTo: [],
  cascadeDelete: false,
  picklist: [],
  restrictedPicklist: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  idLookup: false,
  nameField: false,
  autoNumber: false,
  calculated: false,
  custom: false,
  ...told,
});

/** Reads the letters of the compact form. */
const properties = (letters: string): Partial<FieldDef> => ({
  nillable: letters.includes('N'),
  createable: letters.includes('C'),
  updateable: letters.includes('U'),
  filterable: letters.includes('F'),
  groupable: letters.includes('G'),
  sortable: letters.includes('S'),
  defaultedOnCreate: letters.includes('D'),
  restrictedPicklist: letters.includes('R'),
  idLookup: letters.includes('I'),
  autoNumber: letters.includes('A'),
});

const defaultOf = (type: FieldType, letters: string, more: FieldFacts): FieldDef['defaultValue'] =>
  more.default ??
  more.values?.find((value) => value.endsWith('*'))?.slice(0, -1) ??
  (type === 'boolean' && letters.includes('C') ? false : undefined);

/** Expands one field of a data file. */
export const expandField = (name: string, compact: CompactField, isName: boolean): FieldDef => {
  const [type, length, letters, label, more = {}] = compact;
  const defaultValue = defaultOf(type, letters, more);
  return plainField(name, type, {
    ...properties(letters),
    // A checkbox is never empty, so a create may always leave it out, whatever its reference says.
    ...(type === 'boolean' ? { defaultedOnCreate: true, nillable: false } : {}),
    label,
    length,
    precision: more.precision ?? (type === 'int' ? (more.digits ?? 8) : 0),
    scale: more.scale ?? 0,
    referenceTo: more.ref ?? [],
    picklist: (more.values ?? []).map(picklistValue),
    unique: more.unique ?? false,
    caseSensitive: more.caseSensitive ?? false,
    nameField: isName,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(more.rel ? { relationshipName: more.rel } : {}),
    ...(more.child ? { childRelationshipName: more.child } : {}),
    ...(more.compound ? { compoundFieldName: more.compound } : {}),
  });
};

/** Map of fields by name in lower case, as the catalogue keeps them. */
export const fieldMap = (fields: Iterable<FieldDef>): Map<string, FieldDef> => {
  const map = new Map<string, FieldDef>();
  for (const field of fields) map.set(field.name.toLowerCase(), field);
  return map;
};

/** Field types as `describe` names them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'encryptedstring'
  | 'address'
  | 'location'
  | 'base64'
  | 'anyType';

/** A formula as it was deployed; empty numbers count as zero unless they are told to count as nothing. */
export type FormulaText = { text: string; blankAsBlank: boolean };

export type PicklistValue = { value: string; label: string; active: boolean; default: boolean };

/** One field of the object catalogue. Compound fields (`address`) have no column of their own. */
export type FieldDef = {
  name: string;
  label: string;
  type: FieldType;
  /** Maximum length of text, in characters; 0 where it does not apply. */
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  filterable: boolean;
  groupable: boolean;
  sortable: boolean;
  /** The platform fills it on create when the client leaves it out. */
  defaultedOnCreate: boolean;
  defaultValue?: string | number | boolean;
  referenceTo: string[];
  /** Name of the parent relationship, such as `Owner`; absent where SOQL has none. */
  relationshipName?: string;
  /** Name of the relationship seen from the parent, such as `Contacts`. */
  childRelationshipName?: string;
  cascadeDelete: boolean;
  picklist: PicklistValue[];
  restrictedPicklist: boolean;
  unique: boolean;
  caseSensitive: boolean;
  externalId: boolean;
  idLookup: boolean;
  nameField: boolean;
  autoNumber: boolean;
  /** Value comes from the platform or a formula; clients never write it. */
  calculated: boolean;
  custom: boolean;
  /** Format of an auto-number, such as `R-{0000}`. */
  displayFormat?: string;
  /** Formula of a field that is computed from the record's own fields. */
  formula?: FormulaText;
  /** Compound field that this one is a part of, such as `Name` or `Address`. */
  compoundFieldName?: string;
};

/** One object of the catalogue, standard or deployed. */
export type ObjectDef = {
  name: string;
  label: string;
  labelPlural: string;
  /** First three characters of its record ids. */
  keyPrefix: string;
  custom: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  queryable: boolean;
  /** Setup object: must not share a transaction with ordinary objects (platform-facts C6). */
  setup: boolean;
  /** Answers only under the Tooling API. */
  tooling: boolean;
  /** By field name in lower case. */
  fields: ReadonlyMap<string, FieldDef>;
};

/** Every object the practice org knows. Names are matched without case, as the platform does. */
export type Catalog = {
  object(name: string): ObjectDef | undefined;
  /** @throws PlatformError INVALID_TYPE (REST 404 or 400 by caller) where the object is unknown. */
  require(name: string): ObjectDef;
  objects(): Iterable<ObjectDef>;
  byPrefix(prefix: string): ObjectDef | undefined;
  /** Adds or replaces an object, as a metadata deploy does; its table follows in the same transaction. */
  add(def: ObjectDef): void;
  /** Takes an object away, as a destructive deploy does. */
  remove(name: string): void;
  /** Calls `listener` after each `add` and `remove`; the store keeps its tables in step this way. */
  watch(listener: (change: CatalogChange) => void): void;
};

/** What happened to one object of the catalogue: `def` is absent where it was removed, `previous` where it is new. */
export type CatalogChange = { def?: ObjectDef; previous?: ObjectDef };

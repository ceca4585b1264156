/** `ui-api/object-info`: an object and its fields as the user sees them. */
import type { Catalog, FieldDef, FieldType, ObjectDef } from '../catalog/types.js';
import type { Session } from '../contracts.js';
import { ok, type Call, type Reply } from '../http/call.js';
import { batchOf, tagged } from './bodies.js';
import { isShown, MASTER, nameFields, shownObject } from './objects.js';

type Json = Record<string, unknown>;

const DATA_TYPES: Partial<Record<FieldType, string>> = {
  id: 'Reference',
  multipicklist: 'MultiPicklist',
  textarea: 'TextArea',
  datetime: 'DateTime',
  combobox: 'ComboBox',
  encryptedstring: 'EncryptedString',
  long: 'Long',
  anyType: 'ComplexValue',
};

/** Name of a type in the user interface: `Picklist`, `DateTime`. */
export const dataTypeOf = ({ type }: FieldDef): string => DATA_TYPES[type] ?? type[0]!.toUpperCase() + type.slice(1);

const referenceTo = (catalog: Catalog, field: FieldDef): Json[] =>
  field.referenceTo.flatMap((apiName) => {
    const def = catalog.object(apiName);
    return def ? [{ apiName, nameFields: nameFields(def) }] : [];
  });

/** Required in a form: it cannot be empty, and nothing fills it. */
const isRequired = (field: FieldDef): boolean =>
  !field.nillable && field.type !== 'boolean' && !field.defaultedOnCreate && (field.createable || field.updateable);

const relation = (catalog: Catalog, field: FieldDef): Json => ({
  polymorphicForeignKey: field.referenceTo.length > 1,
  reference: field.type === 'reference',
  referenceTargetField: null,
  referenceToInfos: referenceTo(catalog, field),
  relationshipName: field.relationshipName ?? null,
});

const rights = (field: FieldDef): Json => ({
  calculated: field.calculated,
  createable: field.createable,
  filterable: field.filterable,
  required: isRequired(field),
  searchPrefilterable: field.type === 'reference',
  sortable: field.sortable,
  unique: field.unique,
  updateable: field.updateable,
});

/** One field. What the practice org has not, such as dependent picklists and masks, is empty. */
export const fieldInfo = (catalog: Catalog, field: FieldDef): Json => ({
  apiName: field.name,
  compound: field.type === 'address' || field.type === 'location',
  compoundComponentName: field.compoundFieldName ? field.name : null,
  compoundFieldName: field.compoundFieldName ?? null,
  controllerName: null,
  controllingFields: [],
  custom: field.custom,
  dataType: dataTypeOf(field),
  extraTypeInfo: field.type === 'textarea' && field.length > 255 ? 'PlainTextArea' : null,
  filteredLookupInfo: null,
  highScaleNumber: false,
  htmlFormatted: false,
  inlineHelpText: null,
  label: field.label,
  length: field.length,
  maskType: null,
  nameField: field.nameField,
  precision: field.precision,
  scale: field.scale,
  ...rights(field),
  ...relation(catalog, field),
});

const childRelationships = (catalog: Catalog, session: Session, def: ObjectDef): Json[] =>
  [...catalog.objects()]
    .filter((child) => isShown(child, session))
    .flatMap((child) =>
      [...session.view(child).fields.values()]
        .filter((field) => field.childRelationshipName !== undefined && field.referenceTo.includes(def.name))
        .map((field) => ({
          childObjectApiName: child.name,
          fieldName: field.name,
          junctionIdListNames: [],
          junctionReferenceTo: [],
          relationshipName: field.childRelationshipName,
        }))
    );

const masterType = {
  available: true,
  defaultRecordTypeMapping: true,
  master: true,
  name: 'Master',
  recordTypeId: MASTER,
};

/** The whole of an object that the user sees. */
export const objectInfo = (catalog: Catalog, session: Session, def: ObjectDef): Json => {
  const layoutable = def.createable && !def.setup;
  return tagged({
    apiName: def.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: childRelationships(catalog, session, def),
    compactLayoutable: layoutable,
    createable: def.createable && session.can('create', def),
    custom: def.custom,
    defaultRecordTypeId: MASTER,
    deletable: def.deletable && session.can('delete', def),
    dependentFields: {},
    feedEnabled: layoutable,
    fields: Object.fromEntries([...def.fields.values()].map((field) => [field.name, fieldInfo(catalog, field)])),
    keyPrefix: def.keyPrefix || null,
    label: def.label,
    labelPlural: def.labelPlural,
    layoutable,
    mruEnabled: layoutable,
    nameFields: nameFields(def),
    queryable: def.queryable,
    recordTypeInfos: { [MASTER]: masterType },
    searchLayoutable: layoutable,
    searchable: layoutable || def.name === 'User',
    themeInfo: null,
    updateable: def.updateable && session.can('edit', def),
  });
};

const infoOf = (call: Call, name: string): Json =>
  objectInfo(call.org.catalog, call.session, shownObject(call.org, call.session, name));

const single = (call: Call): Reply => ok(infoOf(call, call.param('object')));

const batch = (call: Call): Reply => batchOf(call.param('objects'), (name) => infoOf(call, name));

/** Every object that the user sees, in short. */
const directory = (call: Call): Reply => {
  const { catalog } = call.org;
  const objects = [...catalog.objects()]
    .filter((def) => isShown(def, call.session))
    .map((def) => [
      def.name,
      {
        apiName: def.name,
        keyPrefix: def.keyPrefix,
        label: def.label,
        labelPlural: def.labelPlural,
        nameFields: nameFields(def),
        objectInfoUrl: `${call.base}/ui-api/object-info/${def.name}`,
      },
    ]);
  return ok({ objects: Object.fromEntries(objects) as Json });
};

export const objectInfoHandlers = { single, batch, directory };

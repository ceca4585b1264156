/** Rows of the objects that are computed: EntityDefinition, FieldDefinition and UserRecordAccess. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type { Session } from '../contracts.js';
import { usualDefault } from '../sharing/models.js';
import type { Sharing } from '../sharing/types.js';
import type { VirtualRows } from './context.js';
import { accessRows } from './record-access.js';

/** What queries need of the sharing room. */
export type QuerySharing = Pick<Sharing, 'accessTo' | 'filter'> & { defaults: Pick<Sharing['defaults'], 'of'> };

/** An engine without sharing knows nobody's access. */
const NO_SHARING: Pick<Sharing, 'accessTo'> = { accessTo: () => new Map() };

type VirtualRow = Record<string, string | number | boolean | null>;

const bareName = (def: ObjectDef): string => def.name.replace(/__c$/, '');

/** Custom objects have an id of their own there, standard ones their name. */
const durableId = (def: ObjectDef): string => (def.custom ? `01I${def.keyPrefix.padStart(12, '0')}` : def.name);

const entityRow = (def: ObjectDef, sharing: QuerySharing | undefined): VirtualRow => {
  const { internal, external } = sharing?.defaults.of(def) ?? usualDefault(def);
  return {
    Id: '000000000000000AAA',
    DurableId: durableId(def),
    QualifiedApiName: def.name,
    DeveloperName: bareName(def),
    NamespacePrefix: null,
    Label: def.label,
    MasterLabel: def.label,
    PluralLabel: def.labelPlural,
    KeyPrefix: def.keyPrefix || null,
    InternalSharingModel: internal,
    ExternalSharingModel: external,
    IsCustomizable: def.custom || (def.createable && !def.name.endsWith('Share')),
    IsCustomSetting: false,
    IsQueryable: def.queryable,
    IsApexTriggerable: def.createable && !def.setup,
    IsSearchable: def.createable && !def.setup,
    IsRetrieveable: def.queryable,
    IsEverCreatable: def.createable,
    IsEverUpdatable: def.updateable,
    IsEverDeletable: def.deletable,
    IsDeprecatedAndHidden: false,
    HelpSettingPageName: null,
    LastModifiedDate: null,
  };
};

const DATA_TYPES: Partial<Record<FieldDef['type'], string>> = {
  id: 'ID',
  boolean: 'Checkbox',
  picklist: 'Picklist',
  multipicklist: 'Picklist (Multi-Select)',
  datetime: 'Date/Time',
  date: 'Date',
  time: 'Time',
  email: 'Email',
  phone: 'Phone',
  url: 'URL',
  address: 'Address',
  location: 'Geolocation',
  combobox: 'Picklist',
  base64: 'Base64',
  anyType: 'Unknown',
};

const dataType = (field: FieldDef): string => {
  if (field.autoNumber) return 'Auto Number';
  if (field.type === 'reference') return `Lookup(${field.referenceTo.join(',')})`;
  if (field.type === 'string' || field.type === 'encryptedstring') return `Text(${field.length})`;
  if (field.type === 'textarea') return `${field.length > 255 ? 'Long ' : ''}Text Area(${field.length})`;
  const size = `(${field.precision - field.scale}, ${field.scale})`;
  if (field.type === 'currency' || field.type === 'percent')
    return field.type[0]!.toUpperCase() + field.type.slice(1) + size;
  return DATA_TYPES[field.type] ?? `Number${size}`;
};

const fieldRow = (def: ObjectDef, field: FieldDef): VirtualRow => {
  const developerName = field.name.replace(/__c$/, '');
  return {
    Id: '000000000000000AAA',
    DurableId: `${durableId(def)}.${developerName}`,
    QualifiedApiName: field.name,
    DeveloperName: developerName,
    EntityDefinitionId: durableId(def),
    Label: field.label,
    MasterLabel: field.label,
    DataType: dataType(field),
    ValueTypeId: field.type,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsNillable: field.nillable,
    IsCalculated: field.calculated,
    IsIndexed: field.type === 'id' || field.type === 'reference' || field.unique || field.externalId || field.nameField,
    IsNameField: field.nameField,
    IsCompound: field.type === 'address' || field.type === 'location',
  };
};

/** Rows of the virtual objects of an org. `Name` has none: it only stands behind polymorphic relationships. */
export const virtualRows =
  (catalog: Catalog, session: Session, sharing: QuerySharing | undefined): VirtualRows =>
  (def, where) => {
    const defs = [...catalog.objects()].filter((one) => one.queryable);
    if (def.name === 'EntityDefinition') return defs.map((one) => entityRow(one, sharing));
    if (def.name === 'FieldDefinition')
      return defs.flatMap((one) => [...one.fields.values()].map((field) => fieldRow(one, field)));
    if (def.name === 'UserRecordAccess') return accessRows(catalog, session, sharing ?? NO_SHARING, where);
    return [];
  };

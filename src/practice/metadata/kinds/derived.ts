/** Definitions of custom objects and fields that no deploy brought, out of the catalogue. */
import type { CustomFieldType } from '../../catalog/custom.js';
import type { FieldDef, ObjectDef, PicklistValue } from '../../catalog/types.js';
import type { Body } from '../types.js';

const TYPES: Partial<Record<FieldDef['type'], CustomFieldType>> = {
  boolean: 'Checkbox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'DateTime',
  email: 'Email',
  location: 'Location',
  multipicklist: 'MultiselectPicklist',
  percent: 'Percent',
  phone: 'Phone',
  picklist: 'Picklist',
  time: 'Time',
  url: 'Url',
};

/** Longest text of a plain text area. */
const AREA = 255;

const typeOf = (field: FieldDef): CustomFieldType => {
  if (field.autoNumber) return 'AutoNumber';
  if (field.type === 'reference') return field.cascadeDelete ? 'MasterDetail' : 'Lookup';
  if (field.type === 'textarea') return field.length > AREA ? 'LongTextArea' : 'TextArea';
  if (field.type === 'double') return 'Number';
  return TYPES[field.type] ?? 'Text';
};

const valueOf = ({ value, label, active, default: isDefault }: PicklistValue): Body => ({
  fullName: value,
  default: String(isDefault),
  ...(active ? {} : { isActive: 'false' }),
  label,
});

const sizes = (type: CustomFieldType, field: FieldDef): Body => {
  if (type === 'Text') return { length: String(field.length) };
  if (type === 'LongTextArea') return { length: String(field.length), visibleLines: '3' };
  if (type === 'Number' || type === 'Currency' || type === 'Percent') {
    return { precision: String(field.precision), scale: String(field.scale) };
  }
  return {};
};

/** Definition of a custom field. */
export const fieldBody = (field: FieldDef): Body => {
  const type = typeOf(field);
  const flags = { externalId: field.externalId, unique: field.unique, caseSensitive: field.caseSensitive };
  const required = !field.nillable && field.createable && type !== 'MasterDetail' && type !== 'Checkbox';
  return {
    label: field.label,
    type,
    ...sizes(type, field),
    ...Object.fromEntries(Object.entries(flags).flatMap(([name, on]) => (on ? [[name, 'true']] : []))),
    ...(required ? { required: 'true' } : {}),
    ...(type === 'Checkbox' ? { defaultValue: String(field.defaultValue ?? false) } : {}),
    ...(field.displayFormat ? { displayFormat: field.displayFormat } : {}),
    ...(field.referenceTo[0] ? { referenceTo: field.referenceTo[0] } : {}),
    ...(field.childRelationshipName ? { relationshipName: field.childRelationshipName.replace(/__r$/, '') } : {}),
    ...(field.picklist.length > 0
      ? {
          valueSet: {
            ...(field.restrictedPicklist ? { restricted: 'true' } : {}),
            valueSetDefinition: { sorted: 'false', value: field.picklist.map(valueOf) },
          },
        }
      : {}),
  };
};

/** Definition of a custom object, without its fields. */
export const objectBody = (def: ObjectDef): Body => {
  const name = def.fields.get('name');
  return {
    deploymentStatus: 'Deployed',
    label: def.label,
    nameField: {
      ...(name?.displayFormat ? { displayFormat: name.displayFormat } : {}),
      label: name?.label ?? 'Name',
      type: name?.autoNumber ? 'AutoNumber' : 'Text',
    },
    pluralLabel: def.labelPlural,
  };
};

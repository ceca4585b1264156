/** Which fields a permission can be given on; all others are seen by everybody who sees the object. */
import type { FieldDef, ObjectDef } from './types.js';

/**
 * Standard fields that clients may write and that no permission is kept on. That the platform keeps none on these is an
 * assumption; of required and name fields the Metadata API guide (PermissionSet, fieldPermissions) says so.
 */
const OPEN: ReadonlySet<string> = new Set([
  'RecordTypeId',
  'IsConverted',
  'IsUnreadByOwner',
  'IsPartner',
  'IsCustomerPortal',
  'CanAllowPortalSelfReg',
]);

const isCompound = ({ type }: FieldDef): boolean => type === 'address' || type === 'location';

/** Checkboxes are never empty, and are required no less for that. */
const isRequired = (field: FieldDef): boolean =>
  !field.nillable && field.type !== 'boolean' && !field.autoNumber && !field.calculated;

/** Whether permissions are kept on the field: not on ids, names, required fields, masters and what the system fills. */
export const isPermissionable = (field: FieldDef): boolean => {
  if (field.type === 'id' || field.nameField || field.cascadeDelete || OPEN.has(field.name)) return false;
  if (field.custom) return !isRequired(field);
  return isCompound(field) || ((field.createable || field.updateable) && !isRequired(field));
};

/**
 * The field whose permission counts for a field, undefined where none does: parts of an address go with it, parts of a name
 * are seen by all.
 */
export const permissionField = (def: ObjectDef, field: FieldDef): FieldDef | undefined => {
  const whole = field.compoundFieldName ? def.fields.get(field.compoundFieldName.toLowerCase()) : undefined;
  const deciding = whole ?? field;
  return isPermissionable(deciding) ? deciding : undefined;
};

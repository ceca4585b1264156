/** The platform's wording of what keeps a record from being saved. Rules throw these; the saver reports them per record. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { PlatformError, type SaveError } from '../errors.js';

const failure = (code: string, message: string, fields: string[] = []): PlatformError =>
  new PlatformError(code, message, 400, fields);

export const fail = {
  of: failure,
  unknownField: (def: ObjectDef, name: string): PlatformError =>
    failure('INVALID_FIELD', `No such column '${name}' on sobject of type ${def.name}`),
  notWritable: (fields: string[]): PlatformError =>
    failure(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and ` +
        'verify that it is read/write for your profile or permission set.',
      fields
    ),
  idOnInsert: (): PlatformError =>
    failure('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']),
  missing: (fields: string[]): PlatformError =>
    failure('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields),
  noId: (operation: string): PlatformError => failure('MISSING_ARGUMENT', `Id not specified in an ${operation} call`),
  malformedId: (id: string): PlatformError => failure('MALFORMED_ID', `malformed id ${id}`),
  wrongId: (def: ObjectDef, id: string): PlatformError =>
    failure('MALFORMED_ID', `${def.label} ID: id value of incorrect type: ${id}`, ['Id']),
  noSuchRecord: (): PlatformError => failure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
  deleted: (): PlatformError => failure('ENTITY_IS_DELETED', 'entity is deleted'),
  duplicateId: (id: string): PlatformError => failure('DUPLICATE_VALUE', `Duplicate id in list: ${id}`, ['Id']),
  malformedReference: (field: FieldDef, id: string): PlatformError =>
    failure('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]),
  wrongReference: (field: FieldDef, id: string): PlatformError =>
    failure('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]),
  noTarget: (field: string): PlatformError =>
    failure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field]),
  noForeignKey: (key: string, field: string, entity: string): PlatformError =>
    failure('INVALID_FIELD', `Foreign key external ID: ${key} not found for field ${field} in entity ${entity}`),
  tooLong: (field: FieldDef, value: string): PlatformError =>
    failure('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length})`, [
      field.name,
    ]),
  badPicklist: (field: FieldDef, value: string): PlatformError =>
    failure(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${value}`,
      [field.name]
    ),
  badEmail: (field: FieldDef, value: string): PlatformError =>
    failure('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]),
  duplicateValue: (field: string, id: string): PlatformError =>
    failure('DUPLICATE_VALUE', `duplicate value found: ${field} duplicates value on record with id: ${id}`, [field]),
  locked: (): PlatformError => failure('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  noAccess: (): PlatformError => failure('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'),
  /** A record that exists, but not for this user. */
  unseenRecord: (...fields: string[]): PlatformError =>
    failure(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
      fields
    ),
  integrity: (message: string, ...fields: string[]): PlatformError =>
    failure('FIELD_INTEGRITY_EXCEPTION', message, fields),
};

/** The answer of the other records of an all-or-none request of which one failed. */
export const rolledBack: SaveError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** A thrown failure as the error of one record. */
export const toSaveError = (error: PlatformError): SaveError => ({
  statusCode: error.errorCode,
  message: error.message,
  fields: error.fields,
});

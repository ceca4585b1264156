/** Errors of the API of the user interface (User Interface API Developer Guide, Status Codes and Error Responses). */
import type { ObjectDef } from '../catalog/types.js';
import { PlatformError, type SaveError } from '../errors.js';
import type { Reply } from '../http/call.js';

/** A record that the user may not see; the text is the platform's. */
export const noRecordAccess = (): PlatformError =>
  new PlatformError(
    'INSUFFICIENT_ACCESS',
    "You don't have access to this record. Ask your administrator for help or to request access.",
    403
  );

/** A field that exists, but not for this user. The platform's own words and status for it are not known. [M] */
export const noFieldAccess = (def: ObjectDef, name: string): PlatformError =>
  new PlatformError('INSUFFICIENT_ACCESS', `You don't have access to the field ${def.name}.${name}.`, 403, [name]);

const CODES: Readonly<Record<string, number>> = {
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 403,
  INVALID_CROSS_REFERENCE_KEY: 404,
  ENTITY_IS_DELETED: 404,
};

const detail = (def: ObjectDef, { statusCode, message }: SaveError, field: string | null): object => ({
  constituentField: null,
  duplicateRecordError: null,
  errorCode: statusCode,
  field,
  fieldLabel: field === null ? null : (def.fields.get(field.toLowerCase())?.label ?? field),
  message,
});

/** Errors of fields by the name of the field; the others apart. */
const sorted = (def: ObjectDef, errors: readonly SaveError[]): object => {
  const fieldErrors: Record<string, object[]> = {};
  for (const error of errors) {
    for (const field of error.fields) (fieldErrors[field] ??= []).push(detail(def, error, field));
  }
  const page = errors.filter(({ fields }) => fields.length === 0).map((error) => detail(def, error, null));
  return { errors: page, fieldErrors };
};

/** What a record that could not be saved answers. @param verb `create`, `update`, `delete` */
export const recordError = (def: ObjectDef, verb: string, errors: readonly SaveError[]): Reply => {
  const statusCode = CODES[errors[0]?.statusCode ?? ''] ?? 400;
  return {
    status: statusCode,
    body: {
      message: `An error occurred while trying to ${verb} the record. Please try again.`,
      statusCode,
      enhancedErrorType: 'RecordError',
      output: sorted(def, errors),
    },
  };
};

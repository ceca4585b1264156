import { PlatformError, type SaveError } from '../errors.js';
import type { Reply } from './call.js';

/** One element of a REST error answer (platform-facts C5). */
export type RestError = { message: string; errorCode: string; fields?: string[] };

/** REST answer for a refused request. Anything unforeseen is a 500 and says so. */
export const errorReply = (error: unknown): Reply => {
  if (error instanceof PlatformError) {
    const body: RestError = { message: error.message, errorCode: error.errorCode };
    if (error.fields.length > 0) body.fields = error.fields;
    return { status: error.status, body: [body] };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: [{ message: `Practice org failed: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }] };
};

const statusByCode: Record<string, number> = {
  ENTITY_IS_DELETED: 404,
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  NOT_FOUND: 404,
};

/** REST answer for a record that could not be saved: all its errors, 400 except for a few codes. */
export const saveErrorReply = (errors: SaveError[]): Reply => ({
  status: statusByCode[errors[0]?.statusCode ?? ''] ?? 400,
  body: errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields })),
});

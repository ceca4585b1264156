/** Whether assignments can be recorded in the org. */
import type { Connection } from '@salesforce/core';
import { ASSIGNMENT } from '../assignments/index.js';
import { PackageMissing } from '../rotation/records/index.js';

/** @throws PackageMissing where the object is not there, or the running user may make no records of it */
export async function requireRecording(conn: Connection): Promise<void> {
  const { createable } = await conn.describe(ASSIGNMENT).catch((error: unknown) => {
    const { errorCode = '', message } = error as { errorCode?: string; message: string };
    if (/NOT_FOUND|INVALID_TYPE/.test(errorCode)) throw new PackageMissing(message);
    throw error;
  });
  if (!createable) throw new PackageMissing(`you may not make records of ${ASSIGNMENT}`);
}

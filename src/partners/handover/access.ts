/** Whether the running user may change owners at all: told before anything else, not row by row. */
import type { Connection } from '@salesforce/core';
import { HandoverError } from './errors.js';

/** @throws HandoverError where the owner of an object cannot be set */
export async function requireOwnerAccess(conn: Connection, leads: boolean): Promise<void> {
  for (const object of leads ? ['Account', 'Lead'] : ['Account']) {
    const { updateable, fields } = await conn.describe(object);
    const owner = fields.find(({ name }) => name === 'OwnerId');
    if (!updateable || !owner?.updateable) throw new HandoverError('access', [], object);
  }
}

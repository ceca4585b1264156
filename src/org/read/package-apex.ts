/** Whether the Apex of our package answers to the running user. */
import type { Connection } from '@salesforce/core';

/** The class that reassigns leads, 200 a call, with the platform's mail to new owners. */
export const REASSIGN_PATH = '/services/apexrest/channel-desk/reassign';

/** What the org says where the class is not there, not open to the user, or refuses him for want of its permission. */
const NOT_OPEN = new Set(['NOT_FOUND', 'FORBIDDEN', 'INSUFFICIENT_ACCESS', 'APEX_ERROR']);

/**
 * Asks the class to give away no lead at all: it answers nothing where it is there, open to the user, and he has its permission.
 * @throws the org's error where it says something else
 */
export async function hasReassignApex(conn: Connection): Promise<boolean> {
  try {
    const answer: unknown = await conn.request({
      ...{ method: 'POST', url: REASSIGN_PATH, headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ rows: [], notifyOwners: false }),
    });
    return Array.isArray(answer);
  } catch (error) {
    if (NOT_OPEN.has((error as { errorCode?: string }).errorCode ?? '')) return false;
    throw error;
  }
}

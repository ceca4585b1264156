/** Whether the Apex of our package answers to the running user. */
import type { Connection } from '@salesforce/core';
import { getText } from './http.js';

/** The class that reassigns leads, 200 a call, with the platform's mail to new owners. */
export const REASSIGN_PATH = '/services/apexrest/channel-desk/reassign';

/**
 * Asks for the class by a method that it does not have: it says so where it is there and open to the user. Nothing is run.
 * @throws the org's error where it says something else than that
 */
export async function hasReassignApex(conn: Connection): Promise<boolean> {
  try {
    await getText(conn, REASSIGN_PATH, 'application/json');
    return false;
  } catch (error) {
    const { errorCode } = error as { errorCode?: string };
    if (errorCode === 'METHOD_NOT_ALLOWED') return true;
    if (errorCode === 'NOT_FOUND' || errorCode === 'FORBIDDEN') return false;
    throw error;
  }
}

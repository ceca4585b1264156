/** Logins of users. */
import type { Connection } from '@salesforce/core';

/**
 * Resets the password of a user: the old one stops working, and a mail with a link goes out (platform-facts C7). The answer
 * holds a password that nobody needs to know; it is dropped here.
 */
export async function resetPassword(conn: Connection, userId: string): Promise<void> {
  const url = `${conn.baseUrl()}/sobjects/User/${encodeURIComponent(userId)}/password`;
  // The client would send a DELETE again by itself; each one is a mail.
  await conn.request({ method: 'DELETE', url }, { retry: { methods: [] } });
}

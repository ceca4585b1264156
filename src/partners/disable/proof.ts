/** Proof after partnerships have ended: what should be gone is looked for. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { Batch } from '../batch.js';
import { accountsById } from '../owned-accounts.js';
import { askPartnerUsers, askPortalRoles } from '../portal.js';
import type { DisableDetails } from './details.js';

const count = z.number().int().nonnegative();

export const disableProofSchema = z.object({
  /** Accounts that are no partners any more, of those of the plan. */
  accounts: z.object({ ended: count, of: count }),
  /** Portal roles that are still there; null where they may not be seen. */
  portalRolesLeft: count.nullable(),
  /** Partner users who are still active; null where they may not be seen. */
  stillActive: z
    .array(z.object({ id: z.string(), name: z.string(), username: z.string(), account: z.string() }))
    .nullable(),
  differences: z.array(z.string()),
});

export type DisableProof = z.infer<typeof disableProofSchema>;

/** Reads accounts, portal roles and users again. */
export async function proveDisable(conn: Connection, details: DisableDetails): Promise<DisableProof> {
  const ids = details.accounts.map(({ id }) => id);
  const accounts = await accountsById(conn, ids);
  const ended = accounts.filter(({ isPartner }) => !isPartner);
  const isGone = new Set(ended.map(({ id }) => id));
  const names = new Map([...accounts, ...details.skipped].map(({ id, name }) => [id, name]));
  const batch = new Batch();
  const roles = askPortalRoles(batch, ids);
  const users = askPartnerUsers(batch, details.named);
  await batch.ask(conn);
  const [left, people] = [roles(), users()];
  const active = people.known
    ? people.value
        .filter(({ IsActive }) => IsActive)
        .map((row) => ({
          id: row.Id,
          name: row.Name,
          username: row.Username,
          account: names.get(row.AccountId) ?? row.AccountId,
        }))
    : null;
  return {
    accounts: { ended: ended.length, of: ids.length },
    portalRolesLeft: left.known ? left.value.length : null,
    stillActive: active,
    differences: [
      ...details.accounts.flatMap(({ id, name }) => (isGone.has(id) ? [] : [`${name} is still a partner.`])),
      ...(left.known ? left.value.map(({ Name }) => `The portal role ${Name} is still there.`) : []),
      ...(details.deactivateRest ? (active ?? []).map(({ name }) => `${name} is still active.`) : []),
    ],
  };
}

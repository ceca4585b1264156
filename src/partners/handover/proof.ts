/** Proof after a handover: what hangs on the owners is read again, and compared with what the plan said. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { all, compare, countOf, queryAll, select } from '../../org/read/index.js';
import { Batch, type Answer } from '../batch.js';
import { accountsById } from '../owned-accounts.js';
import { askPortalRoles, rowsBy, topRoles, type PortalRoleRow } from '../portal.js';
import type { HandoverDetails } from './details.js';
import { askChildren, CHILDREN } from './read.js';

const count = z.number().int().nonnegative();

export const handoverProofSchema = z.object({
  /** Accounts that the new manager owns, of those of the plan. */
  accounts: z.object({ moved: count, of: count }),
  /** Portal roles that were looked at; null where they may not be seen. */
  portalRoles: z.object({ checked: count }).nullable(),
  /** Shares by hand that the accounts still have. */
  manualSharesLeft: count.nullable(),
  /** Records of the accounts that the former manager still owns. */
  children: z.object({ Contact: count.nullable(), Opportunity: count.nullable(), Case: count.nullable() }),
  /** Partner accounts that the former manager still owns. */
  remaining: count,
  differences: z.array(z.string()),
});

export type HandoverProof = z.infer<typeof handoverProofSchema>;

/** Reads owners, portal roles, shares and children again. */
export async function proveHandover(conn: Connection, details: HandoverDetails): Promise<HandoverProof> {
  const { from, to } = details;
  const ids = details.accounts.map(({ id }) => id);
  const owners = await accountsById(conn, ids);
  const moved = owners.filter(({ ownerId }) => ownerId === to.id);
  const own = new Set(moved.map(({ id }) => id));
  const batch = new Batch();
  const roles = askPortalRoles(batch, ids);
  const shares: Answer<{ Id: string }> = batch.addFor(
    'shares of accounts',
    { from: 'AccountShare', fields: ['Id'] },
    'AccountId',
    ids,
    compare('RowCause', '=', 'Manual')
  );
  const children = askChildren(batch, from.id, ids);
  await batch.ask(conn);
  const [rows, left] = [roles(), shares()];
  return {
    accounts: { moved: moved.length, of: ids.length },
    portalRoles: rows.known ? { checked: rows.value.length } : null,
    manualSharesLeft: left.known ? left.value.length : null,
    children: countsOf(children),
    remaining: await remainingOf(conn, from.id),
    differences: [
      ...details.accounts.flatMap(({ id, name }) => (own.has(id) ? [] : [`${name} does not belong to ${to.name}.`])),
      // The roles of an account that has not moved have not either.
      ...(rows.known
        ? differencesOf(
            rows.value.filter(({ PortalAccountId }) => own.has(PortalAccountId)),
            details
          )
        : []),
    ],
  };
}

function countsOf(children: ReturnType<typeof askChildren>): HandoverProof['children'] {
  const entries = CHILDREN.map((object) => {
    const rows = children[object]();
    return [object, rows.known ? rows.value.reduce((sum, { total }) => sum + total, 0) : null] as const;
  });
  return Object.fromEntries(entries) as HandoverProof['children'];
}

/** Portal roles that do not belong to the new manager, or do not hang below his role (platform-facts C2). */
export function differencesOf(roles: readonly PortalRoleRow[], { to }: Pick<HandoverDetails, 'to'>): string[] {
  const owners = roles
    .filter(({ PortalAccountOwnerId }) => PortalAccountOwnerId !== to.id)
    .map(({ Name }) => `${Name} still belongs to another manager.`);
  const parents = [...rowsBy(roles, ({ PortalAccountId }) => PortalAccountId).values()]
    .flatMap(topRoles)
    .filter(({ ParentRoleId }) => ParentRoleId !== to.role?.id)
    .map(({ Name }) => `${Name} does not hang below ${to.role?.name ?? 'a role'}.`);
  return [...owners, ...parents];
}

async function remainingOf(conn: Connection, userId: string): Promise<number> {
  const where = all(compare('IsPartner', '=', true), compare('OwnerId', '=', userId));
  const [row] = await queryAll<{ total: number }>(
    conn,
    select({ from: 'Account', fields: [countOf('Id', 'total')], where })
  );
  return row?.total ?? 0;
}

/**
 * Who sees what through the role hierarchy, before and after. The top portal role of an account hangs below the role of
 * its owner, so what partner users own is seen by everybody in that role and above; what the manager owns himself only by
 * those above his role. Pure.
 */
import type { Side, Sides } from './people.js';

/** A role of the company. */
export type RoleNode = { id: string; name: string; parentId: string | null };

/** An active user of the company. */
export type Colleague = { id: string; name: string; roleId: string | null };

/** People who see something from then on, or no longer. */
export type Change = { gain: Colleague[]; lose: Colleague[] };

/** The role and those above it, from the bottom up. A circle ends where it began. */
export function roleAndAbove(roles: ReadonlyMap<string, RoleNode>, roleId: string | null): string[] {
  const chain: string[] = [];
  for (let id = roleId; id !== null && !chain.includes(id); id = roles.get(id)?.parentId ?? null) chain.push(id);
  return chain;
}

type Org = { roles: ReadonlyMap<string, RoleNode>; colleagues: readonly Colleague[] };

/** People who see what the partner users of an account own: those in the owner's role and above. */
export function seersOfPartners({ roles, colleagues }: Org, { role }: Side): Set<string> {
  const chain = new Set(roleAndAbove(roles, role?.id ?? null));
  return new Set(colleagues.filter(({ roleId }) => roleId !== null && chain.has(roleId)).map(({ id }) => id));
}

/** People who see what a manager owns: he himself and those above his role, not his peers. */
export function seersOfOwn({ roles, colleagues }: Org, { id, role }: Side): Set<string> {
  const above = new Set(roleAndAbove(roles, role?.id ?? null).slice(1));
  return new Set(
    colleagues
      .filter((one) => one.id === id || (one.roleId !== null && above.has(one.roleId)))
      .map((colleague) => colleague.id)
  );
}

/** What changes hands, with `seers` of each side. */
export function changeOf(org: Org, sides: Sides, seers: (org: Org, side: Side) => Set<string>): Change {
  const [before, after] = [seers(org, sides.from), seers(org, sides.to)];
  return {
    gain: org.colleagues.filter(({ id }) => after.has(id) && !before.has(id)),
    lose: org.colleagues.filter(({ id }) => before.has(id) && !after.has(id)),
  };
}

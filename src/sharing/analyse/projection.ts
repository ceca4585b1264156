/**
 * Partners who are not there yet. Portal roles come with an account's first external user and lie below the role of the
 * account's owner (platform-facts C2), so partners of a channel manager are projected as roles below his, with one user
 * in each. Nothing else is guessed.
 */
import type { Person, Role, SharingSnapshot } from '../model.js';

export type ProjectionRequest = {
  /** Ids of the roles of the channel managers. */
  managerRoles: readonly string[];
  /** Portal roles an account gets, one to three. */
  partnerRoles: number;
  /** Profiles that the partners will have, by name; without them the partner profiles in use, else all of them. */
  profiles?: readonly string[];
};

export type Projection = { roles: Role[]; people: Person[] };

const LEVELS: Readonly<Record<number, readonly string[]>> = {
  1: ['User'],
  2: ['Executive', 'User'],
  3: ['Executive', 'Manager', 'User'],
};

const isPartner = ({ userType, active }: Person): boolean => userType === 'PowerPartner' && active;

/** Roles and users to add to those of the org. */
export function project(snapshot: SharingSnapshot, { managerRoles, partnerRoles }: ProjectionRequest): Projection {
  const projection: Projection = { roles: [], people: [] };
  for (const roleId of [...new Set(managerRoles)].sort()) addAccount(projection, roleId, LEVELS[partnerRoles]!);
  // Without a manager nobody can say where the first partner will stand, only that there will be one.
  if (projection.people.length === 0 && !snapshot.people.some(isPartner)) projection.people.push(person('first'));
  return projection;
}

function addAccount({ roles, people }: Projection, managerRole: string, levels: readonly string[]): void {
  let parentId = managerRole;
  for (const portalRole of levels) {
    const id = `projected:${managerRole}:${portalRole}`;
    const name = `Partner ${portalRole}`;
    const accountId = `projected:${managerRole}`;
    roles.push({ id, name, developerName: id, parentId, portal: 'Partner', portalRole, accountId });
    people.push({ ...person(`${managerRole}:${portalRole}`), roleId: id, accountId });
    parentId = id;
  }
}

const person = (id: string): Person => ({
  id: `projected:${id}`,
  name: 'A partner to be',
  username: '',
  userType: 'PowerPartner',
  active: true,
  accountId: 'projected',
});

export const isProjected = (id: string): boolean => id.startsWith('projected:');

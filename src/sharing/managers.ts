/** Whom partners will belong to: channel managers by username, name or role, or the owners of partner accounts. */
import { outsideKind, type Person, type Role, type SharingSnapshot } from './model.js';

/** `warnings`: owners of partner accounts below whom nothing can be projected. */
export type Managers = { roleIds: string[]; names: string[]; warnings: string[] };

/** A manager who was named and cannot be found, or not for certain. */
export class ManagerError extends Error {
  public constructor(
    public readonly key: 'unknown' | 'ambiguous' | 'noRole',
    public readonly manager: string,
    public readonly candidates: readonly string[] = []
  ) {
    super(manager);
    this.name = 'ManagerError';
  }
}

/** Roles below which partners are projected. @throws ManagerError for a name that is not to be found */
export function resolveManagers(snapshot: SharingSnapshot, named: readonly string[] | undefined): Managers {
  return named ? fromNames(snapshot, named) : fromOwners(snapshot);
}

function fromNames(snapshot: SharingSnapshot, named: readonly string[]): Managers {
  const roles = named.map((name) => roleOf(snapshot, name.trim()));
  return {
    roleIds: [...new Set(roles.map(({ id }) => id))],
    names: [...new Set(roles.map(({ name }) => name))],
    warnings: [],
  };
}

function roleOf({ people, roles }: SharingSnapshot, name: string): Role {
  const same = (text: string): boolean => text.toLowerCase() === name.toLowerCase();
  const inside = roles.filter(({ portal }) => portal === 'None');
  const staff = people.filter(({ userType, active }) => active && outsideKind(userType) === undefined);
  const byRole = inside.filter((role) => same(role.developerName) || same(role.name));
  const byUsername = staff.filter(({ username }) => same(username));
  const persons = byUsername.length > 0 ? byUsername : staff.filter((person) => same(person.name));
  const candidates = [...byRole.map((role) => `role ${role.name}`), ...persons.map(({ username }) => username)];
  if (candidates.length === 0) throw new ManagerError('unknown', name, near(name, [...inside, ...staff]));
  if (candidates.length > 1) throw new ManagerError('ambiguous', name, candidates);
  const role = byRole[0] ?? roles.find(({ id }) => id === persons[0]!.roleId);
  if (!role) throw new ManagerError('noRole', name);
  return role;
}

/** Names that contain what was typed, or a word of it. */
function near(name: string, items: ReadonlyArray<Role | Person>): string[] {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const names = [...new Set(items.map((item) => item.name))];
  return names
    .filter((one) => words.some((word) => one.toLowerCase().includes(word)))
    .sort()
    .slice(0, 5);
}

function fromOwners({ people, roles, partnerOwners }: SharingSnapshot): Managers {
  const byId = new Map(people.map((person) => [person.id, person]));
  const rolesById = new Map(roles.map((role) => [role.id, role]));
  const managers: Managers = { roleIds: [], names: [], warnings: [] };
  for (const ownerId of partnerOwners) {
    const owner = byId.get(ownerId);
    const role = rolesById.get(owner?.roleId ?? '');
    if (role && !managers.roleIds.includes(role.id)) {
      managers.roleIds.push(role.id);
      managers.names.push(role.name);
    } else if (owner && !role) {
      managers.warnings.push(`${owner.name} owns partner accounts but has no role, so these can have no users.`);
    }
  }
  return managers;
}

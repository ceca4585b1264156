/** The end of a path: whom it names, and who of them is from outside. */
import type { Person, Role } from '../model.js';
import { isHighVolume, outsideKind } from '../model.js';
import type { NodeKind } from '../targets.js';
import type { Node } from './graph.js';
import type { World } from './world.js';

export type Leaf = {
  /** Active people from outside, as places in `World.outsiders`. */
  outsiders: number[];
  /** Who they are, in words that do not change with their number. */
  outside: string;
  /** Usernames where they are named one by one. */
  named: string[];
  /** Why it is not known who is behind it. */
  unknown?: string;
  /** It is meant for people from outside, or has them below it as soon as there are any. */
  open: boolean;
  /** Ids of all people behind it, also inactive ones: their records are still theirs. */
  everybody(): Iterable<string>;
};

const NOBODY: Leaf = { outsiders: [], outside: '', named: [], open: false, everybody: () => [] };

/** Kinds that reach people from outside as soon as there are any in their place. */
const OPEN: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'RoleAndSubordinates',
  'AllPartnerUsers',
  'AllCustomerPortalUsers',
  'Everyone',
]);

/** What the last node of a way stands for. */
export function leafOf(world: World, node: Node): Leaf {
  const { kind, id } = node;
  const portalRole = kind === 'Role' && (world.roles.get(id ?? '')?.portal ?? 'None') !== 'None';
  return { ...describe(world, node), open: OPEN.has(kind) || portalRole };
}

const nobody = (): Leaf => NOBODY;

const isCompany = ({ userType }: Person): boolean => outsideKind(userType) === undefined;

const DESCRIBE: Readonly<Record<NodeKind, (world: World, node: Node) => Leaf>> = {
  Group: namedIn,
  Queue: namedIn,
  Role: (world, { id }) => ofRoles(world, [world.roles.get(id!)!], (role) => `${role.name} is a role from outside`),
  RoleAndSubordinates: (world, { id }) =>
    ofRoles(world, subtree(world, id!, true), (role) => `Portal roles below ${role.name}`),
  RoleAndSubordinatesInternal: (world, { id }) => ofRoles(world, subtree(world, id!, false), () => ''),
  AllInternalUsers: (world) => ofKind(world, '', isCompany),
  AllPartnerUsers: (world) => ofKind(world, 'All partners', ({ userType }) => outsideKind(userType) === 'partner'),
  AllCustomerPortalUsers: (world) =>
    ofKind(world, 'All customers', (one) => outsideKind(one.userType) === 'customer' && !isHighVolume(one.userType)),
  Everyone: (world) =>
    ofKind(world, 'All partners and customers', (one) => !isCompany(one) && outsideKind(one.userType) !== 'guest'),
  User: (world, { id }) => ofPeople(world, [world.people.get(id!)!], 'A person from outside'),
  Guest: (world, { id }) => ofPeople(world, [world.people.get(id!)!], 'A person from outside'),
  Manager: (world, { id }) => ofPeople(world, managersOf(world, id!), 'Managers from outside'),
  ManagerAndSubordinatesInternal: (world, { id }) => ofPeople(world, reportsOf(world, id!), ''),
  Territory: ofTerritory,
  TerritoryAndSubordinates: ofTerritory,
  ChannelProgramGroup: (_world, { name }) => ({
    ...NOBODY,
    unknown: `the members of the channel program "${name}" were not read`,
  }),
  Unknown: nobody,
};

function describe(world: World, last: Node): Leaf {
  // Whoever these name, it is nobody from outside.
  if (last.problem !== undefined && last.kind === 'RoleAndSubordinatesInternal') return NOBODY;
  if (last.problem !== undefined) return { ...NOBODY, unknown: last.problem };
  return DESCRIBE[last.kind](world, last);
}

function namedIn(world: World, { id }: Node): Leaf {
  const people = (world.members.get(id!) ?? []).flatMap((member) => world.people.get(member) ?? []);
  const leaf = ofPeople(world, people, 'People from outside who are named in it');
  return { ...leaf, named: leaf.outsiders.map((index) => world.outsiders[index]!.person.username).sort() };
}

function ofPeople(world: World, people: readonly Person[], outside: string): Leaf {
  const outsiders = people.flatMap(({ id }) => world.outsiderOf.get(id) ?? []);
  return { ...NOBODY, outsiders, outside, everybody: () => people.map(({ id }) => id) };
}

function ofRoles(world: World, roles: readonly Role[], outside: (role: Role) => string): Leaf {
  const outsiders = roles.flatMap(({ id, portal }) => (portal === 'None' ? [] : (world.outsidersByRole.get(id) ?? [])));
  const everybody = (): string[] => roles.flatMap(({ id }) => (world.peopleByRole.get(id) ?? []).map((one) => one.id));
  return { ...NOBODY, outsiders, outside: outside(roles[0]!), everybody };
}

function ofKind(world: World, outside: string, wanted: (person: Person) => boolean): Leaf {
  const outsiders = world.outsiders.flatMap(({ person, index }) => (wanted(person) ? [index] : []));
  const everybody = (): string[] => [...world.people.values()].filter(wanted).map(({ id }) => id);
  return { ...NOBODY, outsiders, outside, everybody };
}

function ofTerritory(world: World, { kind, name }: Node): Leaf {
  const { territories } = world.snapshot;
  if (!territories) return { ...NOBODY, unknown: `who is in the territory "${name}" was not read` };
  const inside = (territory: string): boolean => {
    for (let at: string | undefined = territory, steps = 0; at !== undefined && steps < 100; steps++) {
      if (at === name) return true;
      at = kind === 'Territory' ? undefined : territories.parents[at];
    }
    return false;
  };
  const ids = Object.entries(territories.outsiders).flatMap(([territory, users]) => (inside(territory) ? users : []));
  const people = [...new Set(ids)].flatMap((id) => world.people.get(id) ?? []);
  return ofPeople(world, people, 'People from outside in the territory');
}

const subtrees = new WeakMap<World, Map<string, Role[]>>();

/** A role and all roles below it; without portal roles where only internal ones are meant. */
function subtree(world: World, roleId: string, portal: boolean): Role[] {
  const cache = subtrees.get(world) ?? new Map<string, Role[]>();
  subtrees.set(world, cache);
  const key = `${roleId}:${portal}`;
  const known = cache.get(key);
  if (known) return known;
  const roles = new Set([world.roles.get(roleId)!]);
  for (const role of roles)
    for (const child of world.below.get(role.id) ?? []) if (portal || child.portal === 'None') roles.add(child);
  cache.set(key, [...roles]);
  return cache.get(key)!;
}

function managersOf(world: World, userId: string): Person[] {
  const managers = new Set<Person>();
  let person = world.people.get(userId);
  while (person?.managerId && !managers.has(person)) {
    person = world.people.get(person.managerId);
    if (person) managers.add(person);
  }
  return [...managers];
}

function reportsOf(world: World, userId: string): Person[] {
  const people = [...world.people.values()].filter(({ userType }) => outsideKind(userType) === undefined);
  const inside = new Set([userId]);
  for (let size = 0; size < inside.size;) {
    size = inside.size;
    for (const { id, managerId } of people) if (managerId !== undefined && inside.has(managerId)) inside.add(id);
  }
  return [...inside].flatMap((id) => world.people.get(id) ?? []).filter(({ userType }) => !outsideKind(userType));
}

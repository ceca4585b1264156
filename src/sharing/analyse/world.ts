/** A snapshot with its projection, looked up by id and by name. */
import { outsideKind, type Group, type OutsideKind, type Person, type Role, type SharingSnapshot } from '../model.js';
import { isProjected, project, type ProjectionRequest } from './projection.js';

/** An active person from outside; `index` is the place in `World.outsiders`. */
export type Outsider = { index: number; person: Person; kind: OutsideKind; projected: boolean };

export type World = {
  snapshot: SharingSnapshot;
  request: ProjectionRequest;
  roles: Map<string, Role>;
  /** By developer name, and by label where no developer name is like it. */
  rolesByName: Map<string, Role>;
  /** Role to the roles right below it. */
  below: Map<string, Role[]>;
  groups: Map<string, Group>;
  groupsByName: Map<string, Group>;
  members: Map<string, string[]>;
  people: Map<string, Person>;
  peopleByRole: Map<string, Person[]>;
  peopleByName: Map<string, Person>;
  outsiders: Outsider[];
  outsidersByRole: Map<string, number[]>;
  outsiderOf: Map<string, number>;
};

export function buildWorld(snapshot: SharingSnapshot, request: ProjectionRequest): World {
  const projection = project(snapshot, request);
  const roles = [...snapshot.roles, ...projection.roles];
  const people = [...snapshot.people, ...projection.people];
  const outsiders = people
    .flatMap((person) => (person.active && outsideKind(person.userType) ? [person] : []))
    .map((person, index) => ({
      index,
      person,
      kind: outsideKind(person.userType)!,
      projected: isProjected(person.id),
    }));
  return {
    snapshot,
    request,
    roles: new Map(roles.map((role) => [role.id, role])),
    rolesByName: named(roles),
    below: grouped(roles, ({ parentId }) => parentId),
    groups: new Map(snapshot.groups.map((group) => [group.id, group])),
    groupsByName: groupsByName(snapshot.groups),
    members: pairs(snapshot.memberships.map(({ groupId, memberId }) => [groupId, memberId])),
    people: new Map(people.map((person) => [person.id, person])),
    peopleByRole: grouped(people, ({ roleId }) => roleId),
    peopleByName: new Map(people.flatMap((person) => namesOf(person).map((name) => [name, person] as const))),
    outsiders,
    outsidersByRole: pairs(outsiders.flatMap(({ person, index }) => (person.roleId ? [[person.roleId, index]] : []))),
    outsiderOf: new Map(outsiders.map(({ person, index }) => [person.id, index])),
  };
}

/** Metadata names a guest by nickname, everybody else by username. */
const namesOf = ({ username, nickname }: Person): string[] =>
  [username, nickname].filter((name): name is string => Boolean(name));

function named(roles: readonly Role[]): Map<string, Role> {
  const map = new Map(roles.map((role) => [role.developerName, role]));
  for (const role of roles) if (!map.has(role.name)) map.set(role.name, role);
  return map;
}

/** Public groups and queues may have the same developer name. */
function groupsByName(groups: readonly Group[]): Map<string, Group> {
  return new Map(groups.map((group) => [`${group.type}:${group.developerName}`, group]));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  return pairs(items.flatMap((item) => (keyOf(item) === undefined ? [] : [[keyOf(item)!, item] as [string, T]])));
}

function pairs<T>(entries: ReadonlyArray<readonly [string, T] | Array<string | T>>): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const [key, value] of entries as ReadonlyArray<readonly [string, T]>) {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  }
  return map;
}

/** Reads everything that the review needs, records aside. The number of calls grows with objects, not with rules. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import { emptySnapshot, outsideKind, type SharingSnapshot } from '../model.js';
import { SHARED_TO } from '../targets.js';
import { readDefaults, readParents } from './defaults.js';
import { readGroups, readMemberships, readQueueObjects } from './groups.js';
import { readDefinitions } from './metadata.js';
import { readPartnerOwners, readPeople, readRoles } from './people.js';
import { readPermissions } from './permissions.js';
import { Reader } from './reader.js';
import { readManualShares, readTeams } from './shares.js';
import { readTerritories } from './territories.js';

/** Objects that are looked at where it is not known what people from outside may read. */
const USUAL = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity'];

export async function readSnapshot(
  conn: Connection,
  org: OrgIdentity,
  onStage: (stage: string) => void = () => undefined
): Promise<SharingSnapshot> {
  const reader = new Reader(conn);
  const { id, name, domain, kind, createdDate } = org;
  const snapshot = emptySnapshot({ id, name, domain, kind, createdDate }, new Date().toISOString());
  onStage('users, roles and groups');
  const [roles, people, partnerOwners, groups, memberships, queueObjects, permissions, existing] = await Promise.all([
    readRoles(reader),
    readPeople(reader),
    readPartnerOwners(reader),
    readGroups(reader),
    readMemberships(reader),
    readQueueObjects(reader),
    readPermissions(reader),
    readObjects(reader),
  ]);
  Object.assign(snapshot, { roles, people, partnerOwners, groups, memberships, queueObjects, ...permissions });
  onStage('rules, folders and list views');
  Object.assign(snapshot, await readDefinitions(reader));
  onStage('defaults and shares');
  const objects = objectsOf(snapshot);
  snapshot.defaults = await readDefaults(reader, objects);
  snapshot.parents = await readParents(reader, snapshot.defaults);
  snapshot.manualShares = await readManualShares(reader, shareable(objects, snapshot), existing);
  snapshot.teams = await readTeams(reader, existing);
  if (namesTerritory(snapshot)) snapshot.territories = await readTerritories(reader);
  return { ...snapshot, notes: reader.notes };
}

/** Objects whose records have shares of their own: not those that follow a parent. */
function shareable(objects: readonly string[], { defaults }: SharingSnapshot): string[] {
  const following = new Set(
    defaults.filter(({ internal }) => internal === 'ControlledByParent').map((one) => one.object)
  );
  return objects.filter((object) => !following.has(object));
}

/** Names of all objects that the org has for the running user. */
async function readObjects(reader: Reader): Promise<Set<string>> {
  const described = await reader.attempt('Objects of the org', reader.conn.describeGlobal());
  return new Set(described?.sobjects.map(({ name }) => name));
}

/** Objects that rules are about, and those that a profile or permission set of somebody from outside opens. */
export function objectsOf({ rules, permissions, permissionsKnown, assignments }: SharingSnapshot): string[] {
  const held = new Set(assignments.map(({ sourceId }) => sourceId));
  const outside = permissions.filter(
    ({ id, profile }) => held.has(id) || (profile && outsideKind(profile.userType) !== undefined)
  );
  const readable = outside.flatMap(({ objects }) =>
    Object.entries(objects).flatMap(([name, { read }]) => (read ? [name] : []))
  );
  return [...new Set([...rules.map(({ object }) => object), ...readable, ...(permissionsKnown ? [] : USUAL)])].sort();
}

function namesTerritory({ rules, folders, listViews }: SharingSnapshot): boolean {
  const lists = [...folders, ...listViews].flatMap(({ to }) => to ?? []);
  const targets = [...rules.map(({ to }) => to), ...lists].map(({ element }) => element);
  const shares = folders.flatMap((folder) => folder.shares.map(({ type }) => type));
  return (
    targets.some((element) => SHARED_TO[element]?.startsWith('Territory')) ||
    shares.some((type) => type.startsWith('Territory'))
  );
}

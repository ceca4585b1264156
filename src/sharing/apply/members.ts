/** Changes of the members of groups and queues, from names to the rows of this org. */
import type { MemberChange } from '../../runs/index.js';
import { edgesIn } from '../analyse/analyse.js';
import { edgeText } from '../analyse/fixes.js';
import { edgeKey, type Edge, type Finding } from '../finding.js';
import type { Group, SharingSnapshot } from '../model.js';
import { GROUP_TYPE } from '../targets.js';

/** The changes, and what of them this org does not have. */
export function planMembers(
  findings: readonly Finding[],
  snapshot: SharingSnapshot
): { changes: MemberChange[]; missing: string[] } {
  const edges = findings.flatMap(({ fix }) => edgesIn(fix));
  const unique = [...new Map(edges.map((edge) => [edgeKey(edge), edge])).values()];
  const changes: MemberChange[] = [];
  const missing: string[] = [];
  for (const edge of unique) {
    const found = changesOf(edge, snapshot);
    if (found.length > 0) changes.push(...found);
    else missing.push(edgeKey(edge));
  }
  return { changes, missing };
}

function changesOf(edge: Edge, snapshot: SharingSnapshot): MemberChange[] {
  const list = listOfEdge(edge, snapshot);
  if (!list) return [];
  const base = { group: list.id, groupName: list.name || list.developerName };
  if (edge.member === '*') {
    return namedMembers(edge, list, snapshot).map((remove) => ({
      ...base,
      remove,
      text: `${edgeText(edge)} (${remove})`,
    }));
  }
  const remove = groupBehind(snapshot, edge.memberKind, edge.member);
  const add = edge.replacement && groupBehind(snapshot, edge.replacement.kind, edge.replacement.name);
  if (!remove || (edge.replacement && !add)) return [];
  return [{ ...base, remove, ...(add ? { add } : {}), text: edgeText(edge) }];
}

/** The public group or queue that an edge belongs to. */
export function listOfEdge({ listKind, list }: Edge, { groups }: SharingSnapshot): Group | undefined {
  const wanted = listKind === 'Queue' ? 'Queue' : 'Regular';
  return groups.find(({ type, developerName }) => type === wanted && developerName === list);
}

/** Ids of the users that an edge names and that are members still. */
export function namedMembers({ users }: Edge, list: Group, { people, memberships }: SharingSnapshot): string[] {
  const members = new Set(memberships.filter(({ groupId }) => groupId === list.id).map(({ memberId }) => memberId));
  return people.filter(({ id, username }) => users.includes(username) && members.has(id)).map(({ id }) => id);
}

/** Id of the row of Group that stands for a role, a group or the like. */
export function groupBehind({ groups, roles }: SharingSnapshot, kind: string, name: string): string | undefined {
  const role = roles.find(({ developerName }) => developerName === name);
  const isMeant = (group: Group): boolean => {
    if (GROUP_TYPE[group.type] !== kind) return false;
    if (kind.startsWith('Role')) return role !== undefined && group.relatedId === role.id;
    return group.developerName === name || name === '';
  };
  return groups.find(isMeant)?.id;
}

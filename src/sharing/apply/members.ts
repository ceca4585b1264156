/** Changes of the members of groups and queues, from names to the rows of this org. */
import type { MemberChange } from '../../runs/index.js';
import { edgeKey, type Edge, type Finding } from '../finding.js';
import type { Group, SharingSnapshot } from '../model.js';
import { GROUP_TYPE } from '../targets.js';
import { edgeText } from '../analyse/fixes.js';
import { fixesOf } from './choice.js';

/** The changes, and what of them this org does not have. */
export function planMembers(
  findings: readonly Finding[],
  snapshot: SharingSnapshot
): { changes: MemberChange[]; missing: string[] } {
  const edges = fixesOf(findings, 'swap-member', 'queue-member').flatMap((fix) => fix.edges);
  const unique = [...new Map(edges.map((edge) => [edgeKey(edge), edge])).values()];
  const changes: MemberChange[] = [];
  const missing: string[] = [];
  for (const edge of unique) {
    const found = changesOf(edge, snapshot);
    if (found) changes.push(...found);
    else missing.push(edgeKey(edge));
  }
  return { changes, missing };
}

function changesOf(edge: Edge, snapshot: SharingSnapshot): MemberChange[] | undefined {
  const list = snapshot.groups.find(
    ({ type, developerName }) =>
      type === (edge.listKind === 'Queue' ? 'Queue' : 'Regular') && developerName === edge.list
  );
  if (!list) return undefined;
  const base = { group: list.id, groupName: list.name || list.developerName };
  if (edge.member === '*')
    return namedUsers(edge, list, snapshot)?.map((remove) => ({
      ...base,
      remove,
      text: `${edgeText(edge)} (${remove})`,
    }));
  const remove = groupBehind(snapshot, edge.memberKind, edge.member);
  const add = edge.replacement && groupBehind(snapshot, edge.replacement.kind, edge.replacement.name);
  if (!remove || (edge.replacement && !add)) return undefined;
  return [{ ...base, remove, ...(add ? { add } : {}), text: edgeText(edge) }];
}

/** Users that the finding names and that are members still. */
function namedUsers({ users }: Edge, list: Group, { people, memberships }: SharingSnapshot): string[] | undefined {
  const members = new Set(memberships.filter(({ groupId }) => groupId === list.id).map(({ memberId }) => memberId));
  const ids = people.filter(({ id, username }) => users.includes(username) && members.has(id)).map(({ id }) => id);
  return ids.length > 0 ? ids : undefined;
}

/** The row of Group that stands for a role, a group or the like. */
function groupBehind({ groups, roles }: SharingSnapshot, kind: string, name: string): string | undefined {
  const role = roles.find(({ developerName }) => developerName === name);
  const isMeant = (group: Group): boolean =>
    GROUP_TYPE[group.type] === kind &&
    (kind.startsWith('Role')
      ? role !== undefined && group.relatedId === role.id
      : group.developerName === name || name === '');
  return groups.find(isMeant)?.id;
}

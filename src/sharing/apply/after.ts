/** The org as it will be when the fixes are made: what the review would then see. Pure. */
import type { Edge, Finding, Fix } from '../finding.js';
import { edgesIn } from '../analyse/analyse.js';
import type { Group, Membership, SharingSnapshot } from '../model.js';
import { groupBehind, listOfEdge, namedMembers } from './members.js';

/** A snapshot with the fixes of these findings made in it. */
export function afterFixes(snapshot: SharingSnapshot, findings: readonly Finding[]): SharingSnapshot {
  const after = findings.reduce((current, { fix }) => withFix(current, fix), snapshot);
  return {
    ...after,
    memberships: withEdges(
      after,
      findings.flatMap(({ fix }) => edgesIn(fix))
    ),
  };
}

function withFix(snapshot: SharingSnapshot, fix: Fix): SharingSnapshot {
  switch (fix.kind) {
    case 'convert-rule':
    case 'delete-rule':
      return { ...snapshot, rules: withRule(snapshot.rules, fix) };
    case 'folder-access':
    case 'folder-shares':
      return { ...snapshot, folders: withFolder(snapshot.folders, fix) };
    case 'list-view':
      return {
        ...snapshot,
        listViews: snapshot.listViews.map((view) =>
          view.object === fix.object && view.name === fix.listView ? { ...view, to: fix.to } : view
        ),
      };
    case 'external-default':
      return {
        ...snapshot,
        defaults: snapshot.defaults.map((one) =>
          one.object === fix.object ? { ...one, external: fix.external } : one
        ),
      };
    default:
      return snapshot;
  }
}

type RuleFix = Extract<Fix, { kind: 'convert-rule' | 'delete-rule' }>;

const withRule = (rules: SharingSnapshot['rules'], fix: RuleFix): SharingSnapshot['rules'] =>
  rules.flatMap((rule) => {
    if (rule.object !== fix.object || rule.name !== fix.rule) return [rule];
    return fix.kind === 'delete-rule' ? [] : [{ ...rule, name: fix.twin, to: fix.to }];
  });

type FolderFix = Extract<Fix, { kind: 'folder-access' | 'folder-shares' }>;

const withFolder = (folders: SharingSnapshot['folders'], fix: FolderFix): SharingSnapshot['folders'] =>
  folders.map((folder) => {
    if (folder.content !== fix.content || folder.name !== fix.folder) return folder;
    return fix.kind === 'folder-shares'
      ? { ...folder, shares: fix.shares }
      : { ...folder, accessType: fix.accessType, to: fix.to };
  });

function withEdges(snapshot: SharingSnapshot, edges: readonly Edge[]): Membership[] {
  return edges.reduce((memberships, edge) => {
    const list = listOfEdge(edge, snapshot);
    return list ? withEdge(memberships, edge, list, snapshot) : memberships;
  }, snapshot.memberships);
}

function withEdge(memberships: Membership[], edge: Edge, list: Group, snapshot: SharingSnapshot): Membership[] {
  const gone = new Set(
    edge.member === '*' ? namedMembers(edge, list, snapshot) : [groupBehind(snapshot, edge.memberKind, edge.member)]
  );
  const kept = memberships.filter(({ groupId, memberId }) => groupId !== list.id || !gone.has(memberId));
  const added = edge.replacement && groupBehind(snapshot, edge.replacement.kind, edge.replacement.name);
  return added ? [...kept, { groupId: list.id, memberId: added }] : kept;
}

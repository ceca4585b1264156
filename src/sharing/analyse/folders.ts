/** Folders of reports, dashboards, documents and e-mail templates (platform-facts B5). */
import type { Folder, FolderShare } from '../model.js';
import { byHand, CONVERT, convertible, DECIDE, edgesOf, memberFix, suggestFor } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

/** Contents whose folders the platform's own wizard converts (platform-facts B1). */
const IN_WIZARD = new Set(['Report', 'Dashboard', 'Document']);

/** Contents that enhanced folder sharing governs. */
const ENHANCED = new Set(['Report', 'Dashboard']);

type Shared = { node: Node; share?: FolderShare };
type Remedy = Pick<Draft, 'fix' | 'fixKey' | 'suggestion'>;

export function folderDrafts(ctx: Context): Draft[] {
  const { folders } = ctx.world.snapshot;
  // Enhanced folder sharing is for the whole org: one report or dashboard folder that has shares shows that it is on.
  const enhanced = folders.some(({ content, shares }) => ENHANCED.has(content) && shares.length > 0);
  return folders.flatMap((folder) => draftsOf(ctx, folder, enhanced && ENHANCED.has(folder.content)));
}

function draftsOf(ctx: Context, folder: Folder, governed: boolean): Draft[] {
  // Under enhanced sharing accessType has no effect.
  if (!governed && folder.accessType === 'Public')
    return [draft(ctx, folder, [{ node: ctx.graph.ofName('Everyone', '') }])];
  const shared: Shared[] = folder.shares.map((share) => ({ node: ctx.graph.ofShare(share.type, share.name), share }));
  if (!governed && folder.accessType === 'Shared' && folder.to) {
    for (const node of ctx.graph.ofTarget(folder.to)) shared.push({ node });
  }
  const outside = shared.filter(({ node }) => leads(ctx.graph.reach(node)));
  const lists = outside.filter(({ node }) => node.kind === 'Group');
  const direct = outside.filter(({ node }) => node.kind !== 'Group');
  // A fix of the folder closes what it shares itself; what comes by a group is closed in the group.
  return [...(direct.length > 0 ? [draft(ctx, folder, direct)] : []), ...lists.map((one) => draft(ctx, folder, [one]))];
}

const leads = ({ chains, asleep }: Reach): boolean => chains.length + asleep.length > 0;

function draft(ctx: Context, folder: Folder, shared: readonly Shared[]): Draft {
  const { content, name, label, accessType } = folder;
  const nodes = shared.map(({ node }) => node);
  const list = nodes[0]!.kind === 'Group' ? `/${nodes[0]!.key}` : '';
  return {
    key: `folder:${content}/${name}${list}`,
    step: 2,
    kind: 'folder',
    object: content,
    source: { type: `${content} folder`, name: `${content}/${name}`, label: `${content} folder ${label || name}` },
    target: nodes.map((node) => node.label).join(', '),
    targetKey: nodes
      .map(({ key }) => key)
      .sort()
      .join(', '),
    access: shared
      .map(({ share }) => share?.access ?? folder.publicAccess ?? 'View')
      .sort()
      .at(-1)!,
    reach: together(nodes.map((node) => ctx.graph.reach(node))),
    records: ctx.world.snapshot.counts.folders[`${content}/${name}`],
    anyReader: true,
    emptyCounts: true,
    severity: 'medium',
    needsConversion: ctx.conversion.needed && accessType === 'Public' && IN_WIZARD.has(content),
    ...remedy(ctx, folder, shared),
  };
}

function together(reaches: readonly Reach[]): Reach {
  return {
    chains: reaches.flatMap(({ chains }) => chains),
    asleep: reaches.flatMap(({ asleep }) => asleep),
    outsiders: [...new Set(reaches.flatMap(({ outsiders }) => outsiders))],
    unknown: reaches.flatMap(({ unknown }) => unknown),
  };
}

function remedy(ctx: Context, folder: Folder, shared: readonly Shared[]): Remedy {
  const reach = together(shared.map(({ node }) => ctx.graph.reach(node)));
  if (reach.unknown.length > 0) {
    return {
      ...byHand(`Open the sharing of the folder ${folder.label || folder.name} and look whom it is shared with.`),
      suggestion: DECIDE,
    };
  }
  const edges = edgesOf(reach.chains.length > 0 ? reach.chains : reach.asleep, ctx.world);
  if (edges.length > 0) return { ...memberFix('swap-member', edges), suggestion: suggestFor(edges) };
  const [{ node, share }] = shared as [Shared];
  if (share) return sharesFix(ctx, folder, shared);
  return accessFix(ctx, folder, node);
}

function accessFix(ctx: Context, { content, name }: Folder, node: Node): Remedy {
  const folder = { content, folder: name };
  if (node.kind === 'Everyone' && !ENHANCED.has(content)) {
    // PublicInternal is known for folders of reports and dashboards only (platform-facts B5).
    const to = { element: 'allInternalUsers', names: [] };
    const text = `Share the folder ${name} with all internal users in the place of everyone.`;
    const fix = { kind: 'folder-access', text, ...folder, accessType: 'Shared', to } as const;
    return { fix, fixKey: 'folder-access allInternalUsers', suggestion: CONVERT };
  }
  if (node.kind === 'Everyone') {
    const text = `Make the folder ${name} accessible to all users except those from outside (accessType PublicInternal).`;
    const fix = { kind: 'folder-access', text, ...folder, accessType: 'PublicInternal' } as const;
    return { fix, fixKey: 'folder-access PublicInternal', suggestion: CONVERT };
  }
  if (convertible(node, ctx.world)) {
    const to = { element: 'roleAndSubordinatesInternal', names: [node.name] };
    const text = `Share the folder ${name} with Roles and Internal Subordinates: ${node.name}.`;
    const fix = { kind: 'folder-access', text, ...folder, accessType: 'Shared', to } as const;
    return { fix, fixKey: `folder-access ${to.element}:${node.name}`, suggestion: CONVERT };
  }
  const text = `Hide the folder ${name}: it is shared with people from outside only.`;
  return {
    fix: { kind: 'folder-access', text, ...folder, accessType: 'Hidden' },
    fixKey: 'folder-access Hidden',
    suggestion: DECIDE,
  };
}

/** All shares that the folder keeps: trees of roles without their outside branches, nothing for people from outside. */
function sharesFix(ctx: Context, { content, name, shares }: Folder, shared: readonly Shared[]): Remedy {
  const bad = new Map(shared.map(({ share, node }) => [share, node]));
  const kept = shares.flatMap((share) => {
    const node = bad.get(share);
    if (!node) return [share];
    return convertible(node, ctx.world) ? [{ ...share, type: 'RoleAndSubordinatesInternal' }] : [];
  });
  const sure = [...bad.values()].every((node) => convertible(node, ctx.world));
  const changes = [...bad.values()].map((node) =>
    convertible(node, ctx.world)
      ? `${node.label} becomes Roles and Internal Subordinates: ${node.name}`
      : `${node.label} is removed`
  );
  const text = `Change the shares of the folder ${name}: ${changes.join('; ')}.`;
  const fixKey = `folder-shares ${[...bad.values()]
    .map(({ key }) => key)
    .sort()
    .join(', ')}`;
  return {
    fix: { kind: 'folder-shares', text, content, folder: name, shares: kept },
    fixKey,
    suggestion: sure ? CONVERT : DECIDE,
  };
}

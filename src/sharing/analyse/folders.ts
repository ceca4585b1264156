/** Folders of reports, dashboards, documents and e-mail templates (platform-facts B5). */
import type { Folder, FolderShare } from '../model.js';
import { byHand, CONVERT, convertible, DECIDE, edgesOf, memberFix, suggestFor } from './fixes.js';
import type { Node } from './graph.js';
import type { Context, Draft } from './settle.js';
import { changeKeys, changesOf, isList, keysOf, leads, nodesOf, remaining, together } from './shared-to.js';

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
  if (!governed && folder.accessType === 'Shared') {
    for (const node of nodesOf(ctx, folder.to ?? [])) shared.push({ node });
  }
  const outside = shared.filter(({ node }) => leads(ctx.graph.reach(node)));
  const lists = outside.filter(({ node }) => isList(node));
  const direct = outside.filter(({ node }) => !isList(node));
  // A fix of the folder closes what it shares itself; what comes by a group is closed in the group.
  return [...(direct.length > 0 ? [draft(ctx, folder, direct)] : []), ...lists.map((one) => draft(ctx, folder, [one]))];
}

function draft(ctx: Context, folder: Folder, shared: readonly Shared[]): Draft {
  const { content, name, label, accessType } = folder;
  const nodes = shared.map(({ node }) => node);
  const list = isList(nodes[0]!) ? `/${nodes[0]!.key}` : '';
  return {
    key: `folder:${content}/${name}${list}`,
    step: 2,
    kind: 'folder',
    object: content,
    source: { type: `${content} folder`, name: `${content}/${name}`, label: `${content} folder ${label || name}` },
    target: nodes.map((node) => node.label).join(', '),
    targetKey: keysOf(nodes),
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

function remedy(ctx: Context, folder: Folder, shared: readonly Shared[]): Remedy {
  const reach = together(shared.map(({ node }) => ctx.graph.reach(node)));
  // Shares and SharedTo together are not known of the platform: then nobody but a person should change them.
  const mixed = shared.some(({ share }) => share) && shared.some(({ share }) => !share);
  if (reach.unknown.length > 0 || mixed) {
    return {
      ...byHand(`Open the sharing of the folder ${folder.label || folder.name} and look whom it is shared with.`),
      suggestion: DECIDE,
    };
  }
  const edges = edgesOf(reach.chains.length > 0 ? reach.chains : reach.asleep, ctx.world);
  if (edges.length > 0) return { ...memberFix('swap-member', edges), suggestion: suggestFor(edges) };
  if (shared[0]!.share) return sharesFix(ctx, folder, shared);
  return accessFix(
    ctx,
    folder,
    shared.map(({ node }) => node)
  );
}

function accessFix(ctx: Context, folder: Folder, nodes: readonly Node[]): Remedy {
  const { content, name } = folder;
  const named = { content, folder: name };
  const everyone = nodes[0]!.kind === 'Everyone';
  if (everyone && !ENHANCED.has(content)) {
    // PublicInternal is known for folders of reports and dashboards only (platform-facts B5).
    const to = [{ element: 'allInternalUsers', names: [] }];
    const text = `Share the folder ${name} with all internal users in the place of everyone.`;
    const fix = { kind: 'folder-access', text, ...named, accessType: 'Shared', to } as const;
    return { fix, fixKey: 'folder-access allInternalUsers', suggestion: CONVERT };
  }
  if (everyone) {
    const text = `Make the folder ${name} accessible to all users except those from outside (accessType PublicInternal).`;
    const fix = { kind: 'folder-access', text, ...named, accessType: 'PublicInternal' } as const;
    return { fix, fixKey: 'folder-access PublicInternal', suggestion: CONVERT };
  }
  const to = remaining(ctx, folder.to ?? [], nodes);
  if (to.length > 0) {
    const text = `Change whom the folder ${name} is shared with: ${changesOf(ctx, nodes)}.`;
    const fix = { kind: 'folder-access', text, ...named, accessType: 'Shared', to } as const;
    const sure = nodes.every((one) => convertible(one, ctx.world));
    return { fix, fixKey: `folder-access ${changeKeys(ctx, nodes)}`, suggestion: sure ? CONVERT : DECIDE };
  }
  const text = `Hide the folder ${name}: it is shared with people from outside only.`;
  return {
    fix: { kind: 'folder-access', text, ...named, accessType: 'Hidden' },
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
  const nodes = [...bad.values()];
  const sure = nodes.every((node) => convertible(node, ctx.world));
  const text = `Change the shares of the folder ${name}: ${changesOf(ctx, nodes)}.`;
  return {
    fix: { kind: 'folder-shares', text, content, folder: name, shares: kept },
    fixKey: `folder-shares ${keysOf(nodes)}`,
    suggestion: sure ? CONVERT : DECIDE,
  };
}

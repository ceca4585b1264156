/** List views that people from outside can open. They open no records, but names, filters and columns (platform-facts B2). */
import type { ListView } from '../model.js';
import { byHand, CONVERT, convertible, DECIDE, edgesOf, memberFix, suggestFor } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';
import { changeKeys, changesOf, isList, keysOf, leads, nodesOf, remaining, together } from './shared-to.js';

export function listViewDrafts(ctx: Context): Draft[] {
  // A view of one's own records shows nobody anything else.
  const views = ctx.world.snapshot.listViews.filter(({ scope }) => scope !== 'Mine');
  return views.flatMap((view) => draftsOf(ctx, view));
}

/** One for all that the view shares itself, and one for each list of members, whose ways are closed in the list. */
function draftsOf(ctx: Context, view: ListView): Draft[] {
  const nodes = view.to?.length ? nodesOf(ctx, view.to) : [ctx.graph.ofName('Everyone', '')];
  const lists = nodes.filter(isList);
  const direct = nodes.filter((node) => !isList(node) && leads(ctx.graph.reach(node)));
  // Keys must be the same when one of the others is closed, and no fix takes a list away: so the number of lists decides.
  const own = lists.length === 0 ? '' : '/direct';
  return [
    ...(direct.length > 0 ? [draftOf(ctx, view, direct, own)] : []),
    ...lists.map((node) => draftOf(ctx, view, [node], lists.length === 1 ? '' : `/${node.key}`)),
  ];
}

function draftOf(ctx: Context, view: ListView, nodes: readonly Node[], suffix: string): Draft {
  const { object, name, label } = view;
  const reach = restricted(ctx, object, together(nodes.map((node) => ctx.graph.reach(node))));
  return {
    key: `listview:${object}.${name}${suffix}`,
    step: 3,
    kind: 'list-view',
    object,
    source: { type: 'list view', name: `${object}.${name}`, label: `List view ${label || name} of ${object}` },
    target: nodes.map((node) => node.label).join(', '),
    targetKey: keysOf(nodes),
    access: 'View',
    reach,
    anyReader: true,
    severity: 'low',
    ...remedy(ctx, view, nodes, reach),
  };
}

/** A list of records that nobody may read is shown to nobody. */
function restricted({ audience }: Context, object: string, reach: Reach): Reach {
  return { ...reach, outsiders: audience.readersAmong(reach.outsiders, object) };
}

type Remedy = Pick<Draft, 'fix' | 'fixKey' | 'suggestion'>;

function remedy(ctx: Context, view: ListView, nodes: readonly Node[], reach: Reach): Remedy {
  const { object, name, label } = view;
  const edges = edgesOf(reach.chains.length > 0 ? reach.chains : reach.asleep, ctx.world);
  if (reach.unknown.length === 0 && edges.length > 0) {
    return { ...memberFix('swap-member', edges), suggestion: suggestFor(edges) };
  }
  const everyone = nodes[0]!.kind === 'Everyone';
  const to = everyone ? [{ element: 'allInternalUsers', names: [] }] : remaining(ctx, view.to ?? [], nodes);
  // A list view that is shared with nobody is seen by everybody.
  if (to.length === 0 || reach.unknown.length > 0 || isList(nodes[0]!)) {
    const step = `Open the list view ${label || name} of ${object}, choose Sharing Settings, and take those from outside away.`;
    return { ...byHand(step), suggestion: DECIDE };
  }
  const fix = { kind: 'list-view', object, listView: name, to } as const;
  if (everyone) {
    const text = `Let only all internal users see the list view ${label || name} of ${object}.`;
    return { fix: { ...fix, text }, fixKey: 'list-view allInternalUsers:', suggestion: CONVERT };
  }
  const text = `Change who sees the list view ${label || name} of ${object}: ${changesOf(ctx, nodes)}.`;
  const sure = nodes.every((node) => convertible(node, ctx.world));
  return { fix: { ...fix, text }, fixKey: `list-view ${changeKeys(ctx, nodes)}`, suggestion: sure ? CONVERT : DECIDE };
}

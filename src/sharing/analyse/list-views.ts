/** List views that people from outside can open. They open no records, but names, filters and columns (platform-facts B2). */
import type { ListView } from '../model.js';
import { byHand, CONVERT, convertible, DECIDE, edgesOf, memberFix, suggestFor } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

export function listViewDrafts(ctx: Context): Draft[] {
  // A view of one's own records shows nobody anything else.
  const views = ctx.world.snapshot.listViews.filter(({ scope }) => scope !== 'Mine');
  return views.flatMap((view) => {
    const nodes = view.to ? ctx.graph.ofTarget(view.to) : [ctx.graph.ofName('Everyone', '')];
    return nodes.map((node, index) => draftOf(ctx, view, node, index === 0 ? '' : `/${node.key}`));
  });
}

function draftOf(ctx: Context, view: ListView, node: Node, suffix: string): Draft {
  const { object, name, label } = view;
  const reach = restricted(ctx, object, ctx.graph.reach(node));
  return {
    key: `listview:${object}.${name}${suffix}`,
    step: 3,
    kind: 'list-view',
    object,
    source: { type: 'list view', name: `${object}.${name}`, label: `List view ${label || name} of ${object}` },
    target: node.label,
    targetKey: node.key,
    access: 'View',
    reach,
    anyReader: true,
    severity: 'low',
    ...remedy(ctx, view, node, reach),
  };
}

/** A list of records that nobody may read is shown to nobody. */
function restricted({ audience }: Context, object: string, reach: Reach): Reach {
  return { ...reach, outsiders: audience.readersAmong(reach.outsiders, object) };
}

function remedy(ctx: Context, view: ListView, node: Node, reach: Reach): Pick<Draft, 'fix' | 'fixKey' | 'suggestion'> {
  const { object, name, label } = view;
  const edges = edgesOf(reach.chains.length > 0 ? reach.chains : reach.asleep, ctx.world);
  if (reach.unknown.length === 0 && edges.length > 0) {
    return { ...memberFix('swap-member', edges), suggestion: suggestFor(edges) };
  }
  const to = convertible(node, ctx.world)
    ? { element: 'roleAndSubordinatesInternal', names: [node.name] }
    : node.kind === 'Everyone'
      ? { element: 'allInternalUsers', names: [] }
      : undefined;
  if (!to || reach.unknown.length > 0) {
    const step = `Open the list view ${label || name} of ${object}, choose Sharing Settings, and take those from outside away.`;
    return { ...byHand(step), suggestion: DECIDE };
  }
  const whom = to.names.length > 0 ? `Roles and Internal Subordinates: ${node.name}` : 'all internal users';
  const text = `Let only ${whom} see the list view ${label || name} of ${object}.`;
  const fixKey = `list-view ${to.element}:${to.names.join()}`;
  return { fix: { kind: 'list-view', text, object, listView: name, to }, fixKey, suggestion: CONVERT };
}

/** From a snapshot to the review: pure, so that the same snapshot and request give the same findings. */
import { edgeKey, type Dormant, type Edge, type EdgeUse, type Finding } from '../finding.js';
import type { Note, SharingSnapshot } from '../model.js';
import { Audience } from './audience.js';
import { conversionOf, type Conversion } from './conversion.js';
import { defaultDrafts } from './defaults.js';
import { edgesOf } from './fixes.js';
import { folderDrafts } from './folders.js';
import { accountHierarchyDrafts, relationshipDrafts, sharingSetDrafts } from './grants.js';
import { Graph } from './graph.js';
import { listViewDrafts } from './list-views.js';
import { manualDrafts, teamDrafts } from './manual.js';
import { permissionDrafts } from './permissions.js';
import type { ProjectionRequest } from './projection.js';
import { queueDrafts } from './queues.js';
import { ruleDrafts } from './rules.js';
import { settle, type Context, type Draft, type Settled } from './settle.js';
import { hierarchyDrafts, implicitDrafts, superUserDrafts, visibilityDrafts } from './standing.js';
import { buildWorld } from './world.js';

export type Analysis = {
  conversion: Conversion;
  /** In the order of the steps, then by name. */
  findings: Finding[];
  /** Ways outside that reach nobody or nothing today. */
  dormant: Dormant[];
  /** Memberships that fixes change, with everything that hangs on them. */
  uses: EdgeUse[];
  /** What could not be read, and what that means. */
  notes: Note[];
  /** Active people from outside, and partner roles to be. */
  people: { partners: number; customers: number; guests: number; projected: number };
  /** Ids of the people from outside, those there today, whom a finding reaches; by its key. */
  reached: (key: string) => string[];
};

const SOURCES: ReadonlyArray<(ctx: Context) => Draft[]> = [
  ruleDrafts,
  folderDrafts,
  queueDrafts,
  listViewDrafts,
  defaultDrafts,
  manualDrafts,
  teamDrafts,
  permissionDrafts,
  sharingSetDrafts,
  relationshipDrafts,
  accountHierarchyDrafts,
  superUserDrafts,
  hierarchyDrafts,
  implicitDrafts,
  visibilityDrafts,
];

export function analyse(snapshot: SharingSnapshot, request: ProjectionRequest): Analysis {
  const world = buildWorld(snapshot, request);
  const conversion = conversionOf(snapshot.org, snapshot.settings);
  const ctx = { world, graph: new Graph(world), audience: new Audience(world), conversion };
  const settled = SOURCES.flatMap((source) => source(ctx)).map((draft) => settle(ctx, draft));
  const findings = settled.flatMap(({ finding }) => finding ?? []).sort(inOrder);
  const dormant = settled.flatMap((one) => one.dormant ?? []).sort(inOrder);
  const heads = (kind: string): number => world.outsiders.filter((one) => one.kind === kind && !one.projected).length;
  return {
    conversion,
    findings,
    dormant,
    uses: usesOf(ctx, [...findings, ...dormant]),
    notes: snapshot.notes,
    people: {
      partners: heads('partner'),
      customers: heads('customer'),
      guests: heads('guest'),
      projected: world.outsiders.filter(({ projected }) => projected).length,
    },
    reached: reachedBy(ctx, settled),
  };
}

function reachedBy({ world }: Context, settled: readonly Settled[]): Analysis['reached'] {
  const readers = new Map(settled.flatMap((one) => (one.finding ? [[one.finding.key, one.readers ?? []]] : [])));
  return (key) =>
    (readers.get(key) ?? [])
      .map((index) => world.outsiders[index]!)
      .flatMap(({ person, projected }) => (projected ? [] : [person.id]));
}

const RANK: Readonly<Record<Finding['severity'], number>> = { high: 0, medium: 1, low: 2, info: 3 };

const inOrder = (a: Finding, b: Finding): number =>
  a.step - b.step || RANK[a.severity] - RANK[b.severity] || (a.key < b.key ? -1 : 1);

/** One membership may be the way of several findings, and the source of owner-based rules. */
function usesOf(ctx: Context, findings: readonly Finding[]): EdgeUse[] {
  const uses = new Map<string, EdgeUse>();
  for (const { key, fix } of findings) {
    for (const edge of edgesIn(fix)) {
      const use = uses.get(edgeKey(edge));
      if (use) use.findings.push(key);
      else uses.set(edgeKey(edge), { edge, findings: [key], sources: [] });
    }
  }
  for (const [name, sources] of sourcesByEdge(ctx)) uses.get(name)?.sources.push(...sources);
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

/** Memberships that a fix changes. */
export const edgesIn = (fix: Finding['fix']): Edge[] =>
  fix.kind === 'swap-member' || fix.kind === 'queue-member' ? fix.edges : [];

/** Owner-based rules by the memberships through which their records come. */
function sourcesByEdge({ graph, world }: Context): Map<string, string[]> {
  const byNode = new Map<string, string[]>();
  const byEdge = new Map<string, string[]>();
  for (const { object, name, from } of world.snapshot.rules) {
    for (const node of from ? graph.ofTarget(from) : []) {
      if (!byNode.has(node.key)) byNode.set(node.key, edgesOf(graph.reach(node).chains, world).map(edgeKey));
      for (const edge of byNode.get(node.key)!) push(byEdge, edge, `${object}.${name}`);
    }
  }
  return byEdge;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

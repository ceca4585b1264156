/** From what a source gives away to a finding: who of those reached may read, how much there is, and the digest. */
import { digestOf, type Dormant, type Finding } from '../finding.js';
import type { Audience } from './audience.js';
import type { Conversion } from './conversion.js';
import type { Chain, Graph, Reach } from './graph.js';
import type { World } from './world.js';

export type Context = { world: World; graph: Graph; audience: Audience; conversion: Conversion };

/** What a source module says; the rest follows from it. */
export type Draft = Pick<Finding, 'key' | 'step' | 'kind' | 'object' | 'source' | 'target' | 'access' | 'fix'> & {
  /** Name of the target that is the same in every org. */
  targetKey: string;
  reach: Reach;
  /** What the fix does, the same in every org. */
  fixKey: string;
  /** Other objects that it opens: children of an account, parents of a case. */
  also?: readonly string[];
  /** Undefined: not counted, or not to be counted. */
  records?: number;
  /** True where it opens no records of an object by itself: a folder, a list view. */
  anyReader?: boolean;
  /** True where nothing in it today does not mean nothing tomorrow, as in a folder. */
  emptyCounts?: boolean;
  severity: Finding['severity'];
  needsConversion?: boolean;
  suggestion: Finding['suggestion'];
};

/** `readers`: places in `World.outsiders` of those who are reached and may read. */
export type Settled = { finding?: Finding; dormant?: Dormant; readers?: readonly number[] };

/** Turns a draft into a finding, or into a dormant one that says why it reaches nobody or nothing. */
export function settle(ctx: Context, draft: Draft): Settled {
  const { reach } = draft;
  const chains = reach.chains.length > 0 ? reach.chains : reach.asleep;
  if (chains.length === 0) return {};
  const readers = draft.anyReader ? withoutGuests(ctx, reach.outsiders) : readersOf(ctx, reach.outsiders, draft.object);
  const finding = build(ctx, draft, chains, readers);
  const why = sleeps(draft, readers, finding);
  return why ? { dormant: { ...finding, why } } : { finding, readers };
}

function sleeps(draft: Draft, readers: readonly number[], finding: Finding): Dormant['why'] | undefined {
  if (finding.unknown !== undefined) return undefined;
  if (draft.reach.outsiders.length === 0) return 'nobody';
  if (readers.length === 0) return draft.anyReader ? 'nobody' : 'no-permission';
  return finding.recordsKnown && finding.records === 0 && !draft.emptyCounts ? 'no-records' : undefined;
}

function build(ctx: Context, draft: Draft, chains: readonly Chain[], readers: readonly number[]): Finding {
  const { key, step, kind, object, source, target, access, fix, reach, records, suggestion } = draft;
  const heads = ctx.audience.heads(readers);
  const latent = heads.real === 0 && heads.projected > 0;
  const unknown = reach.unknown.length > 0 ? [...new Set(reach.unknown)].sort().join('; ') : undefined;
  const paths = pathsOf(chains);
  const subject = { kind, object, target: draft.targetKey, access, paths, fix: draft.fixKey };
  return {
    key,
    step,
    kind,
    object,
    objects: opened(ctx, draft, readers),
    source,
    target,
    access,
    chains: chains.map(({ nodes, outside }) => [source.label, ...nodes.map(({ label }) => label), outside]).map(tidy),
    externalUsers: heads.real,
    usersKnown: unknown === undefined,
    projectedRoles: heads.projected,
    records: records ?? 0,
    recordsKnown: records !== undefined,
    latent,
    ...(unknown === undefined ? {} : { unknown }),
    severity: latent && draft.severity === 'high' ? 'medium' : draft.severity,
    needsConversion: draft.needsConversion ?? false,
    suggestion,
    fix,
    subject,
    digest: digestOf(key, subject),
  };
}

/** A way that ends with a node that is itself outside needs no other end. */
const tidy = (labels: string[]): string[] =>
  labels.filter((label, index) => label !== '' && label !== labels[index - 1]);

const known = new WeakMap<readonly Chain[], string[]>();

/** Names of all ways, sorted. Many rules share with the same group, whose ways are the same. */
function pathsOf(chains: readonly Chain[]): string[] {
  const before = known.get(chains);
  if (before) return before;
  const paths = chains.map(pathOf).sort();
  known.set(chains, paths);
  return paths;
}

/** Names of a way, the same in every org: who is named in a list differs between orgs, so only that some are. */
export const pathOf = ({ nodes, named }: Chain): string =>
  [...nodes.map(({ key }) => key), ...(named.length > 0 ? ['*'] : [])].join(' > ');

/** Those who may read the object itself; what it opens beside it is no more than an addition. */
const readersOf = ({ audience }: Context, outsiders: readonly number[], object: string): number[] =>
  object === '*' ? [...outsiders] : audience.readersAmong(outsiders, object);

const withoutGuests = ({ world }: Context, outsiders: readonly number[]): number[] =>
  outsiders.filter((index) => world.outsiders[index]!.kind !== 'guest');

/** Objects that somebody among the readers may read, and that this opens to him. */
function opened(
  { audience, world }: Context,
  { object, also = [], anyReader }: Draft,
  readers: readonly number[]
): string[] {
  if (anyReader) return [];
  const { parents } = world.snapshot;
  const objects = new Set([object, ...also]);
  for (const parent of objects)
    for (const [child, ofChild] of Object.entries(parents)) if (ofChild.includes(parent)) objects.add(child);
  return [...objects].filter((name) => name === object || audience.readersAmong(readers, name).length > 0);
}

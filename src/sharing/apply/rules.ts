/** Deploys that give rules internal twins and delete the old ones, within the limits on rules (platform-facts, addenda). */
import type { MetadataBody } from '../../org/read/index.js';
import type { Deployment, PlannedComponent } from '../../runs/index.js';
import type { Finding } from '../finding.js';
import { fixesOf } from './choice.js';
import { RULE_TYPES, type Originals, type RuleKind } from './originals.js';
import { sharedTo } from './targets.js';

/** One deploy with its way back. */
export type PlannedDeploy = {
  id: string;
  title: string;
  deployment: Deployment;
  backup: Deployment;
  components: PlannedComponent[];
  warnings: string[];
};

/** Rules of an object in all, and those of them that are criteria-based or for guests. */
const MOST_RULES = 300;
const MOST_CRITERIA = 50;

/** Recalculation of one of these locks the rules of all four, so their rules go in one deploy (platform-facts, addenda). */
const LOCKED_TOGETHER = new Set(['Account', 'Contact', 'Opportunity', 'Case']);

/** A rule to take away, and its twin where it gets one. */
type Change = {
  object: string;
  kind: RuleKind;
  old: MetadataBody;
  name: string;
  twin?: MetadataBody;
  twinName?: string;
};

/** The deploys for all rules that are converted or deleted, and the keys of rules that are gone meanwhile. */
export function planRules(
  findings: readonly Finding[],
  originals: Originals
): { deploys: PlannedDeploy[]; missing: string[] } {
  const missing: string[] = [];
  const groups = new Map<string, Change[]>();
  for (const fix of fixesOf(findings, 'convert-rule', 'delete-rule')) {
    const old = originals.rules.get(`${fix.object}.${fix.rule}`);
    if (!old) {
      missing.push(`${fix.object}.${fix.rule}`);
      continue;
    }
    const change: Change = { object: fix.object, kind: fix.ruleKind, old, name: fix.rule };
    if (fix.kind === 'convert-rule') {
      change.twinName = fix.twin;
      change.twin = { ...old, fullName: fix.twin, sharedTo: sharedTo(fix.to) };
    }
    const group = LOCKED_TOGETHER.has(fix.object) ? 'Account' : fix.object;
    groups.set(group, [...(groups.get(group) ?? []), change]);
  }
  const deploys = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, changes]) => {
      const parts = batches(changes, originals);
      return parts.map((part, at) => deployOf(group, part, parts.length > 1 ? at + 1 : undefined));
    });
  return { deploys, missing };
}

type Batch = { changes: Change[]; deleteFirst: boolean };

/**
 * While a deploy runs, twins and old rules exist together. Where there is no room for all, they go in batches; where
 * there is none at all, the old rule of the first batch goes before its twin comes, which the plan says.
 */
function batches(changes: readonly Change[], originals: Originals): Batch[] {
  const result: Batch[] = [];
  const rest = [...changes];
  while (rest.length > 0) {
    const room = roomFor(originals, rest);
    const part = rest.filter((change) => room.take(change));
    const chosen = part.length > 0 ? part : rest.slice(0, 1);
    result.push({ changes: chosen, deleteFirst: part.length === 0 });
    for (const change of chosen) rest.splice(rest.indexOf(change), 1);
  }
  return result;
}

const isLimited = (kind: RuleKind): boolean => kind === 'criteria' || kind === 'guest';

/** Counts how many twins still fit. Each batch leaves as many rules as it found, or fewer. */
function roomFor({ ruleCounts }: Originals, changes: readonly Change[]): { take(change: Change): boolean } {
  const left = new Map(
    [...new Set(changes.map(({ object }) => object))].map((object) => {
      const counts = ruleCounts.get(object);
      const all = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : 0;
      return [
        object,
        { all: MOST_RULES - all, limited: MOST_CRITERIA - (counts ? counts.criteria + counts.guest : 0) },
      ];
    })
  );
  return {
    take({ object, kind, twin }) {
      if (!twin) return true;
      const room = left.get(object)!;
      if (room.all < 1 || (isLimited(kind) && room.limited < 1)) return false;
      room.all -= 1;
      if (isLimited(kind)) room.limited -= 1;
      return true;
    },
  };
}

function deployOf(group: string, { changes, deleteFirst }: Batch, part: number | undefined): PlannedDeploy {
  const objects = [...new Set(changes.map(({ object }) => object))].sort();
  const twins = changes.flatMap(({ object, kind, twin, twinName }) =>
    twin ? [{ object, kind, rule: twin, name: twinName! }] : []
  );
  const old = changes.map(({ object, kind, old: rule, name }) => ({ object, kind, rule, name }));
  const suffix = part === undefined ? '' : ` (part ${part})`;
  return {
    id: `rules-${group}${part === undefined ? '' : `-${part}`}`,
    title: `Sharing rules of ${objects.join(', ')}${suffix}`,
    deployment: swap(twins, old, deleteFirst),
    backup: swap(old, twins, deleteFirst),
    components: [
      ...twins.map(({ object, kind, name }) => component(object, kind, name, 'create')),
      ...old.map(({ object, kind, name }) => component(object, kind, name, 'delete')),
    ],
    warnings: deleteFirst
      ? [
          `${objects.join(', ')} has as many rules as it may. ${old[0]!.name} is deleted before its twin is made, so that its access is away for the time of one recalculation.`,
        ]
      : [],
  };
}

const component = (
  object: string,
  kind: RuleKind,
  name: string,
  action: PlannedComponent['action']
): PlannedComponent => ({
  type: RULE_TYPES[kind].type,
  fullName: `${object}.${name}`,
  action,
});

type Named = { object: string; kind: RuleKind; rule: MetadataBody; name: string };

/** One deploy that brings some rules and takes others away. */
function swap(create: readonly Named[], remove: readonly Named[], deleteFirst: boolean): Deployment {
  const gone = membersOf(remove);
  return {
    files: filesOf(create),
    members: membersOf(create),
    ...(remove.length === 0 ? {} : deleteFirst ? { deleteBefore: gone } : { deleteAfter: gone }),
  };
}

function membersOf(rules: readonly Named[]): Record<string, string[]> {
  const members: Record<string, string[]> = {};
  for (const { object, kind, name } of rules) (members[RULE_TYPES[kind].type] ??= []).push(`${object}.${name}`);
  return members;
}

function filesOf(rules: readonly Named[]): Deployment['files'] {
  const bodies = new Map<string, Record<string, MetadataBody[]>>();
  for (const { object, kind, rule } of rules) {
    const body = bodies.get(object) ?? {};
    bodies.set(object, body);
    (body[RULE_TYPES[kind].element] ??= []).push(rule);
  }
  return [...bodies].map(([object, body]) => ({
    path: `sharingRules/${object}.sharingRules`,
    root: 'SharingRules',
    body,
  }));
}

/** Sharing rules of all kinds (platform-facts B4). */
import type { Fix } from '../finding.js';
import type { Rule } from '../model.js';
import { foreign, ownedBy } from './counting.js';
import { byHand, CONVERT, convertible, DECIDE, edgesOf, memberFix, suggestFor } from './fixes.js';
import type { Node, Reach } from './graph.js';
import type { Context, Draft } from './settle.js';

/** Names of components are unique within an object and at most this long. */
const LONGEST = 80;

/** Levels of `accountSettings` in the order of the objects they open. */
const CHILDREN = [
  ['contact', 'Contact'],
  ['opportunity', 'Opportunity'],
  ['case', 'Case'],
] as const;

export function ruleDrafts(ctx: Context): Draft[] {
  const names = new Map<string, Set<string>>();
  for (const { object, name } of ctx.world.snapshot.rules) {
    const taken = names.get(object);
    if (taken) taken.add(name.toLowerCase());
    else names.set(object, new Set([name.toLowerCase()]));
  }
  const twins = twinsOf(ctx.world.snapshot.rules, names);
  return ctx.world.snapshot.rules.flatMap((rule) =>
    ctx.graph.ofTarget(rule.to).map((node) => draftOf(ctx, rule, node, twins.get(rule)!))
  );
}

/** A free name for the twin of each rule, no name twice; the same rules get the same names in whatever order they were read. */
function twinsOf(rules: readonly Rule[], names: ReadonlyMap<string, Set<string>>): Map<Rule, string> {
  const ordered = [...rules].sort((a, b) => (`${a.object}.${a.name}` < `${b.object}.${b.name}` ? -1 : 1));
  return new Map(
    ordered.map((rule) => {
      const taken = names.get(rule.object)!;
      const twin = twinName(rule.name, taken);
      taken.add(twin.toLowerCase());
      return [rule, twin];
    })
  );
}

function draftOf(ctx: Context, rule: Rule, node: Node, twin: string): Draft {
  const { object, name, label, kind, access } = rule;
  const reach = ctx.graph.reach(node);
  const direct = convertible(node, ctx.world);
  return {
    key: `rule:${object}.${name}`,
    step: 1,
    kind: 'rule',
    object,
    source: {
      type: `${kind} rule`,
      name: `${object}.${name}`,
      label: `${capital(kind)} rule ${label || name} on ${object}`,
    },
    target: node.label,
    targetKey: node.key,
    access,
    reach,
    also: opens(rule),
    records: recordsOf(ctx, rule, reach),
    severity: 'high',
    needsConversion: direct && ctx.conversion.needed,
    ...remedy(ctx, rule, node, reach, twin),
  };
}

/** What a rule opens beside the object it is on: children of accounts, and the account of what has one. */
function opens({ object, children }: Rule): string[] {
  if (object === 'Account') {
    const level = (name: (typeof CHILDREN)[number][0]): string => children?.[name] ?? 'None';
    return CHILDREN.flatMap(([name, child]) => (level(name) === 'None' ? [] : [child]));
  }
  return ['Contact', 'Opportunity', 'Case'].includes(object) ? ['Account'] : [];
}

function recordsOf(ctx: Context, rule: Rule, { outsiders }: Reach): number | undefined {
  if (rule.kind !== 'owner' || !rule.from) return ctx.world.snapshot.counts.rules[`${rule.object}.${rule.name}`];
  const nodes = ctx.graph.ofTarget(rule.from);
  if (nodes.some((node) => node.problem !== undefined || ctx.graph.reach(node).unknown.length > 0)) return undefined;
  const owners =
    nodes.length === 1 ? ctx.graph.owners(nodes[0]!) : new Set(nodes.flatMap((node) => [...ctx.graph.owners(node)]));
  const readers = ctx.audience.readersAmong(outsiders, rule.object);
  return foreign(ctx, rule.object, owners, readers, ownedBy(ctx, rule.object, owners));
}

function remedy(
  ctx: Context,
  { object, name, kind, label }: Rule,
  node: Node,
  { chains, asleep, unknown }: Reach,
  twin: string
): Pick<Draft, 'fix' | 'fixKey' | 'suggestion'> {
  if (unknown.length > 0) {
    return {
      ...byHand(`Open Setup, Sharing Settings, the rule ${label || name} on ${object}, and look whom it shares with.`),
      suggestion: DECIDE,
    };
  }
  const edges = edgesOf(chains.length > 0 ? chains : asleep, ctx.world);
  if (edges.length > 0) return { ...memberFix('swap-member', edges), suggestion: suggestFor(edges) };
  const rule = { object, rule: name, ruleKind: kind };
  if (!convertible(node, ctx.world)) {
    const text = `Delete the rule ${name} on ${object}: it shares with people from outside only.`;
    return { fix: { kind: 'delete-rule', text, ...rule }, fixKey: 'delete-rule', suggestion: DECIDE };
  }
  const to = { element: 'roleAndSubordinatesInternal', names: [node.name] };
  const text = `Create the rule ${twin} on ${object}, which is the same for Roles and Internal Subordinates: ${node.name}, and delete ${name} in the same deploy.`;
  const fix: Fix = { kind: 'convert-rule', text, ...rule, twin, to };
  return { fix, fixKey: `convert-rule ${to.element}:${node.name}`, suggestion: CONVERT };
}

/** `sharedTo` cannot be changed by a deploy, so the rule gets a twin under a name that is free (platform-facts, fact 2). */
export function twinName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '_Int' : `_Int${number}`;
    const twin = `${name.slice(0, LONGEST - suffix.length).replace(/_+$/, '')}${suffix}`;
    if (!taken.has(twin.toLowerCase())) return twin;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

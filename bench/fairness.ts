/**
 * How far ways to take turns drift from the exact shares, on the same arrivals: `npm run bench -- fairness
 * [--leads 10000] [--worlds 10]`. The first table is that of docs/lead-distribution.md, for members that stay the same;
 * the second that of docs/fairness.md, for members that change. The numbers are the same each time.
 */
import { parseArgs } from 'node:util';
import { RotationEngine } from '../src/leads/rotation/engine.js';
import { ourRule } from '../test/helpers/rotation-rule.js';
import { measure, modRule, pointerRule, sequence, type Fairness } from '../test/helpers/rotation-world.js';
import { SHAPES, worldOf } from '../test/helpers/rotation-worlds.js';
import { printTable } from './support/run.js';

const { values } = parseArgs({
  options: { leads: { type: 'string', default: '10000' }, worlds: { type: 'string', default: '10' } },
});
const LEADS = Number(values.leads);
const WORLDS = Number(values.worlds);

/** Names the member, by its place in the weights, that gets each of `leads` leads. */
type Rule = (weights: readonly number[], leads: number) => Iterable<number>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function* channelDesk(weights: readonly number[], leads: number): Generator<number> {
  const members = weights.map((weight, index) => ({ key: String(index).padStart(4, '0'), label: '', weight }));
  const engine = new RotationEngine(members);
  for (let lead = 0; lead < leads; lead++) yield engine.next().member!;
}

/** The member that is owed most gets the lead; smooth weighted round robin is the same rule. */
function* furthestBehind(weights: readonly number[], leads: number): Generator<number> {
  const total = sum(weights);
  const counts = weights.map(() => 0);
  for (let k = 1; k <= leads; k++) {
    const owed = weights.map((weight, member) => k * weight - counts[member]! * total);
    const member = owed.indexOf(Math.max(...owed));
    counts[member]! += 1;
    yield member;
  }
}

/** Slots in the order of the members, as many as the weight says; the record's number modulo the slots names one. */
const slotsOf = (weights: readonly number[]): number[] =>
  weights.flatMap((weight, member) => Array.from({ length: weight }, () => member));

function* pointer(weights: readonly number[], leads: number): Generator<number> {
  const slots = slotsOf(weights);
  for (let lead = 0; lead < leads; lead++) yield slots[lead % slots.length]!;
}

/** As an assignment rule with MOD on an auto-number, where on average every second number is a record of others. */
function* modWithGaps(weights: readonly number[], leads: number): Generator<number> {
  const slots = slotsOf(weights);
  const random = sequence(20260101);
  for (let lead = 0, number = 0; lead < leads; lead++) {
    do number += 1;
    while (random(2) === 0);
    yield slots[number % slots.length]!;
  }
}

/** Greatest distance of any member from its exact share at any moment, in leads. */
function worst(weights: readonly number[], rule: Rule): number {
  const total = sum(weights);
  const counts = weights.map(() => 0);
  let most = 0;
  let k = 0;
  for (const member of rule(weights, LEADS)) {
    k += 1;
    counts[member]! += 1;
    for (const [index, weight] of weights.entries())
      most = Math.max(most, Math.abs(k * weight - counts[index]! * total));
  }
  return most / total;
}

const times = (count: number, weight: number): number[] => Array.from({ length: count }, () => weight);

function anyWeights(count: number, most: number): number[] {
  const random = sequence(count);
  return Array.from({ length: count }, () => 1 + random(most));
}

const SETS: ReadonlyArray<readonly [name: string, weights: readonly number[]]> = [
  ['8 × 1', times(8, 1)],
  ['2, 1', [2, 1]],
  ['4, 3, 2, 2, 1, 1, 5, 3', [4, 3, 2, 2, 1, 1, 5, 3]],
  ['17, 1, 5, 1, 17, 5, 1', [17, 1, 5, 1, 17, 5, 1]],
  ['23 × 1 and 6 × 30', [...times(23, 1), ...times(6, 30)]],
  ['50 from 1 to 20', anyWeights(50, 20)],
  ['200 from 1 to 5', anyWeights(200, 5)],
];

const RULES: readonly Rule[] = [channelDesk, furthestBehind, pointer, modWithGaps];

console.log(`Furthest from the exact share in ${LEADS.toLocaleString('en')} leads, in leads`);
printTable([
  ['weights', 'bound', 'Channel Desk', 'furthest behind first', 'pointer', 'MOD with gaps'],
  ...SETS.map(([name, weights]) => [
    name,
    ...[1 - 1 / (2 * weights.length - 2), ...RULES.map((rule) => worst(weights, rule))].map((leads) =>
      leads.toFixed(3)
    ),
  ]),
]);

/** The worst of several worlds of a shape. */
function worstOf(name: string, rule: typeof pointerRule): Omit<Fairness, 'off'> {
  const all = Array.from({ length: WORLDS }, (_, seed) => {
    const world = worldOf(name, SHAPES[name]!, seed);
    return measure(world, rule(world.members));
  });
  const most = (pick: (one: Fairness) => number): number => Math.max(...all.map(pick));
  return {
    furthest: most(({ furthest }) => furthest),
    gap: most(({ gap }) => gap),
    lost: sum(all.map(({ lost }) => lost)),
    given: sum(all.map(({ given }) => given)),
  };
}

const CHANGING: ReadonlyArray<readonly [name: string, rule: typeof pointerRule]> = [
  ['Channel Desk', ourRule],
  ['pointer', pointerRule],
  ['MOD', modRule],
];

console.log(`\nMembers that change: ${WORLDS} worlds of each kind, 1,000 runs each, in leads; lost in percent`);
printTable([
  ['world', 'leads', ...CHANGING.flatMap(([rule]) => [`${rule}: furthest`, 'gap']), 'MOD: lost'],
  ...Object.keys(SHAPES).map((name) => {
    const figures = CHANGING.map(([, rule]) => worstOf(name, rule));
    const { lost, given } = figures.at(-1)!;
    const leads = figures[0]!.given + figures[0]!.lost;
    return [
      name,
      leads.toLocaleString('en'),
      ...figures.flatMap(({ furthest, gap }) => [furthest.toFixed(2), gap.toFixed(2)]),
      `${((100 * lost) / (lost + given)).toFixed(0)} %`,
    ];
  }),
]);

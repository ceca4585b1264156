/** The worlds that fairness is measured in. Each seed gives another one of the same kind. */
import { BEGIN, sequence, type Arrival, type World, type WorldMember } from './rotation-world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Random = (most: number) => number;

type Shape = {
  runs: number;
  /** Leads of a run, as many as from 1 to this. */
  most: number;
  /** Members at the beginning. */
  members: number;
  weights?: number;
  caps?: boolean;
  pauses?: boolean;
  hours?: boolean;
  joins?: boolean;
  regions?: number;
};

/** A run a day, unless the leads are few: then a run an hour. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'fixed members, equal': { runs: 1000, most: 20, members: 8 },
  'fixed members, weights 1 to 9': { runs: 1000, most: 20, members: 12, weights: 9 },
  'short runs of 1 to 3 leads': { runs: 1000, most: 3, members: 12, weights: 9 },
  'caps a day': { runs: 1000, most: 40, members: 10, weights: 5, caps: true },
  pauses: { runs: 1000, most: 20, members: 10, weights: 5, pauses: true },
  'working hours in three zones': { runs: 1000, most: 30, members: 12, weights: 3, hours: true },
  'joining and leaving': { runs: 1000, most: 20, members: 10, weights: 5, joins: true },
  'leads of four regions': { runs: 1000, most: 20, members: 12, weights: 3, regions: 4 },
  'all of it': {
    runs: 1000,
    most: 30,
    members: 14,
    weights: 5,
    caps: true,
    pauses: true,
    hours: true,
    joins: true,
    regions: 4,
  },
};

/** A world of a shape; the same seed gives the same world. */
export function worldOf(name: string, shape: Shape, seed: number): World {
  // Seeds next to each other give sequences that have nothing in common.
  const random = sequence(Math.imul(seed + 1, 2_654_435_769) | 1);
  const end = BEGIN + shape.runs * DAY;
  const count = shape.joins ? 2 * shape.members : shape.members;
  const members = Array.from({ length: count }, (_, index) => memberOf(index, shape, random, end));
  return { name, members, arrivals: arrivalsOf(shape, random) };
}

function memberOf(index: number, shape: Shape, random: Random, end: number): WorldMember {
  const isLater = index >= shape.members;
  const when = (): number => BEGIN + random(shape.runs) * DAY;
  const from = 6 + random(5);
  return {
    key: `member-${String(index).padStart(2, '0')}`,
    weight: shape.weights === undefined ? 1 : 1 + random(shape.weights),
    ...(shape.caps && random(2) === 0 ? { cap: 1 + random(4) } : {}),
    ...(shape.hours && index > 0 ? { hours: { from, to: from + 6 + random(5), ahead: [-5, 0, 8][random(3)]! } } : {}),
    pauses: shape.pauses ? Array.from({ length: 6 }, () => pause(when(), random)) : [],
    // The first one always stays, so that somebody is there.
    joins: isLater ? when() : BEGIN,
    leaves: shape.joins && index > 0 && random(2) === 0 ? when() + DAY : end + DAY,
    ...(shape.regions === undefined || random(3) === 0 ? {} : { regions: regionsOf(shape.regions, random) }),
  };
}

const pause = (from: number, random: Random): [number, number] => [from, from + (1 + random(30 * 24)) * HOUR];

const regionsOf = (count: number, random: Random): number[] => {
  const first = random(count);
  return random(2) === 0 ? [first] : [first, (first + 1 + random(count - 1)) % count];
};

function arrivalsOf({ runs, most, regions = 1 }: Shape, random: Random): Arrival[] {
  return Array.from({ length: runs }, (_, index) => {
    const run = BEGIN + index * DAY;
    const times = Array.from({ length: 1 + random(most) }, () => run + random(DAY)).sort((a, b) => a - b);
    return times.map((at) => ({ at, run, region: random(regions) }));
  }).flat();
}

import { z } from 'zod';
import type { Rotation } from '../rotation/model.js';
import type { Arrivals } from './arrivals.js';
import type { Simulation, SimulatedMember } from './simulation.js';

export const simulatedMemberSchema = z.object({
  kind: z.enum(['queue', 'user']),
  name: z.string(),
  weight: z.number().int(),
  cap: z.number().int().optional(),
  assigned: z.number().int(),
  /** Leads that were its exact share of those that it could take. */
  share: z.number(),
  /** `assigned − share`. */
  deviation: z.number(),
  /** Furthest from the exact share at any moment. */
  worst: z.number(),
  /** Longest time without a lead, in hours; the beginning and the end count. */
  longestWait: z.number(),
  /** The same in its working hours. */
  longestOpenWait: z.number(),
  /** How often it reached its cap. */
  capped: z.number().int(),
});

/** One configuration. */
export const simulationSchema = z.object({
  /** Where it is from: a file, or an org's record. */
  source: z.string(),
  key: z.string(),
  name: z.string(),
  period: z.enum(['day', 'week', 'month']),
  members: z.array(simulatedMemberSchema),
  assigned: z.number().int(),
  /** Leads that came while members were out of hours: they wait, and a later run gives them. */
  waiting: z.number().int(),
  /** Leads that nobody could take. */
  unassigned: z.number().int(),
  /** Queue that these go to; without one they stay where they are. */
  fallback: z.string().optional(),
  /** Leads that went to who had the company or the e-mail domain before. */
  sticky: z.number().int(),
  /** Furthest that any member was from its exact share at any moment, in leads. */
  worst: z.number(),
});

/** Result of `sf channel rotation simulate --json`. */
export const rotationSimulateResultSchema = z.object({
  /** Absent where none was needed. */
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }).optional(),
  arrivals: z.object({
    kind: z.enum(['history', 'synthetic']),
    text: z.string(),
    leads: z.number().int(),
    from: z.string(),
    to: z.string(),
  }),
  seed: z.number().int(),
  /** The configuration, and the second one where there is one. */
  rotations: z.array(simulationSchema),
  /** What the simulation leaves out. */
  notes: z.array(z.string()),
  files: z.object({ report: z.string().nullable(), csv: z.string().nullable() }),
});

export type RotationSimulateResult = z.infer<typeof rotationSimulateResultSchema>;

const HOUR = 3_600_000;

/** A rotation, and where it is from. */
export type Source = { source: string; rotation: Rotation };

/** Figures of a simulation, for people and machines. */
export function simulationResult(
  source: string,
  { rotation, members, leads, waiting, unassigned, sticky }: Simulation
): RotationSimulateResult['rotations'][number] {
  const { key, name, period, fallback } = rotation;
  return {
    source,
    key,
    name,
    period,
    members: members.map(memberResult),
    assigned: leads - waiting - unassigned,
    waiting,
    unassigned,
    ...(fallback === undefined ? {} : { fallback }),
    sticky,
    worst: rounded(
      members.reduce((most, { worst }) => Math.max(most, worst), 0),
      4
    ),
  };
}

function memberResult(member: SimulatedMember): z.infer<typeof simulatedMemberSchema> {
  const { label, key, weight, cap, assigned, share, deviation, worst, wait, capped } = member;
  return {
    kind: key.startsWith('user:') ? 'user' : 'queue',
    name: label,
    weight,
    ...(cap === undefined ? {} : { cap }),
    assigned,
    share: rounded(share, 4),
    deviation: rounded(deviation, 4),
    worst: rounded(worst, 4),
    longestWait: rounded(wait.longest / HOUR, 2),
    longestOpenWait: rounded(wait.open / HOUR, 2),
    capped,
  };
}

/** Without the last digits, and without a negative zero. */
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;

/** What arrived, from the first simulation. */
export function arrivalsResult(
  { kind, text }: Arrivals,
  { leads, from, to }: Simulation
): RotationSimulateResult['arrivals'] {
  const iso = (instant: number): string => new Date(instant).toISOString();
  return { kind, text, leads, from: iso(from), to: iso(to) };
}

/** What a table on the screen shows of each member. */
export function memberRows({ members, period }: RotationSimulateResult['rotations'][number]): MemberRow[] {
  return members.map(({ kind, name, weight, cap, assigned, share, deviation, worst, capped, ...waits }) => ({
    member: `${kind} ${name}`,
    weight,
    given: assigned,
    share: share.toFixed(2),
    off: deviation.toFixed(2),
    worst: worst.toFixed(2),
    wait: `${waits.longestWait.toFixed(1)} h`,
    open: `${waits.longestOpenWait.toFixed(1)} h`,
    capped: cap === undefined ? '' : `${capped} x (${cap} a ${period})`,
  }));
}

type MemberRow = { weight: number; given: number } & Record<
  'member' | 'share' | 'off' | 'worst' | 'wait' | 'open' | 'capped',
  string
>;

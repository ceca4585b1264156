/** One rotation in full: of the org with what it remembers, or of a file. */
import { z } from 'zod';
import { formatHours } from '../rotation/config/index.js';
import { NEW_MEMBER } from '../rotation/counts.js';
import { LEDGER_UNIT, type MemberState, type Rotation } from '../rotation/model.js';
import type { StoredRotation } from '../rotation/records/index.js';
import { hindrances } from './standing.js';

const memberSchema = z.object({
  kind: z.enum(['queue', 'user']),
  name: z.string(),
  /** Name of the queue or user for people. Absent for a file. */
  targetName: z.string().optional(),
  weight: z.number().int(),
  /** Share of the leads that all members may take, in percent. */
  share: z.number(),
  cap: z.number().int().optional(),
  /** Its own, or the rotation's. */
  hours: z.string(),
  timeZone: z.string(),
  pausedUntil: z.string().optional(),
  criteria: z.string().optional(),
  /** What the rotation remembers; absent for a file. */
  assigned: z.number().int().optional(),
  periodCount: z.number().int().optional(),
  periodStart: z.string().optional(),
  /** Leads that it is owed (+) or ahead (-). */
  deficit: z.number().optional(),
  /** Why it gets nothing now; empty where it is available. */
  hindrances: z.array(z.string()),
});

export const rotationShowResultSchema = z.object({
  /** Absent where a file was shown without an org. */
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }).optional(),
  file: z.string().optional(),
  rotation: z.object({
    key: z.string(),
    name: z.string(),
    active: z.boolean(),
    leads: z.string().optional(),
    balance: z.enum(['assigned', 'open-leads']),
    period: z.enum(['day', 'week', 'month']),
    timeZone: z.string(),
    hours: z.string(),
    holidays: z.array(z.string()),
    fallback: z.string().optional(),
    sticky: z.array(z.string()),
    neverBackTo: z.array(z.string()),
  }),
  members: z.array(memberSchema),
  problems: z.array(z.string()),
  /** When availability was looked at. */
  at: z.string(),
});

export type RotationShowResult = z.infer<typeof rotationShowResultSchema>;

type Shown = Omit<RotationShowResult, 'org' | 'file'>;

/** A rotation as it is defined, without anything that it remembers. */
export function shownFile(rotation: Rotation, now: Date): Shown {
  return { ...headOf(rotation, now), members: membersOf(rotation, now, () => NEW_MEMBER), problems: [] };
}

/** A rotation of the org. */
export function shownStored({ rotation, members, problems }: StoredRotation, now: Date): Shown {
  const shown = membersOf(rotation, now, (at) => members[at]!.state);
  return {
    ...headOf(rotation, now),
    members: shown.map((member, at) => {
      const { targetName, state, problem } = members[at]!;
      const { assigned, periodCount, periodStart, deficit } = state;
      const remembered = { assigned, periodCount, ...(periodStart === undefined ? {} : { periodStart }) };
      const hindered = problem === undefined ? member.hindrances : [problem, ...member.hindrances];
      return { ...member, targetName, ...remembered, deficit: deficit / LEDGER_UNIT, hindrances: hindered };
    }),
    problems,
  };
}

function headOf(rotation: Rotation, now: Date): Pick<Shown, 'rotation' | 'at'> {
  const { members: _members, hours, holidays, sticky, neverBackTo, ...rest } = rotation;
  return {
    rotation: {
      ...rest,
      hours: formatHours(hours),
      holidays: [...holidays],
      sticky: [...sticky],
      neverBackTo: [...neverBackTo],
    },
    at: now.toISOString(),
  };
}

function membersOf(rotation: Rotation, now: Date, stateOf: (at: number) => MemberState): Shown['members'] {
  const total = rotation.members.reduce((sum, { weight }) => sum + weight, 0);
  return rotation.members.map((member, at) => {
    const { hours, timeZone, ...rest } = member;
    return {
      ...rest,
      share: Math.round((member.weight / total) * 1000) / 10,
      hours: formatHours(hours ?? rotation.hours),
      timeZone: timeZone ?? rotation.timeZone,
      hindrances: hindrances(rotation, member, stateOf(at), now),
    };
  });
}

/**
 * Worlds of members that come, go, pause, sleep and reach caps, the leads that arrive in them, and how fair a rule is
 * there. Who may take a lead is worked out here by other means than the engine's, so that one can check the other.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Monday. */
export const BEGIN = Date.UTC(2026, 0, 5);

export type WorldMember = {
  key: string;
  weight: number;
  /** Most leads a day (UTC). */
  cap?: number;
  /** From Monday to Friday, whole hours of a clock so many hours ahead of UTC. */
  hours?: { from: number; to: number; ahead: number };
  /** Instants; a pause, a start or an end counts from the next run on. */
  pauses: ReadonlyArray<readonly [from: number, to: number]>;
  joins: number;
  leaves: number;
  /** Regions it takes leads of; absent for all. */
  regions?: readonly number[];
};

/** `run` is the instant at which the run began that gives the lead. */
export type Arrival = { at: number; run: number; region: number };

export type World = { name: string; members: readonly WorldMember[]; arrivals: readonly Arrival[] };

/** Gives one lead: a member's number, or undefined for nobody. It is told who may take the lead. */
export type Rule = {
  give: (lead: Arrival, able: readonly boolean[], present: readonly number[]) => number | undefined;
};

/**
 * In leads. `gap` is the largest distance between the best and the worst served at any moment, `off` how far each member
 * is ahead (+) or behind (−) at the end, and `lost` counts leads that somebody could have taken and nobody got.
 */
export type Fairness = { furthest: number; gap: number; lost: number; given: number; off: readonly number[] };

/** Numbers from 0 to below `most`, the same sequence each time (xorshift32). The seed is not 0. */
export function sequence(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

const isPresent = ({ joins, leaves }: WorldMember, { run }: Arrival): boolean => joins <= run && run < leaves;

/** The end of the pause that a run knows of, or undefined. */
export function pauseOf({ pauses }: WorldMember, run: number): number | undefined {
  return pauses.find(([from, to]) => from <= run && run < to)?.[1];
}

function isAtWork({ hours }: WorldMember, at: number): boolean {
  if (!hours) return true;
  const clock = at + hours.ahead * HOUR;
  const day = Math.floor(clock / DAY);
  const hour = (clock - day * DAY) / HOUR;
  // The day with number 0, 1 January 1970, was a Thursday.
  return (day + 3) % 7 < 5 && hours.from <= hour && hour < hours.to;
}

/** Gives all leads of a world by a rule, and measures it against the exact shares of those who could take each lead. */
export function measure({ members, arrivals }: World, rule: Rule): Fairness {
  const off = members.map(() => 0);
  const today = members.map(() => 0);
  const result = { furthest: 0, gap: 0, lost: 0, given: 0, off };
  let day = -1;
  let present: number[] = [];
  for (const lead of arrivals) {
    const now = [...members.keys()].filter((member) => isPresent(members[member]!, lead));
    shareDebts(members, off, present, now);
    present = now;
    if (Math.floor(lead.at / DAY) !== day) today.fill(0);
    day = Math.floor(lead.at / DAY);
    const able = members.map((member, index) => {
      const isFull = member.cap !== undefined && today[index]! >= member.cap;
      const isPaused = lead.at < (pauseOf(member, lead.run) ?? 0);
      const isTheirs = member.regions?.includes(lead.region) ?? true;
      return isPresent(member, lead) && isAtWork(member, lead.at) && !isPaused && !isFull && isTheirs;
    });
    const chosen = rule.give(lead, able, present);
    const taker = chosen !== undefined && able[chosen] ? chosen : undefined;
    if (taker === undefined) result.lost += able.includes(true) ? 1 : 0;
    else result.given += 1;
    const total = members.reduce((sum, { weight }, index) => sum + (able[index] ? weight : 0), 0);
    able.forEach((isAble, index) => (off[index]! -= isAble ? members[index]!.weight / total : 0));
    if (taker !== undefined) {
      off[taker]! += 1;
      today[taker]! += 1;
    }
    const values = present.map((member) => off[member]!);
    result.furthest = Math.max(result.furthest, ...values.map(Math.abs));
    result.gap = Math.max(result.gap, Math.max(...values) - Math.min(...values));
  }
  return result;
}

/** What those who left were owed is owed to all others, by weight. */
function shareDebts(
  members: readonly WorldMember[],
  off: number[],
  before: readonly number[],
  now: readonly number[]
): void {
  const left = before.filter((member) => !now.includes(member));
  const debt = left.reduce((sum, member) => sum + off[member]!, 0);
  const total = now.reduce((sum, member) => sum + members[member]!.weight, 0);
  for (const member of now) off[member]! += (debt * members[member]!.weight) / total;
  for (const member of left) off[member] = 0;
}

/** The next in the list that can take the lead; a member is there as often as its weight says. */
export function pointerRule(members: readonly WorldMember[]): Rule {
  const slots = slotsOf(members, [...members.keys()]);
  let at = 0;
  return {
    give: (_, able) => {
      for (let step = 0; step < slots.length; step++) {
        const member = slots[(at + step) % slots.length]!;
        if (!able[member]) continue;
        at = (at + step + 1) % slots.length;
        return member;
      }
      return undefined;
    },
  };
}

/**
 * As assignment rules with MOD on an auto-number do it: who cannot take the lead loses it, and every second number is a
 * record of others. The entries are changed with the members.
 */
export function modRule(members: readonly WorldMember[]): Rule {
  const random = sequence(20260101);
  let number = 0;
  return {
    give: (_lead, _able, present) => {
      const slots = slotsOf(members, present);
      do number += 1;
      while (random(2) === 0);
      return slots[number % slots.length];
    },
  };
}

/** A member is there as often as its weight says. */
const slotsOf = (members: readonly WorldMember[], present: readonly number[]): number[] =>
  present.flatMap((member) => Array.from({ length: members[member]!.weight }, () => member));

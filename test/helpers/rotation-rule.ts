/** Our rotation as a rule of a world: a new engine for each run, which knows of the last one only what was kept. */
import { RotationEngine, type EngineMember, type EngineOptions } from '../../src/leads/rotation/engine.js';
import type { MemberState } from '../../src/leads/rotation/model.js';
import type { Exclusion } from '../../src/leads/rotation/reasons.js';
import { pauseOf, type Arrival, type Rule, type WorldMember } from './rotation-world.js';

type Run = { start: number; engine: RotationEngine; excluded: Map<number, Exclusion[]>; numbers: number[] };

/** `states` is what the rotation remembers after all runs so far. */
export type OurRule = Rule & { states: () => ReadonlyMap<string, MemberState> };

/** @param disagrees told where the engine skips other members than those that cannot take the lead */
export function ourRule(members: readonly WorldMember[], disagrees: (text: string) => void = () => undefined): OurRule {
  let run: Run | undefined;
  let states: ReadonlyMap<string, MemberState> = new Map();
  return {
    states: () => run?.engine.state() ?? states,
    give: (lead, able, present) => {
      if (run?.start !== lead.run) {
        states = run?.engine.state() ?? states;
        run = begin(members, present, lead.run, states);
      }
      const { engine, excluded, numbers } = run;
      engine.at(lead.at);
      const kind = excluded.get(lead.region) ?? exclusions(members, numbers, lead);
      excluded.set(lead.region, kind);
      const outcome = engine.next({ excluded: kind });
      const skipped = new Set(outcome.skipped.map(({ member }) => numbers[member]));
      const wrong = present.filter((member) => skipped.has(member) === able[member]);
      if (wrong.length > 0) disagrees(`${new Date(lead.at).toISOString()}: ${wrong.join()}`);
      return outcome.member === undefined ? undefined : numbers[outcome.member];
    },
  };
}

function begin(
  members: readonly WorldMember[],
  present: readonly number[],
  start: number,
  states: EngineOptions['states']
): Run {
  const clock = { timeZone: 'UTC', hours: [], holidays: [], period: 'day' } as const;
  const engine = new RotationEngine(
    present.map((member) => engineMember(members[member]!, start)),
    { clock, states }
  );
  const numbers = engine.members.map(({ key }) => members.findIndex((member) => member.key === key));
  return { start, engine, excluded: new Map(), numbers };
}

function engineMember(member: WorldMember, run: number): EngineMember {
  const { key, weight, cap, hours } = member;
  const end = pauseOf(member, run);
  return {
    key,
    label: key,
    weight,
    cap,
    pausedUntil: end === undefined ? undefined : new Date(end).toISOString(),
    ...(hours
      ? {
          hours: [{ days: [1, 2, 3, 4, 5], from: hours.from * 60, to: hours.to * 60 }],
          // The signs of these zones are turned: GMT-8 is eight hours ahead.
          timeZone: `Etc/GMT${hours.ahead > 0 ? '-' : '+'}${Math.abs(hours.ahead)}`,
        }
      : {}),
  };
}

const exclusions = (members: readonly WorldMember[], numbers: readonly number[], { region }: Arrival): Exclusion[] =>
  numbers.flatMap((number, member) =>
    (members[number]!.regions?.includes(region) ?? true) ? [] : [{ member, why: 'criteria' as const }]
  );

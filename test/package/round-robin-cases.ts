/** Generated rotations, as the TypeScript engine and the Apex one take them. */
import fc from 'fast-check';
import type { EngineMember, LeadFacts } from '../../src/leads/rotation/engine.js';
import { RotationEngine } from '../../src/leads/rotation/engine.js';
import type { Hours, MemberState, Period, Sticky } from '../../src/leads/rotation/model.js';
import type { Exclusion, ExclusionReason } from '../../src/leads/rotation/reasons.js';

/** A Wednesday at noon. */
const NOW = Date.UTC(2026, 6, 15, 12);

/** First days of the periods that this lies in. */
const STARTS: Record<Period, string> = { day: '2026-07-15', week: '2026-07-13', month: '2026-07-01' };

const CLOSED: readonly Hours[] = [{ days: [6, 7], from: 0, to: 1440 }];
const LATER = new Date(NOW + 1000).toISOString();

export type CaseMember = {
  weight: number;
  cap?: number;
  state: Pick<MemberState, 'assigned' | 'periodCount' | 'deficit'>;
  openLeads: number;
  absence: '' | 'hours' | 'paused';
  blocked: '' | 'never logged in';
};

export type CaseLead = {
  excluded: Array<{ at: number; why: ExclusionReason }>;
  sticky?: { at: number; by: Sticky };
};

export type Case = {
  members: CaseMember[];
  leads: CaseLead[];
  period: Period;
  holiday: boolean;
  balancesOpenLeads: boolean;
};

const seldom = <T>(some: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: some });

const deficit = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -1_500_000, max: 1_500_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }) }
);

const member = fc.record<CaseMember>({
  weight: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 999 })),
  cap: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined, freq: 4 }),
  state: fc.record({
    assigned: fc.integer({ min: 0, max: 5_000_000 }),
    periodCount: fc.integer({ min: 0, max: 6 }),
    deficit,
  }),
  openLeads: fc.integer({ min: 0, max: 50 }),
  absence: seldom<CaseMember['absence']>(fc.constantFrom('hours', 'paused'), ''),
  blocked: seldom<CaseMember['blocked']>(fc.constant('never logged in'), ''),
});

/** Small weights and no debts: here members are level with each other, and ties decide. */
const level = fc.record<CaseMember>({
  weight: fc.integer({ min: 1, max: 4 }),
  cap: fc.constant(undefined),
  state: fc.record({ assigned: fc.integer({ min: 0, max: 20 }), periodCount: fc.constant(0), deficit: fc.constant(0) }),
  openLeads: fc.integer({ min: 0, max: 2 }),
  absence: fc.constant<CaseMember['absence']>(''),
  blocked: fc.constant<CaseMember['blocked']>(''),
});

const lead = fc.record<CaseLead>({
  excluded: seldom(
    fc.array(
      fc.record({ at: fc.nat(11), why: fc.constantFrom<ExclusionReason>('criteria', 'declined', 'pulled-back') }),
      { maxLength: 3 }
    ),
    []
  ),
  sticky: fc.option(fc.record({ at: fc.nat(11), by: fc.constantFrom<Sticky>('company', 'email-domain') }), {
    nil: undefined,
    freq: 8,
  }),
});

export const cases: fc.Arbitrary<Case> = fc.record({
  members: fc.oneof(
    { weight: 3, arbitrary: fc.array(member, { minLength: 1, maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(level, { minLength: 2, maxLength: 6 }) }
  ),
  leads: fc.array(lead, { minLength: 1, maxLength: 30 }),
  period: fc.constantFrom<Period>('day', 'week', 'month'),
  holiday: seldom(fc.boolean(), false),
  balancesOpenLeads: fc.boolean(),
});

/** Keys out of order, so that sorting counts. */
const nameOf = (at: number): string => `Member ${String.fromCharCode(90 - at)}`;
export const keyOf = (at: number): string => `queue:${nameOf(at).toLowerCase().replace(' ', '_')}`;

const memberOf = ({ weight, cap, absence, blocked }: CaseMember, at: number): EngineMember => ({
  key: keyOf(at),
  label: nameOf(at),
  weight,
  ...(cap === undefined ? {} : { cap }),
  ...(absence === 'hours' ? { hours: CLOSED } : {}),
  ...(absence === 'paused' ? { pausedUntil: LATER } : {}),
  ...(blocked === '' ? {} : { blocked }),
});

/** The first of several about one member counts, on both sides. */
const exclusions = ({ excluded }: CaseLead, members: number): Map<number, ExclusionReason> => {
  const known = new Map<number, ExclusionReason>();
  for (const { at, why } of excluded) if (at < members && !known.has(at)) known.set(at, why);
  return known;
};

/** What came of a case: a line a lead, then a line a member in the order of keys. */
export function byTypeScript({ members, leads, period, holiday, balancesOpenLeads }: Case): string[] {
  const states = new Map(
    members.map(({ state }, at) => [keyOf(at), { ...state, periodStart: STARTS[period] } satisfies MemberState])
  );
  const engine = new RotationEngine(members.map(memberOf), {
    clock: { timeZone: 'UTC', hours: [], holidays: holiday ? ['2026-07-15'] : [], period },
    states,
    ...(balancesOpenLeads ? { openLeads: new Map(members.map(({ openLeads }, at) => [keyOf(at), openLeads])) } : {}),
  });
  engine.at(NOW);
  const lines = leads.map((one) => {
    const outcome = engine.next(factsOf(one, engine, members.length));
    const [key, rule] =
      outcome.member === undefined ? ['', ''] : [engine.members[outcome.member]!.key, outcome.rule as string];
    return [key, rule, engine.explain(outcome)].join('\t');
  });
  const counts = engine.members.map(({ key }, at) => `${key} ${engine.counts[at]}`);
  const after = [...engine.state()].map(
    ([key, state]) => `${key} ${state.assigned} ${state.periodCount} ${state.deficit}`
  );
  return [...lines, ...counts, ...after];
}

function factsOf(one: CaseLead, engine: RotationEngine, members: number): LeadFacts {
  const excluded: Exclusion[] = [...exclusions(one, members)].map(([at, why]) => ({
    member: engine.indexOf(keyOf(at)),
    why,
  }));
  const { sticky } = one;
  return {
    excluded,
    ...(sticky && sticky.at < members ? { sticky: { member: engine.indexOf(keyOf(sticky.at)), by: sticky.by } } : {}),
  };
}

/** The members as lines of text, for the Apex side. */
export const memberLines = ({ members, holiday }: Case): string[] =>
  members.map(({ weight, cap, state, openLeads, absence, blocked }, at) =>
    [
      keyOf(at),
      nameOf(at),
      weight,
      cap ?? '',
      state.assigned,
      state.periodCount,
      state.deficit,
      openLeads,
      absence === 'paused' ? absence : holiday ? 'holiday' : absence,
      blocked,
    ].join('|')
  );

/** The leads as lines of text, for the Apex side. */
export const leadLines = ({ leads, members }: Case): string[] =>
  leads.map((one) => {
    const excluded = [...exclusions(one, members.length)].map(([at, why]) => `${keyOf(at)}=${why}`).join(',');
    const sticky = one.sticky && one.sticky.at < members.length ? one.sticky : undefined;
    return [excluded, sticky ? keyOf(sticky.at) : '', sticky?.by ?? ''].join('|');
  });

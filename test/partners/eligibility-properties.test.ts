import { expect } from 'chai';
import fc from 'fast-check';
import { judge, type Condition, type Membership, type PartnerFacts, type Rules } from '../../src/partners/index.js';
import { ACCOUNT, facts, hidden, known, membership } from './support.js';

type Verdict = Condition['verdict'];
type Hidden = 'frozen' | 'licence' | 'account' | 'contact' | 'readsLeads';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<{ known: true; value: T } | { known: false; reason: string }> =>
  fc.oneof(value.map(known), fc.constant(hidden()));

const anyMembership = (complete: boolean): fc.Arbitrary<Membership> =>
  fc
    .record({
      name: fc.constantFrom('Central', 'Other', 'Old'),
      status: fc.constantFrom('Live', 'DownForMaintenance', 'UnderConstruction'),
      member: complete ? fc.boolean() : fc.constantFrom(true, undefined),
      groups: fc.subarray(['Added', 'WaitingForAdd', 'FailedAdd', 'WaitingForRemove']),
    })
    .map(({ name, status, member, groups }) => membership(name, status, member, groups));

const anySites = fc.boolean().chain((complete) =>
  fc.record({
    memberships: fc.uniqueArray(anyMembership(complete), { selector: ({ site }) => site.name, maxLength: 3 }),
    complete: fc.constant(complete),
  })
);

const anyFacts: fc.Arbitrary<PartnerFacts> = fc
  .record({
    user: fc.record({
      active: fc.boolean(),
      userType: fc.constantFrom('PowerPartner', 'Standard'),
      lastLogin: fc.constantFrom(null, '2026-05-01T08:00:00.000+0000'),
      contactId: fc.constantFrom(null, '003000000000001AAA'),
      accountId: fc.constantFrom(null, '001000000000001AAA'),
    }),
    frozen: maybe(fc.boolean()),
    licence: maybe(fc.record({ key: fc.constantFrom('POWER_PRM', 'PID_Customer'), active: fc.boolean() })),
    account: maybe(
      fc.option(
        fc.record({ isPartner: fc.boolean(), active: fc.boolean(), hasRole: fc.boolean() }).map((one) => ({
          ...ACCOUNT,
          isPartner: one.isPartner,
          owner: { ...ACCOUNT.owner!, active: one.active, hasRole: one.hasRole },
        })),
        { nil: undefined }
      )
    ),
    contact: maybe(fc.constantFrom('there' as const, 'gone' as const)),
    sites: anySites,
    readsLeads: maybe(fc.boolean()),
  })
  .map(({ user, ...changes }) => facts(changes, user));

const anyRules: fc.Arbitrary<Rules> = fc.record({
  strict: fc.boolean(),
  site: fc.constantFrom(undefined, 'Central', 'Nowhere'),
});

/** The same user, seen by one who may see less: nothing of a site but rows of members. */
const seenLess = (full: PartnerFacts, hide: readonly Hidden[]): PartnerFacts => ({
  ...full,
  ...Object.fromEntries(hide.map((name) => [name, hidden()])),
  sites: {
    memberships: full.sites.memberships.map((one) => ({ ...one, member: one.member === true ? true : undefined })),
    complete: false,
  },
});

describe('eligibility, whatever the facts', () => {
  it('adds up: one no is a no, else one unknown is unknown, warnings are a yes', () => {
    fc.assert(
      fc.property(anyFacts, anyRules, (one, rules) => {
        const { eligible, conditions, first } = judge(one, rules);
        const verdicts = conditions.map(({ verdict }) => verdict);
        const wanted = verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
        expect(eligible).to.equal(wanted);
        const decides = (['no', 'unknown', 'warning'] as const).find((verdict) => verdicts.includes(verdict));
        expect(first).to.equal(conditions.find(({ verdict }) => verdict === decides));
        for (const { verdict, reason, fix } of conditions) {
          expect(reason).to.match(/^[A-Z].*\.$/);
          if (verdict === 'yes') expect(fix).to.equal(undefined);
          else expect(fix).to.match(/^\S.*\.$/);
        }
      })
    );
  });

  it('never turns into a no, or into a yes, because less can be seen', () => {
    const hides = fc.subarray<Hidden>(['frozen', 'licence', 'account', 'contact', 'readsLeads']);
    fc.assert(
      fc.property(anyFacts, anyRules, hides, (one, rules, hide) => {
        const full = judge(one, rules);
        const less = judge(seenLess(one, hide), rules);
        for (const [index, { condition, verdict }] of less.conditions.entries()) {
          expect([full.conditions[index]!.verdict, 'unknown'], condition).to.include(verdict);
        }
      })
    );
  });

  it('is strict about logins only', () => {
    fc.assert(
      fc.property(anyFacts, (one) => {
        const [lax, strict] = [judge(one), judge(one, { strict: true })];
        for (const [index, { verdict }] of strict.conditions.entries()) {
          const before = lax.conditions[index]!.verdict;
          expect(verdict).to.equal(before === 'warning' ? 'no' : before);
        }
      })
    );
  });

  it('does not depend on the order of sites', () => {
    fc.assert(
      fc.property(anyFacts, anyRules, (one, rules) => {
        const turned = { ...one, sites: { ...one.sites, memberships: [...one.sites.memberships].reverse() } };
        const verdicts = (which: PartnerFacts): Verdict[] =>
          judge(which, rules).conditions.map(({ verdict }) => verdict);
        expect(verdicts(turned)).to.deep.equal(verdicts(one));
      })
    );
  });
});

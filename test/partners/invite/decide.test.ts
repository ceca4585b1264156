/** Who becomes a partner user, and as which. What stands against people is in the scenarios; here is what holds for all. */
import { expect } from 'chai';
import fc from 'fast-check';
import { decidePeople, withinSeats, type Decisions } from '../../../src/partners/invite/decide.js';
import type { Invitee } from '../../../src/partners/invite/invitee.js';
import type { InviteWish } from '../../../src/partners/invite/wishes.js';
import { ACCOUNT, contact, facts, GOLD, newcomer, OWNER, profile, rules, SILVER, wish } from './support.js';

const decide = (wishes: readonly InviteWish[], ...more: Parameters<typeof rules>): Decisions =>
  decidePeople(wishes, rules(...more));

describe('decisions about people', () => {
  it('take names from the contact, the address from the file, and settings from row, country, org, in this order', () => {
    const known = contact(1);
    const { invitees } = decide(
      [
        wish({ contactId: known.id, email: 'new@acme.example.com', first: 'Not', last: 'This', language: 'CS' }),
        newcomer('Nova'),
      ],
      [known]
    );
    expect(invitees[0]).to.deep.include({
      first: 'Pat',
      last: 'Person 1',
      email: 'new@acme.example.com',
      profile: GOLD,
      portalRole: 'User',
      locale: 'de_DE',
      language: 'cs',
      timeZone: 'Europe/Berlin',
    });
    expect(invitees[1])
      .to.deep.include({ first: 'Eva', last: 'Nova', language: 'de' })
      .and.not.have.property('contact', known);
    const abroad = decide([newcomer('Nova')], [], {
      account: () => ({ account: { ...ACCOUNT, country: 'Nowhere' } }),
      facts: facts({ defaults: { locale: 'cs_CZ', language: 'cs', timeZone: 'Europe/Prague' } }),
    });
    expect(abroad.invitees[0]).to.deep.include({ locale: 'cs_CZ', language: 'cs', timeZone: 'Europe/Prague' });
  });

  it('find the person whom a row names twice, and reject what does not fit together', () => {
    const known = contact(1);
    const rows = [
      wish({ contactId: known.id }),
      wish({ contactId: known.id.slice(0, 15), role: 'user', profile: 'GOLD' }),
      wish({ email: 'P1@ACME.example.com' }),
      wish({ contactId: known.id, username: 'pat@p.example.com' }),
      wish({ contactId: known.id, profile: 'silver' }),
      wish({ contactId: known.id, role: 'Manager' }),
    ];
    const { invitees, rejected } = decide(rows, [known]);
    expect(invitees.map((one) => one.wish.line)).to.deep.equal([rows[0]!.line]);
    expect(rejected.map(({ line }) => line)).to.deep.equal(rows.slice(3).map(({ line }) => line));
    for (const { reason } of rejected) expect(reason).to.contain(`stands on line ${rows[0]!.line} with other details`);
  });

  it('do not let two people of one address be one, nor one person be two', () => {
    const office = { email: 'office@acme.example.com' };
    const [eva, jan, title] = [
      newcomer('Nova', office),
      newcomer('Nova', { ...office, first: 'Jan' }),
      newcomer('Nova', { ...office, fields: { Title: 'CEO' } }),
    ];
    const { invitees, rejected } = decide([eva, jan, title, newcomer('NOVA', office)]);
    expect(invitees.map(({ first }) => first)).to.deep.equal(['Eva', 'Jan']);
    expect(rejected.map(({ line }) => line)).to.deep.equal([title.line]);
    const known = contact(9, { first: 'Eva', last: 'Nova', ...office });
    const brother = decide([eva, jan], [known]);
    expect(brother.invitees).to.have.length(1);
    expect(brother.rejected[0]!.reason).to.contain(`The address belongs to Eva Nova (${known.id})`);
    const elsewhere = decide(
      [newcomer('Nova', office), newcomer('Nova', { ...office, account: { by: 'id', text: 'b' } })],
      [],
      {
        account: ({ account }) => ({ account: { ...ACCOUNT, id: account!.text } }),
      }
    );
    expect(elsewhere.invitees, 'one address in two accounts is two contacts').to.have.length(2);
  });

  it('leave people alone who have a user, whatever their account is by now', () => {
    const known = contact(1);
    const user = { id: '005', contactId: known.id, username: 'u', active: false, lastLogin: null, profileId: GOLD.id };
    const twice = [wish({ contactId: known.id }), wish({ contactId: known.id, role: 'Manager' })];
    const { existing, invitees, rejected } = decide(twice, [known], {
      user: (id) => (id === known.id ? user : undefined),
      accountOf: () => ({ ...ACCOUNT, isPartner: false, owner: { ...OWNER, role: null } }),
    });
    expect([existing.length, invitees, rejected]).to.deep.equal([1, [], []]);
  });

  it('leave to the org what nobody knows: roles of an account, whether standard profiles are allowed', () => {
    const standard = profile('Partner Community User');
    const people = [newcomer('Nova', { role: 'Executive' })];
    const open = decide(people, [], { profile: () => standard, standardProfiles: undefined });
    expect(open.rejected).to.deep.equal([]);
    expect(decide(people, [], { profile: () => standard }).rejected[0]!.reason).to.contain('standard external profile');
    expect(decide(people, [], { partnerRoles: 2 }).rejected[0]!.reason).to.contain('only Manager, User');
    const there = { partnerRoles: 1, roles: () => new Set(['Executive', 'User']) };
    expect(decide(people, [], there).rejected, 'what is there counts').to.deep.equal([]);
  });

  const anyWish: fc.Arbitrary<InviteWish> = fc.oneof(
    fc
      .record({ number: fc.integer({ min: 1, max: 4 }), role: fc.constantFrom(undefined, 'User', 'Manager', 'Boss') })
      .map(({ number, role }) => wish({ contactId: contact(number).id, role })),
    fc
      .record({
        last: fc.constantFrom('Nova', 'Dvorak', 'Person 2'),
        email: fc.constantFrom(undefined, 'a@acme.example.com', 'A@acme.example.com', 'bad'),
        create: fc.boolean(),
        profile: fc.constantFrom(undefined, 'Gold', 'Silver', 'Lead'),
      })
      .map((values) => newcomer(values.last, values))
  );

  it('account for every row once, nobody twice, and are the same each time', () => {
    const people = [contact(1), contact(2), contact(3, { email: null })];
    fc.assert(
      fc.property(fc.array(anyWish, { maxLength: 10 }), (wishes) => {
        const { invitees, existing, rejected } = decide(wishes, people);
        const names = invitees.map((one) => one.contact?.id ?? `${one.last} ${one.email.toLowerCase()}`);
        expect(new Set(names).size).to.equal(names.length);
        const lines = [...invitees.map((one) => one.wish.line), ...rejected.map(({ line }) => line)];
        expect(new Set(lines).size).to.equal(lines.length);
        expect(existing).to.deep.equal([]);
        // A row that is neither says nothing that is not so anyway of somebody before it.
        const silent = wishes.filter(({ line }) => !lines.includes(line));
        for (const one of silent) {
          const alone = decide([one], people).invitees[0]!;
          const before = invitees.find(({ contact: there, email, last }) =>
            there
              ? there.id === alone.contact?.id
              : last === alone.last && email.toLowerCase() === alone.email.toLowerCase()
          )!;
          if (one.role !== undefined) expect(before.portalRole).to.equal(alone.portalRole);
          if (one.profile !== undefined) expect(before.profile).to.equal(alone.profile);
        }
        expect(decide(wishes, people)).to.deep.equal({ invitees, existing, rejected });
      })
    );
  });
});

describe('seats', () => {
  const invitee = (last: string, licence: Parameters<typeof profile>[1]): Invitee => ({
    ...decide([newcomer(last)]).invitees[0]!,
    profile: profile('Any', licence),
  });

  it('are given in the order of the file, each licence by itself, and not counted where they cannot be seen', () => {
    const few = { name: 'Few', total: 12, used: 10 };
    const over = { name: 'Over', total: 5, used: 9 };
    const hidden = { name: 'Hidden', total: null, used: null };
    const people = [few, hidden, few, over, few, hidden].map((licence, at) => invitee(`Person${at}`, licence));
    const { seated, seats, rejected } = withinSeats(people);
    expect(seated.map(({ last }) => last)).to.deep.equal(['Person0', 'Person1', 'Person2', 'Person5']);
    expect(seats).to.deep.equal([
      { licence: 'Few', total: 12, used: 10, needed: 3, rejected: 1, logins: null },
      { licence: 'Hidden', total: null, used: null, needed: 2, rejected: 0, logins: null },
      { licence: 'Over', total: 5, used: 9, needed: 1, rejected: 1, logins: null },
    ]);
    expect(rejected.map(({ reason }) => reason)).to.deep.equal([
      'No Over licence is left for this person: 0 of 5 are free.',
      'No Few licence is left for this person: 2 of 12 are free.',
    ]);
  });

  it('are not what a licence has that counts logins', () => {
    const logins = { entitled: 20, used: 3 };
    const people = [1, 2].map((at) => invitee(`Person${at}`, { total: 1, used: 1, logins }));
    const { seated, seats, rejected } = withinSeats(people);
    expect([seated.length, rejected]).to.deep.equal([2, []]);
    expect(seats).to.deep.include({ licence: 'Partner Community', total: 1, used: 1, needed: 2, rejected: 0, logins });
  });

  it('are never more than there are, and all of them are used', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(15), (total, used, wanted) => {
        const people = Array.from({ length: wanted }, (_, at) => invitee(`Person${at}`, { total, used }));
        const { seated, rejected } = withinSeats(people);
        expect(seated.length).to.equal(Math.min(wanted, Math.max(0, total - used)));
        expect(seated.length + rejected.length).to.equal(wanted);
      })
    );
  });

  it('of two profiles of one licence are the same seats', () => {
    const people = [GOLD, SILVER, GOLD].map((one, at) => ({
      ...invitee(`Person${at}`, {}),
      profile: { ...one, licence: { ...one.licence, total: 12 } },
    }));
    expect(withinSeats(people).seated).to.have.length(2);
  });
});

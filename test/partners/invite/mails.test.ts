/** Which mails an invitation sends, by sites, members and what can be seen. */
import { expect } from 'chai';
import fc from 'fast-check';
import { decidePeople, type HasUser } from '../../../src/partners/invite/decide.js';
import { loginsFor, mailsOf, whyNoLogin, whyNoSite } from '../../../src/partners/invite/mails.js';
import type { OrgFacts } from '../../../src/partners/invite/org-facts.js';
import { contact, facts, GOLD, rules, SILVER, site, wish } from './support.js';

const people = [{ profile: GOLD }, { profile: SILVER }, { profile: SILVER }];

/** Sites with the profiles that are members of each. */
const sites = (...list: Array<[ReturnType<typeof site>, ...Array<typeof GOLD>]>): OrgFacts =>
  facts({
    sites: list.map(([one]) => one),
    memberProfiles: new Map(list.map(([{ id }, ...members]) => [id, new Set(members.map((one) => one.id))])),
  });

const CENTRAL = site('Central');
const QUIET = site('Quiet', { welcomes: false });
const DRAFT = site('Draft', { live: false });

describe('mails of an invitation', () => {
  const planned = (about: OrgFacts, sendLogin = true): [string, number, number, string[]] => {
    const logins = sendLogin ? loginsFor(people, about).length : 0;
    const { route, mails, sites: names } = mailsOf(people, about, logins);
    return [route, mails, logins, names];
  };

  it('are welcome mails of Live sites, one a site and user; others get a login where it works', () => {
    expect(planned(sites([CENTRAL, GOLD, SILVER]))).to.deep.equal(['welcome', 3, 0, ['Central']]);
    expect(planned(sites([CENTRAL, GOLD, SILVER], [site('Second'), GOLD]))).to.deep.equal([
      'welcome',
      4,
      0,
      ['Central', 'Second'],
    ]);
    expect(planned(sites([CENTRAL, GOLD], [QUIET, SILVER]))).to.deep.equal(['welcome', 1, 2, ['Central']]);
    expect(planned(sites([CENTRAL, GOLD], [QUIET, GOLD]))).to.deep.equal(['welcome', 1, 0, ['Central']]);
    expect(planned(sites([QUIET, GOLD, SILVER]))).to.deep.equal(['password-reset', 3, 3, ['Quiet']]);
    expect(planned(sites([QUIET, SILVER], [DRAFT, GOLD]))).to.deep.equal(['password-reset', 2, 2, ['Quiet']]);
    expect(planned(sites([DRAFT, GOLD, SILVER]))).to.deep.equal(['none', 0, 0, []]);
    expect(planned(sites([QUIET, GOLD]), false)).to.deep.equal(['none', 0, 0, ['Quiet']]);
    expect(planned({ ...sites(), seesSites: false }), 'nobody knows better').to.deep.equal([
      'password-reset',
      3,
      3,
      [],
    ]);
  });

  it('never are two to one person, and lead somewhere', () => {
    const anySite = fc.record({ live: fc.boolean(), welcomes: fc.boolean(), members: fc.subarray([GOLD, SILVER]) });
    fc.assert(
      fc.property(fc.array(anySite, { maxLength: 4 }), (list) => {
        const about = sites(
          ...list.map(({ members, ...rest }, at): Parameters<typeof sites>[number] => [
            site(`S${at}`, rest),
            ...members,
          ])
        );
        const logins = loginsFor(people, about);
        for (const one of people) {
          const own = list.filter(({ live, members }) => live && members.includes(one.profile));
          const welcomed = own.some(({ welcomes }) => welcomes);
          expect(logins.includes(one)).to.equal(own.length > 0 && !welcomed);
        }
      })
    );
  });
});

describe('logins of users who are there', () => {
  const known = contact(1);
  const has = (changes: Partial<HasUser['user']> = {}): HasUser => {
    const user = {
      id: '005',
      contactId: known.id,
      username: 'u@a',
      active: true,
      lastLogin: null,
      profileId: GOLD.id,
      ...changes,
    };
    return decidePeople([wish({ contactId: known.id })], rules([known], { user: () => user })).existing[0]!;
  };

  it('go to those who are active, never logged in, and have a site to log in to', () => {
    const live = sites([QUIET, GOLD]);
    expect(whyNoLogin(has(), live)).to.equal(undefined);
    expect(whyNoLogin(has(), sites([CENTRAL, GOLD])), 'a welcome mail may not have come').to.equal(undefined);
    expect(whyNoLogin(has({ active: false }), live)).to.match(
      /u@a is not active.*check --target-org admin@example.com --user u@a --fix/
    );
    expect(whyNoLogin(has({ lastLogin: '2026-01-01T00:00:00.000+0000' }), live)).to.contain('has logged in before');
    expect(whyNoLogin(has({ profileId: SILVER.id }), live)).to.contain('member of no site');
    expect(whyNoSite(sites([DRAFT, GOLD]), GOLD.id)).to.match(
      /Draft is not Live.*site prepare --target-org admin@example.com --site "Draft" --live/
    );
    expect(whyNoSite({ ...sites(), seesSites: false }, GOLD.id)).to.equal(undefined);
  });
});

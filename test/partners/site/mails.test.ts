/** The number of welcome mails, worked out by hand. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  countMails,
  maySendMails,
  type MailQuestion,
  type Mails,
  type People,
} from '../../../src/partners/site/index.js';
import { covered, group, preview, site } from './support.js';

const people: People = { members: new Set(['a', 'b']), covered: covered('P: a c d', 'Q: d e', 'R: f', 'S: ') };

const count = (question: Partial<MailQuestion>, who = people): Pick<Mails, 'count' | 'certainty'> => {
  const { reason, ...rest } = countMails(
    { site: site(), groups: [], adds: [], waits: [], live: false, ...question },
    who
  );
  expect(reason === null, 'a number that is not exact has a reason').to.equal(rest.certainty === 'exact');
  return rest;
};

describe('welcome mails of a plan', () => {
  it('go to those who join a Live site, each once', () => {
    expect(count({ adds: ['P'] })).to.deep.equal({ count: 2, certainty: 'exact' });
    expect(count({ adds: ['P', 'Q'] })).to.deep.equal({ count: 3, certainty: 'exact' });
    expect(count({ adds: ['S'] })).to.deep.equal({ count: 0, certainty: 'exact' });
  });

  it('of those who were asked for before are not the plan’s', () => {
    expect(count({ adds: ['R'], waits: ['Q'], groups: [group('Q', 'WaitingForAdd')] })).to.deep.equal({
      count: 1,
      certainty: 'exact',
    });
  });

  it('go to all members when the site is Live for the first time', () => {
    const first = { site: preview(), live: true };
    expect(count(first)).to.deep.equal({ count: 2, certainty: 'exact' });
    expect(count({ ...first, adds: ['P'], waits: ['R'], groups: [group('R', 'AddCalculated')] })).to.deep.equal({
      count: 5,
      certainty: 'exact',
    });
  });

  it('are an upper bound while others are on their way', () => {
    const first = { site: preview(), live: true, adds: ['P'], groups: [group('R', 'Waiting for Add')] };
    expect(count(first)).to.deep.equal({ count: 5, certainty: 'at-most' });
    expect(count({ ...first, groups: [group('S', 'WaitingForAdd')] })).to.deep.equal({ count: 4, certainty: 'exact' });
  });

  it('are an upper bound where the site was Live before', () => {
    const back = { site: site({ status: 'DownForMaintenance' }), live: true };
    expect(count({ ...back, adds: ['R'] })).to.deep.equal({ count: 3, certainty: 'at-most' });
  });

  it('are asked about only where some can go out', () => {
    const ask = (changes: Partial<MailQuestion>): boolean =>
      maySendMails({ site: site(), adds: [], live: false, ...changes });
    expect(ask({ adds: ['P'] })).to.equal(true);
    expect(ask({})).to.equal(false);
    expect(ask({ site: site({ sendsWelcome: false }), adds: ['P'], live: true })).to.equal(false);
    expect(ask({ site: preview(), adds: ['P'] })).to.equal(false);
    expect(ask({ site: preview(), live: true })).to.equal(true);
  });

  it('are never more than active members afterwards, and never less than those who join', () => {
    const users = fc.uniqueArray(fc.constantFrom(...'abcdefghij'));
    fc.assert(
      fc.property(users, users, users, fc.boolean(), (members, first, second, isLive) => {
        const who: People = {
          members: new Set(members),
          covered: new Map([
            ['P', new Set(first)],
            ['Q', new Set(second)],
          ]),
        };
        const after = new Set([...members, ...first, ...second]);
        const where = isLive ? site() : preview();
        const { count: mails } = count({ site: where, live: !isLive, adds: ['P', 'Q'] }, who);
        expect(mails).to.equal(isLive ? after.size - members.length : after.size);
      })
    );
  });
});

/** Usernames and nicknames that nobody has, whatever is taken. */
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { chooseNames, findNames, type NameAnswer, type NameWish } from '../../../src/partners/invite/names.js';
import { DEFAULT_USERNAME_PATTERN } from '../../../src/partners/people/index.js';
import { anyPerson, JIRI, SAKURA, USERNAME } from '../people/support.js';

/** An org that answers who has which names, and counts how often it is asked. */
function orgWith(taken: { Username?: readonly string[]; CommunityNickname?: readonly string[] }): {
  conn: Connection;
  calls: () => number;
} {
  let calls = 0;
  const rows = (soql: string): object[] => {
    const field = /SELECT (\w+) FROM User WHERE \1 IN/.exec(soql)?.[1] as keyof typeof taken;
    const asked = [...soql.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text]) =>
      text!.replace(/\\(.)/g, '$1').toLowerCase()
    );
    const own = taken[field] ?? [];
    return own.filter((name) => asked.includes(name.toLowerCase())).map((name) => ({ [field]: name }));
  };
  const request = ({ body }: { body: string }): Promise<unknown> => {
    calls += 1;
    const { compositeRequest } = JSON.parse(body) as { compositeRequest: Array<{ url: string }> };
    const compositeResponse = compositeRequest.map(({ url }) => ({
      httpStatusCode: 200,
      body: { done: true, records: rows(new URL(url, 'http://org').searchParams.get('q')!) },
    }));
    return Promise.resolve({ compositeResponse });
  };
  return { conn: { version: '66.0', request } as unknown as Connection, calls: () => calls };
}

const numbered = (base: string, tail: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${base}${at === 0 ? '' : at + 1}${tail}`);

const names = (answers: readonly NameAnswer[], what: 'username' | 'nickname'): string[] =>
  answers.flatMap((answer) => answer.names?.[what].toLowerCase() ?? []);

describe('names of people to be invited', () => {
  it('are those of the pattern, with a number where another person or the org has them', async () => {
    const { conn } = orgWith({
      Username: ['JIRI.stastny@strojirny.example'],
      CommunityNickname: ['Jiri.Stastny-Priklad'],
    });
    const answers = await findNames(conn, DEFAULT_USERNAME_PATTERN, [
      { person: JIRI },
      { person: JIRI },
      { person: SAKURA },
    ]);
    expect(answers.map((answer) => answer.names)).to.deep.equal([
      { username: 'jiri.stastny2@strojirny.example', alias: 'jstastny', nickname: 'jiri.stastny-priklad2' },
      { username: 'jiri.stastny3@strojirny.example', alias: 'jstastny', nickname: 'jiri.stastny-priklad3' },
      { username: 's.tanaka@shoji.example', alias: 'stanaka', nickname: 's.tanaka' },
    ]);
  });

  it('are found however many have one name, in few questions', async () => {
    for (const count of [4, 6, 40, 700]) {
      const { conn, calls } = orgWith({
        Username: numbered('jiri.stastny', '@strojirny.example', count),
        CommunityNickname: numbered('jiri.stastny-priklad', '', count),
      });
      const [answer] = await findNames(conn, DEFAULT_USERNAME_PATTERN, [{ person: JIRI }]);
      expect(answer!.names).to.include({
        username: `jiri.stastny${count + 1}@strojirny.example`,
        nickname: `jiri.stastny-priklad${count + 1}`,
      });
      expect(calls(), `${count} have it`).to.be.at.most(14);
    }
  });

  it('leave names alone that were given, or say why they cannot be', async () => {
    const { conn } = orgWith({ Username: ['Taken@p.example'] });
    const given = [
      'jiri.stastny@strojirny.example',
      'taken@P.example',
      'Given@p.example',
      'given@p.example',
      'no',
      `${'x'.repeat(75)}@a.example`,
    ];
    const wishes: NameWish[] = [{ person: JIRI }, ...given.map((username) => ({ person: SAKURA, username }))];
    const answers = await findNames(conn, DEFAULT_USERNAME_PATTERN, wishes);
    expect(answers.map((answer) => answer.names?.username)).to.deep.equal([
      'jiri.stastny2@strojirny.example',
      'jiri.stastny@strojirny.example',
      undefined,
      'Given@p.example',
      undefined,
      undefined,
      undefined,
    ]);
    expect(answers.map(({ problem = '' }) => /taken|look like/.exec(problem)?.[0])).to.deep.equal([
      undefined,
      undefined,
      'taken',
      undefined,
      'taken',
      'look like',
      'look like',
    ]);
  });

  it('ask nothing where nobody needs names', async () => {
    const { conn, calls } = orgWith({});
    expect(await findNames(conn, DEFAULT_USERNAME_PATTERN, [])).to.deep.equal([]);
    expect(calls()).to.equal(0);
  });

  const anyWish: fc.Arbitrary<NameWish> = fc.record(
    {
      person: fc.oneof(fc.constantFrom(JIRI, SAKURA), anyPerson),
      username: fc.constantFrom('a@p.example', 'A@p.example', 'jiri.stastny@strojirny.example'),
    },
    { requiredKeys: ['person'] }
  );
  const anyTaken = fc.array(
    fc.oneof(
      fc.constantFrom('a@p.example', 's.tanaka@shoji.example', 'S.TANAKA'),
      fc.nat(3).map((at) => numbered('jiri.stastny', '@strojirny.example', 4)[at]!),
      fc.nat(3).map((at) => numbered('jiri.stastny-priklad', '', 4)[at]!)
    ),
    { maxLength: 12 }
  );

  it('are unique, short and e-mail-shaped, whatever is taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWish, { maxLength: 8 }), anyTaken, async (wishes, taken) => {
        const { conn } = orgWith({ Username: taken, CommunityNickname: taken });
        const answers = await findNames(conn, DEFAULT_USERNAME_PATTERN, wishes);
        const held = new Set(taken.map((name) => name.toLowerCase()));
        for (const what of ['username', 'nickname'] as const) {
          const all = names(answers, what);
          expect(new Set(all).size, what).to.equal(all.length);
          expect(
            all.filter((name) => held.has(name)),
            what
          ).to.deep.equal([]);
        }
        for (const [at, answer] of answers.entries()) {
          const { username } = wishes[at]!;
          if (username === undefined) expect(answer.problem, 'there is always a free one').to.equal(undefined);
          if (username !== undefined && answer.names) expect(answer.names.username).to.equal(username);
          if (!answer.names) continue;
          expect(answer.names.username.toLowerCase()).to.match(USERNAME);
          expect(answer.names.username.length).to.be.at.most(80);
          expect(answer.names.nickname).to.match(/^.{1,40}$/);
          expect(answer.names.alias).to.match(/^[a-z0-9]{1,8}$/);
        }
        const sets = { usernames: held, nicknames: held };
        expect(chooseNames(DEFAULT_USERNAME_PATTERN, wishes, sets)).to.deep.equal(answers);
      }),
      { numRuns: 300 }
    );
  });
});

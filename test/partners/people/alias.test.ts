import { expect } from 'chai';
import fc from 'fast-check';
import { aliasOf, nicknameOf, type Person } from '../../../src/partners/people/index.js';
import { anyPerson, JIRI, JOERG, SAKURA } from './support.js';

const free = (): boolean => false;

describe('partners: alias and nickname', () => {
  it('come from the name in plain letters', () => {
    const people: Array<[Person, string, string]> = [
      [JIRI, 'jstastny', 'jiri.stastny-priklad'],
      [JOERG, 'jmuessig', 'joerg.muessig'],
      [{ email: 'x@a.example', firstName: 'Łucja', lastName: 'Żak' }, 'lzak', 'lucja.zak'],
      [{ email: 'x@a.example', firstName: 'Tünde', lastName: 'Őry' }, 'tory', 'tunde.ory'],
      [{ email: 'x@a.example', firstName: 'Gülşen', lastName: 'Örnek' }, 'gornek', 'gulsen.ornek'],
      [{ email: 'x@a.example', firstName: 'Văn Ví', lastName: 'Dụ' }, 'vdu', 'vanvi.du'],
      [{ email: 'x@a.example', firstName: 'さくら', lastName: 'たなか' }, 'stanaka', 'sakura.tanaka'],
      [{ email: 'x@a.example', lastName: "O'Vzor" }, 'ovzor', 'ovzor'],
    ];
    for (const [person, alias, nickname] of people)
      expect([aliasOf(person), nicknameOf(person, free)], person.lastName).to.deep.equal([alias, nickname]);
  });

  it('come from the address where the name cannot be read', () => {
    expect([aliasOf(SAKURA), nicknameOf(SAKURA, free)]).to.deep.equal(['stanaka', 's.tanaka']);
    const nobody = { email: '田中@shoji.example', lastName: '田中' };
    expect([aliasOf(nobody), nicknameOf(nobody, free)]).to.deep.equal(['user', 'user']);
  });

  it('makes nicknames unique', () => {
    const taken = new Set(['jiri.stastny-priklad', 'jiri.stastny-priklad2']);
    expect(nicknameOf(JIRI, (name) => taken.has(name))).to.equal('jiri.stastny-priklad3');
  });

  it('fit, in ASCII, whoever it is', () => {
    const taken = new Set<string>();
    fc.assert(
      fc.property(anyPerson, (person) => {
        expect(aliasOf(person)).to.match(/^[a-z0-9]{1,8}$/);
        const nickname = nicknameOf(person, (name) => taken.has(name));
        expect(nickname).to.match(/^[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?$/);
        expect(taken.has(nickname)).to.equal(false);
        taken.add(nickname);
      }),
      { numRuns: 1000 }
    );
  });
});

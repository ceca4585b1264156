import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkUsernamePattern,
  DEFAULT_USERNAME_PATTERN,
  uniqueUsername,
  UsernameError,
  usernameOf,
  type Person,
} from '../../../src/partners/people/index.js';
import { anyPerson, JIRI, JOERG, SAKURA, USERNAME } from './support.js';

const failure = (what: () => unknown): [string, readonly string[]] => {
  try {
    what();
  } catch (error) {
    if (error instanceof UsernameError) return [error.key, error.details];
    throw error;
  }
  throw new Error('No error');
};

describe('partners: usernames', () => {
  it('are the address where no other pattern is wanted', () => {
    expect(usernameOf(DEFAULT_USERNAME_PATTERN, JIRI)).to.equal('jiri.stastny@strojirny.example');
    expect(usernameOf('{email}', { email: "Jan.O'Vzor+crm_1@a.example" })).to.equal("jan.o'vzor+crm_1@a.example");
    expect(usernameOf('{email}', JOERG)).to.equal('joerg.muessig@xn--mller-kva.example');
    expect(usernameOf('{email}', { email: '田中.さくら@shoji.example' })).to.equal('sakura@shoji.example');
    expect(usernameOf('{email}', { email: '田中@shoji.example' })).to.equal('user@shoji.example');
  });

  it('are made of what the pattern names', () => {
    const org = 'acme-partners';
    const cases: Array<[string, Person, string]> = [
      ['{first}.{last}@partners.example', JIRI, 'jiri.stastny-priklad@partners.example'],
      ['{f}{last}@{domain}', JIRI, 'jstastny-priklad@strojirny.example'],
      ['{first}{l}', JIRI, 'jiris@strojirny.example'],
      ['{local}@{account}.example', JIRI, 'jiri.stastny@strojirny-priklad-sro.example'],
      ['{email}.{org}', { ...JIRI, org }, 'jiri.stastny@strojirny.example.acme-partners'],
      ['{local}@{org}', { ...JIRI, org: 'crm.acme.example' }, 'jiri.stastny@crm.acme.example'],
      ['{local}_{org}@a.example', { ...JIRI, org }, 'jiri.stastny_acme-partners@a.example'],
      ['{last}.{account}@a.example', JOERG, 'muessig.muessig-soehne-gmbh@a.example'],
      ['{first}@a.example', { email: 'x@a.example', firstName: 'Anna  Maria' }, 'annamaria@a.example'],
    ];
    for (const [pattern, person, username] of cases) expect(usernameOf(pattern, person), pattern).to.equal(username);
  });

  it('fall back to the address, once, where a name cannot be read or is missing', () => {
    expect(usernameOf('{first}.{last}@p.example', SAKURA)).to.equal('s.tanaka@p.example');
    expect(usernameOf('p-{f}{last}-x@p.example', SAKURA)).to.equal('p-s.tanaka-x@p.example');
    expect(usernameOf('{first}@p.example', SAKURA)).to.equal('sakura@p.example');
    expect(usernameOf('{first}.{last}', { ...JIRI, firstName: '' })).to.equal('jiri.stastny@strojirny.example');
    expect(usernameOf('{account}@p.example', SAKURA)).to.equal('s.tanaka@p.example');
    expect(usernameOf('{local}@{account}.example', SAKURA)).to.equal('s.tanaka@s-tanaka.example');
  });

  it('keep the domain and shorten what is before it', () => {
    const long = { email: `${'abcdefghi.'.repeat(6)}x@${'d'.repeat(50)}.example` };
    expect(usernameOf('{email}', long)).to.equal(`abcdefghi.abcdefghi.a@${'d'.repeat(50)}.example`);
    // Ten characters are left, and the tenth is a dot.
    const longer = { email: `abcdefghi.xyz@${'d'.repeat(61)}.example` };
    expect(usernameOf('{email}', longer)).to.equal(`abcdefghi@${'d'.repeat(61)}.example`);
  });

  it('need a pattern that can be used', () => {
    expect(failure(() => checkUsernamePattern('{name}@a.example'))).to.deep.equal([
      'usernameToken',
      ['{name}', '{email} {local} {domain} {first} {last} {f} {l} {account} {org}'],
    ]);
    for (const pattern of [
      '',
      '@',
      '{local}@',
      '{email}@{domain}',
      '{first} {last}',
      '{first',
      'jiř@a.example',
      '{l}@acme',
    ])
      expect(
        failure(() => checkUsernamePattern(pattern)),
        pattern
      ).to.deep.equal(['usernamePattern', [pattern]]);
    for (const pattern of ['{email}', '{first}.{last}', '{f}{last}@{org}.partners.example'])
      expect(() => checkUsernamePattern(pattern)).not.to.throw();
  });

  it('need an address, and a domain that leaves room', () => {
    for (const email of ['', 'jan', '@a.example', 'jan@'])
      expect(
        failure(() => usernameOf('{first}', { email })),
        email
      ).to.deep.equal(['usernameAddress', [email]]);
    for (const domain of ['acme', 'a b.example', `${'d'.repeat(60)}.${'e'.repeat(20)}`])
      expect(
        failure(() => usernameOf('{email}', { email: `jan@${domain}` })),
        domain
      ).to.deep.equal(['usernameDomain', [domain]]);
    expect(failure(() => usernameOf('{local}@{org}', { ...JIRI, org: 'Acme' }))[0]).to.equal('usernameDomain');
  });

  it('are e-mail-shaped ASCII of 80 characters at most, whoever it is', () => {
    const patterns = [
      '{email}',
      '{first}.{last}',
      '{f}{last}@p.example',
      '{account}-{org}.{local}@p.example',
      '.{l}..{f}.',
    ];
    fc.assert(
      fc.property(anyPerson, fc.constantFrom(...patterns), (person, pattern) => {
        const username = usernameOf(pattern, person);
        expect(username).to.match(USERNAME).and.to.equal(username.toLowerCase());
        expect(username.length).to.be.at.most(80);
        expect(username).not.to.match(/^\.|\.\.|\.@/);
      }),
      { numRuns: 1000 }
    );
  });
});

describe('partners: usernames nobody else has', () => {
  it('get the first free number before the @', () => {
    const taken = new Set(['jan.novak@a.example', 'jan.novak2@a.example']);
    expect(uniqueUsername('eva@a.example', (name) => taken.has(name))).to.equal('eva@a.example');
    expect(uniqueUsername('jan.novak@a.example', (name) => taken.has(name))).to.equal('jan.novak3@a.example');
    expect(uniqueUsername('jan1@a.example', (name) => name === 'jan1@a.example')).to.equal('jan1-2@a.example');
  });

  it('stay within 80 characters', () => {
    const full = `${'j'.repeat(60)}@${'d'.repeat(11)}.example`;
    expect(full).to.have.length(80);
    const second = uniqueUsername(full, (name) => name === full);
    expect(second).to.equal(`${'j'.repeat(59)}2@${'d'.repeat(11)}.example`);
    const dotted = `${'j'.repeat(62)}.x@a.example`;
    expect(uniqueUsername(dotted, (name) => name === dotted)).to.equal(`${'j'.repeat(62)}2@a.example`);
  });

  it('are all different, e-mail-shaped and short', () => {
    fc.assert(
      fc.property(
        fc.array(anyPerson, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 2, max: 14 }),
        (people, times) => {
          const taken = new Set<string>();
          for (const person of people.flatMap((one) => Array<Person>(times).fill(one))) {
            const username = uniqueUsername(usernameOf('{first}.{last}', person), (name) => taken.has(name));
            expect(taken.has(username)).to.equal(false);
            expect(username).to.match(USERNAME);
            expect(username.length).to.be.at.most(80);
            taken.add(username);
          }
        }
      )
    );
  });

  it('end where everything is said to be taken', () => {
    expect(() => uniqueUsername('jan@a.example', () => true)).to.throw('No free name');
  });
});

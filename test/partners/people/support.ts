import fc from 'fast-check';
import type { Person } from '../../../src/partners/people/index.js';

/** Invented people, one of each kind of name. */
export const JIRI: Person = {
  firstName: 'Jiří',
  lastName: 'Šťastný-Příklad',
  email: 'Jiri.Stastny@Strojirny.example',
  account: 'Strojírny Příklad s.r.o.',
  country: 'Česká republika',
};
export const JOERG: Person = {
  firstName: 'Jörg',
  lastName: 'Müßig',
  email: 'jörg.müßig@müller.example',
  account: 'Müßig & Söhne GmbH',
  country: 'Deutschland',
};
export const SAKURA: Person = {
  firstName: 'さくら',
  lastName: '田中',
  email: 's.tanaka@shoji.example',
  account: '見本商事',
  country: '日本',
};

/** A person with names in any letters; the address has a domain that leaves room. */
export const anyPerson: fc.Arbitrary<Person> = fc.record(
  {
    firstName: fc.string({ unit: 'grapheme', maxLength: 40 }),
    lastName: fc.string({ unit: 'grapheme', maxLength: 80 }),
    account: fc.string({ unit: 'grapheme', maxLength: 60 }),
    org: fc.string({ unit: 'grapheme', maxLength: 20 }),
    country: fc.constantFrom('CZ', 'Japan', 'Nowhere', ''),
    email: fc
      .tuple(
        fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }), fc.constantFrom('a.b', '田中', "o'x+y")),
        fc.constantFrom(
          'a.example',
          'müller.example',
          'Deep.Sub.Domain.Example',
          `${'x'.repeat(60)}.example`,
          '例え.example'
        )
      )
      .map(([local, domain]) => `${local.replaceAll('@', '').trim() || 'x'}@${domain}`),
  },
  { requiredKeys: ['email'] }
);

/** What the platform takes for a username (platform-facts C3), of ASCII alone. */
export const USERNAME = /^[!-?A-~]{1,64}@[a-z0-9_-]+(\.[a-z0-9_-]+)+$/;

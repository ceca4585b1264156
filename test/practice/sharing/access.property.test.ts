import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Session } from '../../../src/practice/contracts.js';
import { openPracticeOrg, type OpenOrg } from '../../../src/practice/org.js';
import { Random } from '../../../src/practice/scenario/random.js';
import { addDeals, generate, GENERATED } from './generate.js';
import { Oracle, type User } from './oracle.js';

describe('record access against the oracle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-sharing-'));
  let org: OpenOrg;
  before(() => {
    org = openPracticeOrg({ folder, scenario: 'empty' });
    addDeals(org);
  });
  after(() => {
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sessionOf = (user: User): Session => ({
    id: 'x',
    user: { Id: user.Id, Username: 'u', ProfileId: '', UserType: user.UserType },
    has: (permission) => org.tools.permissions.has(user.Id, permission),
    can: (action, def) => org.tools.permissions.can(user.Id, action, def),
  });

  it('queries, access() and the oracle agree for every user and record', () => {
    let seen = 0;
    let pairs = 0;
    fc.assert(
      // The seed makes the org; small parts of an org mean little without the rest, so there is nothing to shrink.
      fc.property(fc.noShrink(fc.integer({ min: 1 })), (seed) => {
        const random = new Random(seed);
        const draw = (end: number): number => random.below(end);
        const world = generate(org, draw);
        const oracle = new Oracle(world);
        for (const object of GENERATED) {
          const def = org.catalog.require(object);
          const records = world.records.filter((record) => record.object === object);
          for (const user of world.users) {
            const found = org.queries.query(`SELECT Id FROM ${object} LIMIT 200`, { session: sessionOf(user) }).records;
            const listed = new Set(found.map(({ Id }) => String(Id)));
            const access = org.sharing.accessTo(
              user.Id,
              def,
              records.map(({ Id }) => Id)
            );
            for (const record of records) {
              const expected = oracle.access(user, record);
              const told = `${object} ${record.Id} for ${user.Id}`;
              expect(access.get(record.Id), told).to.deep.equal(expected);
              // Inactive users have no session to query with.
              if (user.IsActive) expect(listed.has(record.Id), `query: ${told}`).to.equal(expected.read);
              pairs++;
              if (expected.read) seen++;
            }
          }
        }
      }),
      { numRuns: 60 }
    );
    // Neither everything nor nothing is seen, or the test would tell little.
    expect(seen / pairs).to.be.within(0.2, 0.9);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Session } from '../../../src/practice/contracts.js';
import { openPracticeOrg, type OpenOrg } from '../../../src/practice/org.js';
import { Random } from '../../../src/practice/scenario/random.js';
import { addDeals, generate, GENERATED } from './generate.js';
import { Oracle, type User, type World } from './oracle.js';

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
    view: (def) => org.tools.permissions.view(user.Id, def),
  });

  /** Compares one user's access to the records of one object. @returns how many there are, and how many he reads */
  const compare = (world: World, user: User, object: string): { pairs: number; seen: number } => {
    const oracle = new Oracle(world);
    const records = world.records.filter((record) => record.object === object);
    const ids = records.map(({ Id }) => Id);
    const { records: found } = org.queries.query(`SELECT Id FROM ${object} LIMIT 200`, { session: sessionOf(user) });
    const access = org.sharing.accessTo(user.Id, org.catalog.require(object), ids);
    const expected = records.map((record) => oracle.access(user, record));
    const readable = ids.filter((_, index) => expected[index]!.read);
    records.forEach((record, index) => {
      expect(access.get(record.Id), `${object} ${record.Id} for ${user.Id}`).to.deep.equal(expected[index]);
    });
    // Inactive users have no session to query with.
    if (user.IsActive) {
      const listed = found.map(({ Id }) => String(Id));
      expect(listed, `query of ${object} for ${user.Id}`).to.have.members(readable);
    }
    return { pairs: ids.length, seen: readable.length };
  };

  it('queries, access() and the oracle agree for every user and record', () => {
    const sum = { pairs: 0, seen: 0 };
    fc.assert(
      // The seed makes the org; small parts of an org mean little without the rest, so there is nothing to shrink.
      fc.property(fc.noShrink(fc.integer({ min: 1 })), (seed) => {
        const random = new Random(seed);
        const world = generate(org, (end) => random.below(end));
        for (const object of GENERATED) {
          for (const user of world.users) {
            const { pairs, seen } = compare(world, user, object);
            sum.pairs += pairs;
            sum.seen += seen;
          }
        }
      }),
      { numRuns: 60 }
    );
    // Neither everything nor nothing is seen, or the test would tell little.
    expect(sum.seen / sum.pairs).to.be.within(0.2, 0.9);
  });
});

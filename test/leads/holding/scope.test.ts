/** Leads of many owners: by the address of a query, by a Bulk query, and out of all leads. */
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { leadsOf, readHeld, readSources, rotationScope, type Scope } from '../../../src/leads/holding/index.js';
import type { StoredRotation } from '../../../src/leads/rotation/records/index.js';
import { connect } from '../../helpers/exposure.js';
import { startTestOrg, type TestOrg } from '../../helpers/practice.js';

describe('leads of many owners', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let conn: Connection;
  let owners: string[];
  before(async () => {
    org = await startTestOrg({ leads: 300 });
    ({ conn } = await connect(org.username));
    const rows = org.query<{ OwnerId: string }>('SELECT OwnerId FROM Lead WHERE IsConverted = false ORDER BY OwnerId');
    owners = [...new Set(rows.map(({ OwnerId }) => OwnerId))].slice(0, 5);
  });
  after(() => org.close());

  /** The owners, and so many more that have no leads. */
  const among = (count: number): string[] => [
    ...owners,
    ...Array.from({ length: count - owners.length }, (_, at) => `005${String(at).padStart(12, '0')}AAA`),
  ];

  async function held(scope: Scope): Promise<string[]> {
    const { sources } = await readSources(conn);
    const found: string[] = [];
    for await (const page of readHeld(conn, scope, sources)) found.push(...page.map(({ lead }) => lead.id));
    return found;
  }

  it('are the same, whichever way they are read', async () => {
    const wanted = org
      .query<{
        Id: string;
      }>(
        `SELECT Id FROM Lead WHERE IsConverted = false AND OwnerId IN (${owners.map((id) => `'${id}'`).join()}) ORDER BY Id`
      )
      .map(({ Id }) => Id);
    expect(wanted).to.have.length.above(10);
    for (const [count, named] of [
      [5, 3500],
      [401, 3500],
      [900, 3500],
      [900, 800],
    ] as const) {
      const scope = { text: '', owners: [], ...leadsOf(among(count), named) };
      expect(scope.inner === undefined, String(count)).to.equal(count > 400);
      expect(await held(scope), `${count} owners, ${named} named`).to.deep.equal(wanted);
    }
  });

  it('are found for a rotation with 600 members', async () => {
    const members = among(600).map((targetId) => ({ targetId }));
    const stored = { rotation: { key: 'Wide' }, members } as unknown as StoredRotation;
    const scope = await rotationScope(conn, stored);
    expect(scope.owners).to.have.length(600);
    expect(await held(scope)).to.have.length.above(10);
  });
});

import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { compare, countOf, countsBy, countsOf, queryAll, select } from '../../src/org/read/index.js';
import { connect } from '../helpers/exposure.js';
import { ADMIN, startTestOrg, type TestOrg } from '../helpers/practice.js';

const OPEN = compare('IsConverted', '=', false);

describe('counts by a field', () => {
  let org: TestOrg;
  let conn: Connection;
  before(async () => {
    org = await startTestOrg({ leads: 4100 });
    ({ conn } = await connect(ADMIN));
  });
  after(() => org.close());

  const stored = (field: string): Map<string, number> =>
    new Map(
      org.org.store.db
        .prepare(`SELECT "${field}" AS id, count(*) AS n FROM Lead WHERE "IsConverted" IS NOT 1 GROUP BY 1`)
        .all()
        .map(({ id, n }) => [String(id), Number(n)])
    );

  it('are read where the org has more groups than it gives at once', async () => {
    const soql = select({ from: 'Lead', fields: ['Id', countOf('OwnerId', 'total')], where: OPEN, groupBy: ['Id'] });
    const refusal = await queryAll(conn, soql).catch((error: Error) => error);
    expect(refusal).to.be.instanceOf(Error).and.to.include({ errorCode: 'EXCEEDED_ID_LIMIT' });
    const wanted = stored('Id');
    expect(wanted.size).to.be.greaterThan(2000);
    expect(await countsBy(conn, { from: 'Lead', by: 'Id', where: OPEN })).to.deep.equal(wanted);
  });

  it('are the same whatever fits a page, the full last one included', async () => {
    const wanted = stored('OwnerId');
    expect(wanted.size).to.be.greaterThan(3);
    for (const page of [1, 2, wanted.size, wanted.size + 1]) {
      const counts = await countsBy(conn, { from: 'Lead', by: 'OwnerId', where: OPEN }, page);
      expect(counts, `pages of ${page}`).to.deep.equal(wanted);
    }
  });

  it('are read for more ids than one address holds', async () => {
    const wanted = stored('Id');
    const ids = [...wanted.keys()];
    const counts = await countsOf(conn, { from: 'Lead', by: 'Id', where: OPEN }, [...ids, '00Q000000000000AAA']);
    expect(counts).to.deep.equal(wanted);
    expect(await countsOf(conn, { from: 'Lead', by: 'Id' }, [])).to.deep.equal(new Map());
  });
});

/** An org gives at most 2,000 groups at once; objects with more owners are counted all the same. */
import { expect } from 'chai';
import { to18 } from '../../src/practice/store/ids.js';
import { readCounts } from '../../src/sharing/counts/read.js';
import { emptySnapshot } from '../../src/sharing/model.js';
import { connect } from '../helpers/exposure.js';
import { ADMIN, startTestOrg, type TestOrg } from '../helpers/practice.js';

const LEADS = 2100;

describe('sharing: numbers of many owners', function () {
  this.timeout(60_000);
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg({ leads: LEADS });
    const { db } = org.org.store;
    const change = db.prepare('UPDATE "Lead" SET "OwnerId" = ? WHERE "Id" = ?');
    for (const { id } of db.prepare('SELECT "Id" AS id FROM "Lead"').all())
      change.run(String(to18(`005${String(id).slice(3, 15)}`)), String(id));
  });
  after(() => org.close());

  it('are read page by page where the org refuses to give them at once', async () => {
    const { conn } = await connect(ADMIN);
    const defaults = [{ object: 'Lead', label: 'Lead', internal: 'Private', external: 'Private' }];
    const snapshot = emptySnapshot({ id: '', name: '', domain: '', kind: 'sandbox', createdDate: '' });
    const { counts, notes } = await readCounts(conn, { ...snapshot, defaults }, []);
    expect(notes).to.deep.equal([]);
    const owners = Object.values(counts.owners.Lead!);
    expect([owners.length, owners.reduce((sum, count) => sum + count, 0)]).to.deep.equal([LEADS, LEADS]);
  });
});

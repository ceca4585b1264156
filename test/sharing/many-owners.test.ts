/** An org gives at most 2,000 groups at once; objects with more owners are counted all the same. */
import { expect } from 'chai';
import { to18 } from '../../src/practice/store/ids.js';
import { readCounts } from '../../src/sharing/counts/read.js';
import { readManualShares } from '../../src/sharing/read/shares.js';
import { Reader } from '../../src/sharing/read/reader.js';
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

  it('shares of single records are read for more people than the org gives at once', async () => {
    const { db } = org.org.store;
    const share = db.prepare(
      `INSERT INTO "LeadShare" ("Id", "LeadId", "UserOrGroupId", "LeadAccessLevel", "RowCause", "IsDeleted") VALUES (?, ?, ?, ?, 'Manual', 0)`
    );
    const leads = db.prepare('SELECT "Id" AS id FROM "Lead" WHERE "IsDeleted" IS NOT 1 ORDER BY 1').all();
    const wanted = new Set<string>();
    leads.forEach(({ id }, at) => {
      const person = String(to18(`005${String(id).slice(3, 15)}`));
      // Two groups for some, so that a page can end between the two.
      for (const level of at % 3 === 0 ? ['Read', 'Edit'] : ['Read']) {
        share.run(String(to18(`01r${level[0]!}${String(id).slice(4, 15)}`)), String(id), person, level);
        wanted.add(`${person} ${level}`);
      }
    });
    const { conn } = await connect(ADMIN);
    const reader = new Reader(conn);
    const shares = await readManualShares(reader, ['Lead'], new Set(['LeadShare']));
    expect(reader.notes).to.deep.equal([]);
    const found = shares.map(({ targetId, access }) => `${targetId} ${access}`);
    expect(new Set(found).size, 'none twice').to.equal(found.length);
    expect([...wanted].filter((one) => !found.includes(one))).to.deep.equal([]);
    expect(found.length).to.be.greaterThan(2500);
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPracticeOrg, type OpenOrg } from '../../../src/practice/org.js';
import type { Scenario } from '../../../src/practice/scenario/scenario.js';
import { isVirtual } from '../../../src/practice/store/tables.js';
import { chooseVariants } from '../../../src/practice/variants.js';

const folders: string[] = [];

const build = (scenario: Scenario): OpenOrg => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-scenario-'));
  folders.push(folder);
  return openPracticeOrg({ folder, scenario });
};

/** Digest of every row of every object. */
const digest = (org: OpenOrg): string => {
  const hash = createHash('sha256');
  for (const def of org.catalog.objects()) {
    if (isVirtual(def)) continue;
    for (const row of org.store.db.prepare(`SELECT * FROM "${def.name}" ORDER BY "Id"`).iterate()) {
      hash.update(def.name + JSON.stringify(row));
    }
  }
  return hash.digest('hex');
};

describe('scenario', () => {
  let org: OpenOrg;
  const count = (sql: string): number => Number(Object.values(org.store.sql(sql).get()!)[0]);
  before(() => (org = build({ leads: 5000 })));
  after(() => {
    org.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('is the same each time', () => {
    const other = build({ leads: 5000 });
    expect(digest(other)).to.equal(digest(org));
    other.close();
  });

  it('is seeded once', () => {
    const before = digest(org);
    org.close();
    org = openPracticeOrg({ folder: folders[0]!, scenario: { leads: 10 } });
    expect(digest(org)).to.equal(before);
  });

  it('has a sandbox that was made before 2024', () => {
    const row = org.store.sql('SELECT * FROM "Organization"').get()!;
    expect(row).to.include({
      IsSandbox: 1,
      OrganizationType: 'Enterprise Edition',
      InstanceName: 'PRAC1S',
      TrialExpirationDate: null,
    });
    expect(String(row.CreatedDate)).to.match(/^2019-/);
    expect(row.Id).to.equal(org.id);
  });

  it('has accounts, contacts, roles, users and queues in the numbers of the design', () => {
    expect(count('SELECT count(*) FROM "Account"')).to.equal(100);
    expect(count('SELECT count(*) FROM "Contact"')).to.equal(160);
    expect(count('SELECT count(DISTINCT "Name") FROM "Contact"')).to.be.greaterThan(150);
    expect(count('SELECT count(*) FROM "UserRole" WHERE "PortalType" = \'None\'')).to.equal(15);
    expect(count('SELECT count(*) FROM "User" WHERE "UserType" = \'Standard\'')).to.equal(26);
    expect(count('SELECT count(*) FROM "Group" WHERE "Type" = \'Queue\'')).to.equal(14);
    expect(count('SELECT count(*) FROM "Network" WHERE "Status" = \'Live\'')).to.equal(1);
    expect(count('SELECT count(*) FROM "NetworkMemberGroup" WHERE "AssignmentStatus" = \'WaitingForAdd\'')).to.equal(1);
    expect(count('SELECT count(*) FROM "Task"')).to.be.greaterThan(10);
  });

  it('has partner users in every state of eligibility', () => {
    const partner = (where: string): number =>
      count(
        `SELECT count(*) FROM "User" u JOIN "Account" a ON a."Id" = u."AccountId" JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."UserType" = 'PowerPartner' AND ${where}`
      );
    for (const where of [
      'u."IsActive" = 1 AND u."LastLoginDate" IS NOT NULL AND a."IsPartner" = 1',
      'u."IsActive" = 1 AND u."LastLoginDate" IS NULL',
      'u."IsActive" = 0',
      'a."IsPartner" = 0',
      'p."Name" = \'Example Partner Offsite\'',
      'p."Name" = \'Example Partner Login\'',
    ]) {
      expect(partner(where), where).to.be.greaterThan(0);
    }
    expect(
      count(
        'SELECT count(*) FROM "Account" a JOIN "User" u ON u."Id" = a."OwnerId" WHERE a."IsPartner" = 1 AND u."UserRoleId" IS NULL'
      )
    ).to.equal(1);
    expect(
      count(
        'SELECT count(*) FROM "User" WHERE "UserType" = \'PowerPartner\' AND ("UserRoleId" IS NULL OR "ContactId" IS NULL)'
      )
    ).to.equal(0);
  });

  it('has most open leads waiting in one queue, and owners that may own', () => {
    const open = count('SELECT count(*) FROM "Lead" WHERE "IsConverted" = 0');
    const waiting = count(
      'SELECT count(*) FROM "Lead" l JOIN "Group" g ON g."Id" = l."OwnerId" WHERE g."Name" = \'Unassigned Leads\''
    );
    expect(count('SELECT count(*) FROM "Lead"')).to.equal(5000);
    expect(waiting / open).to.be.within(0.55, 0.65);
    expect(1 - open / 5000).to.be.within(0.06, 0.1);
    expect(
      count(
        'SELECT count(*) FROM "Lead" l JOIN "User" u ON u."Id" = l."OwnerId" WHERE l."PartnerAccountId" IS NOT u."AccountId"'
      )
    ).to.equal(0);
    expect(
      count(
        'SELECT count(*) FROM "Lead" WHERE "OwnerId" NOT IN (SELECT "Id" FROM "User" UNION SELECT "Id" FROM "Group")'
      )
    ).to.equal(0);
  });

  it('keeps every reference of every row within the org', () => {
    for (const def of org.catalog.objects()) {
      if (isVirtual(def)) continue;
      for (const field of def.fields.values()) {
        if (field.type !== 'reference' || field.referenceTo.length === 0) continue;
        const known = field.referenceTo
          .filter((name) => org.catalog.object(name))
          .map((name) => `SELECT "Id" FROM "${name}"`);
        const sql = `SELECT count(*) FROM "${def.name}" WHERE "${field.name}" IS NOT NULL AND "${field.name}" NOT IN (${known.join(' UNION ALL ')})`;
        expect(count(sql), `${def.name}.${field.name}`).to.equal(0);
      }
    }
  });

  it('is empty but for its administrator when asked', () => {
    const empty = build('empty');
    expect(empty.store.sql('SELECT count(*) AS n FROM "User"').get()!.n).to.equal(1);
    expect(empty.store.sql('SELECT count(*) AS n FROM "Lead"').get()!.n).to.equal(0);
    expect(empty.preferences.on('Communities.enableEnablePRM')).to.equal(false);
    empty.close();
  });

  it('has as many seats of a licence as asked for, and is the same else', () => {
    const seats = { PID_Partner_Community: 5000, SFDC: 41 };
    const [usual, large] = [build({ leads: 10 }), build({ leads: 10, seats })];
    const totals = (one: OpenOrg): Record<string, unknown> => {
      const rows = one.store.sql('SELECT "LicenseDefinitionKey" AS k, "TotalLicenses" AS n FROM "UserLicense"').all();
      return Object.fromEntries(rows.map(({ k, n }) => [String(k), n]));
    };
    expect(totals(large)).to.deep.equal({ ...totals(usual), ...seats });
    for (const one of [usual, large]) one.store.db.exec('UPDATE "UserLicense" SET "TotalLicenses" = 0');
    expect(digest(large)).to.equal(digest(usual));
    for (const one of [usual, large]) one.close();
  });

  it('refuses seats of a licence it does not have', () => {
    expect(() => build({ leads: 10, seats: { PID_Partner: 1 } })).to.throw('Unknown licence PID_Partner; known: SFDC');
    expect(() => build({ leads: 10, seats: { SFDC: 1.5 } })).to.throw('Seats of SFDC must be a whole number, not 1.5.');
  });

  it('knows its variants', () => {
    expect(chooseVariants({ ownerMail: 'silent' }).ownerMail).to.equal('silent');
    expect(() => chooseVariants({ ownerMail: 'loud' })).to.throw(
      'Unknown variant ownerMail=loud; known: sent or silent.'
    );
    expect(() => chooseVariants({ mood: 'good' })).to.throw('Unknown variant mood=good');
  });
});

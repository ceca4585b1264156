import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPracticeOrg, type OpenOrg } from '../../../src/practice/org.js';
import type { Scenario } from '../../../src/practice/scenario/scenario.js';

const folders: string[] = [];

const build = (scenario: Scenario): OpenOrg => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-scenario-'));
  folders.push(folder);
  return openPracticeOrg({ folder, scenario });
};

const valueOf = (org: OpenOrg, sql: string, ...parameters: string[]): unknown =>
  Object.values(org.store.sql(sql).get(...parameters)!)[0];

const PARTNERS = 'SELECT count(*) FROM "User" WHERE "UserType" = \'PowerPartner\'';

describe('sharing of the scenario', () => {
  let org: OpenOrg;
  before(() => (org = build({ leads: 1500 })));
  after(() => {
    org.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const typeOfTarget = (id: string): string => String(valueOf(org, 'SELECT "Type" FROM "Group" WHERE "Id" = ?', id));

  it('has private defaults, one object that is open outside', () => {
    const { defaults } = org.sharing;
    const model = (name: string): string => Object.values(defaults.of(org.catalog.require(name))).join('/');
    expect(
      ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Campaign', 'Marketing_Asset__c'].map(model)
    ).to.deep.equal([
      'Private/Private',
      'ControlledByParent/ControlledByParent',
      'Private/Private',
      'Private/Private',
      'Private/Private',
      'Read/Private',
      'Read/Read',
    ]);
  });

  it('has about 60 rules over eight objects, of both kinds, with all kinds of targets, all of them in force', () => {
    const rules = org.sharing.rules.list();
    expect(rules).to.have.length.within(55, 65);
    expect(new Set(rules.map(({ object }) => object)).size).to.equal(8);
    expect(new Set(rules.map(({ kind }) => kind))).to.deep.equal(new Set(['owner', 'criteria']));
    const targets = new Set(rules.map(({ target }) => typeOfTarget(target)));
    expect([...targets]).to.include.members([
      'AllCustomerPortal',
      'Manager',
      'ManagerAndSubordinatesInternal',
      'Organization',
      'PRMOrganization',
      'Queue',
      'Regular',
      'Role',
      'RoleAndSubordinates',
      'RoleAndSubordinatesInternal',
    ]);
    const portal = rules.filter(
      ({ target }) =>
        Number(
          valueOf(
            org,
            'SELECT count(*) FROM "Group" g JOIN "UserRole" r ON r."Id" = g."RelatedId" ' +
              'WHERE g."Id" = ? AND r."PortalType" = \'Partner\'',
            target
          )
        ) > 0
    );
    expect(portal).to.have.length(2);
    expect(valueOf(org, "SELECT count(*) FROM practice_sharing_rule WHERE state <> 'active'")).to.equal(0);
    for (const { object } of rules) expect(org.sharing.rules.isLocked(object)).to.equal(false);
  });

  it('has rules that reach something', () => {
    for (const rule of org.sharing.rules.list()) {
      const def = org.catalog.require(rule.object);
      for (const { field } of rule.criteria)
        expect(def.fields.has(field.toLowerCase()), `${rule.name} ${field}`).to.equal(true);
    }
    // A partner user sees some of everything, and by no means all.
    const row = org.store
      .sql(
        'SELECT "Username" FROM "User" WHERE "UserType" = \'PowerPartner\' AND "IsActive" = 1 AND "PortalRole" = \'User\' ORDER BY "Id" LIMIT 1'
      )
      .get()!;
    const session = org.access.open(String(row.Username));
    for (const object of [
      'Lead',
      'Account',
      'Opportunity',
      'Case',
      'Campaign',
      'Deal_Registration__c',
      'Price_Agreement__c',
    ]) {
      const { totalSize } = org.queries.query(`SELECT COUNT() FROM ${object}`, { session });
      expect(totalSize, object).to.be.within(1, Number(valueOf(org, `SELECT count(*) - 1 FROM "${object}"`)));
    }
  });

  it('has folders of all kinds with what is in them', () => {
    const kinds = org.store.sql('SELECT DISTINCT "Type" || \' \' || "AccessType" AS kind FROM "Folder"').all();
    expect(kinds.map(({ kind }) => kind)).to.include.members([
      'Report Public',
      'Report PublicInternal',
      'Report Shared',
      'Report Hidden',
      'Dashboard Public',
      'Dashboard Shared',
      'Document Public',
      'Document Shared',
      'Email Public',
      'Email Hidden',
    ]);
    for (const { Id, AccessType } of org.store.sql('SELECT "Id", "AccessType" FROM "Folder"').all()) {
      const shares = org.sharing.folders.shares(String(Id));
      expect(shares.length > 0, String(Id)).to.equal(AccessType === 'Shared');
      for (const { sharedWith } of shares) expect(typeOfTarget(sharedWith)).to.be.a('string');
    }
  });

  it('has list views with their definitions', () => {
    const rows = org.store.sql('SELECT "Id", "SobjectType" || \'.\' || "DeveloperName" AS name FROM "ListView"').all();
    const components = org.tools.components.list('ListView');
    expect(components.map(({ id, fullName }) => [id, fullName])).to.have.deep.members(
      rows.map(({ Id, name }) => [Id, name])
    );
    expect(components.filter(({ body }) => body.sharedTo === undefined)).to.have.length.above(2);
  });

  it('has manual shares, with a group that leads outside and with a partner', () => {
    const sql =
      'SELECT count(*) FROM "LeadShare" s LEFT JOIN "Group" g ON g."Id" = s."UserOrGroupId" ' +
      'LEFT JOIN "User" u ON u."Id" = s."UserOrGroupId" WHERE ';
    expect(valueOf(org, `${sql} g."Type" = 'RoleAndSubordinates'`)).to.be.greaterThan(1);
    expect(valueOf(org, `${sql} u."UserType" = 'PowerPartner'`)).to.be.greaterThan(1);
  });

  it('can be without partner users: nobody external, no portal role, but what waits for them', () => {
    const none = build({ leads: 300, partners: false });
    expect(valueOf(none, PARTNERS)).to.equal(0);
    expect(valueOf(none, 'SELECT count(*) FROM "UserRole" WHERE "PortalType" <> \'None\'')).to.equal(0);
    expect(valueOf(none, 'SELECT count(*) FROM "Account"')).to.equal(100);
    expect(valueOf(none, 'SELECT count(*) FROM "Contact"')).to.equal(160);
    expect(none.sharing.rules.list()).to.have.length(org.sharing.rules.list().length - 2);
    const owners =
      'SELECT count(*) FROM "Lead" WHERE "OwnerId" NOT IN (SELECT "Id" FROM "User" UNION SELECT "Id" FROM "Group")';
    expect(valueOf(none, owners)).to.equal(0);
    expect(none.preferences.on('Communities.enableEnablePRM')).to.equal(true);
    none.close();
  });

  it('can have the switch of PRM off, with Digital Experiences on', () => {
    const off = build({ leads: 10, prm: false });
    expect(off.preferences.on('Communities.enableEnablePRM')).to.equal(false);
    expect(off.preferences.on('Communities.enableNetworksEnabled')).to.equal(true);
    expect(off.catalog.require('Account').fields.has('ispartner')).to.equal(true);
    expect(valueOf(off, PARTNERS)).to.be.greaterThan(0);
    off.close();
  });
});

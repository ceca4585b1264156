import { expect } from 'chai';
import { RECALCULATION_DELAY } from '../../../src/practice/sharing/recalculation.js';
import { SmallOrg } from './small.js';

const OWN = 'read edit delete transfer all';

describe('who may do what', () => {
  let small: SmallOrg;
  let [ceo, vp, rep]: [string, string, string] = ['', '', ''];
  let [boss, chief, seller, peer, loner]: [string, string, string, string, string] = ['', '', '', '', ''];
  before(() => (small = new SmallOrg()));
  after(() => small.end());
  beforeEach(() => {
    small.reset();
    ceo = small.role();
    vp = small.role(ceo);
    rep = small.role(vp);
    [boss, chief, seller, peer, loner] = [
      small.user(ceo),
      small.user(vp),
      small.user(rep),
      small.user(rep),
      small.user(),
    ];
  });

  const may = (...args: Parameters<SmallOrg['may']>): string => small.may(...args);

  it('1: View All reads, Modify All does everything', () => {
    const lead = small.lead(seller);
    small.permit(peer, [], { Lead: ['Read', 'ViewAllRecords'] });
    expect(may(peer, 'Lead', lead)).to.equal('read');
    small.permit(loner, [], { Lead: ['Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'] });
    expect(may(loner, 'Lead', lead)).to.equal(OWN);
    const other = small.user();
    small.permit(other, ['ViewAllData']);
    expect(may(other, 'Lead', lead)).to.equal('read');
  });

  it('2: owners have everything, nobody else has anything', () => {
    const lead = small.lead(seller);
    expect([seller, peer, loner].map((user) => may(user, 'Lead', lead))).to.deep.equal([OWN, 'none', 'none']);
  });

  it('needs the permission on the object, and an active user', () => {
    const lead = small.lead(seller);
    const profile = small.value('SELECT "Id" FROM "Profile" WHERE "Name" = ?', 'Minimum Access - Salesforce');
    const nobody = small.user(rep, { ProfileId: profile });
    expect(may(nobody, 'Lead', small.lead(nobody))).to.equal('none');
    const gone = small.user(ceo, { IsActive: false });
    expect(may(gone, 'Lead', lead)).to.equal('none');
    expect(may(seller, 'Lead', '00QgL0000009999UAA')).to.equal('none');
  });

  it('3: defaults by side', () => {
    const account = small.add('Account', { OwnerId: seller });
    const partner = small.partner(account, 'User');
    const lead = small.lead(loner);
    const both = (): string[] => [peer, partner].map((user) => may(user, 'Lead', lead));
    small.defaultOf('Lead', 'Read', 'Private');
    expect(both()).to.deep.equal(['read', 'none']);
    small.defaultOf('Lead', 'ReadWrite', 'Read');
    expect(both()).to.deep.equal(['read edit', 'read']);
    small.defaultOf('Lead', 'ReadWriteTransfer', 'ReadWrite');
    expect(both()).to.deep.equal(['read edit transfer', 'read edit']);
    small.org.preferences.set('Sharing.enableExternalSharingModel', false);
    expect(both()[1]).to.equal('read edit transfer');
    small.org.preferences.set('Sharing.enableExternalSharingModel', true);
    const campaign = small.add('Campaign', { OwnerId: loner });
    small.defaultOf('Campaign', 'FullAccess', 'Private');
    expect([may(peer, 'Campaign', campaign), may(partner, 'Campaign', campaign)]).to.deep.equal([OWN, 'none']);
  });

  it('3: a parent that decides', () => {
    small.defaultOf('Contact', 'ControlledByParent', 'ControlledByParent');
    const account = small.add('Account', { OwnerId: seller });
    const contact = small.add('Contact', { AccountId: account, OwnerId: loner });
    const alone = small.add('Contact', { OwnerId: seller });
    expect(may(seller, 'Contact', contact)).to.equal(OWN);
    expect(may(loner, 'Contact', contact)).to.equal(OWN);
    expect(may(peer, 'Contact', contact)).to.equal('none');
    expect([chief, loner].map((user) => may(user, 'Contact', alone))).to.deep.equal([OWN, 'none']);
    small.share('Account', account, peer, 'Read');
    expect(may(peer, 'Contact', contact)).to.equal('read');
    const lead = small.lead(peer);
    const campaign = small.add('Campaign', { OwnerId: chief });
    const member = small.add('CampaignMember', { CampaignId: campaign, LeadId: lead });
    expect([peer, chief, loner].map((user) => may(user, 'CampaignMember', member).slice(0, 4))).to.deep.equal([
      'read',
      'read',
      'none',
    ]);
    const mail = small.add('EmailMessage', { ParentId: small.add('Case', { OwnerId: peer }), Subject: 'M' });
    expect([peer, loner].map((user) => may(user, 'EmailMessage', mail).slice(0, 4))).to.deep.equal(['read', 'none']);
  });

  it('4: those above the owner have what he has', () => {
    const lead = small.lead(seller);
    expect([boss, chief].map((user) => may(user, 'Lead', lead))).to.deep.equal([OWN, OWN]);
    expect(may(seller, 'Lead', small.lead(boss))).to.equal('none');
    expect(may(boss, 'Lead', small.lead(loner))).to.equal('none');
  });

  it('4: the portal roles of an account hang below its owner', () => {
    const account = small.add('Account', { OwnerId: seller });
    const [executive, manager, user] = ['Executive', 'Manager', 'User'].map((level) => small.partner(account, level));
    const elsewhere = small.partner(small.add('Account', { OwnerId: seller }), 'Executive');
    const lead = small.lead(manager!);
    expect([boss, seller, executive, manager].map((one) => may(one!, 'Lead', lead))).to.deep.equal(Array(4).fill(OWN));
    // They hang below the role, not below the person: whoever shares it sees as much.
    expect(may(peer, 'Lead', lead)).to.equal(OWN);
    expect([user, elsewhere, loner].map((one) => may(one!, 'Lead', lead))).to.deep.equal(['none', 'none', 'none']);
  });

  it('5: queues belong to their members, direct, by role and nested, and to those above them if the queue says so', () => {
    const queue = small.group('Queue', [seller]);
    const strict = small.group('Queue', [small.group('Regular', [small.groupOf('Role', rep)])], false);
    const [lead, other] = [small.lead(queue), small.lead(strict)];
    expect(may(seller, 'Lead', lead)).to.equal('read edit transfer');
    expect([chief, peer].map((user) => may(user, 'Lead', lead))).to.deep.equal(['read edit transfer', 'none']);
    expect([seller, peer, chief].map((user) => may(user, 'Lead', other))).to.deep.equal([
      'read edit transfer',
      'read edit transfer',
      'none',
    ]);
  });

  it('6: owner rules, from roles, groups and queues', () => {
    const target = small.role();
    const reader = small.user(target);
    const queue = small.group('Queue', []);
    const nested = small.group('Regular', [small.group('Regular', [loner]), queue]);
    small.rule({ source: nested, target: small.groupOf('Role', target), access: 'Edit' });
    small.rule({ source: small.groupOf('RoleAndSubordinates', vp), target: small.groupOf('Role', target) });
    expect(may(reader, 'Lead', small.lead(loner))).to.equal('read edit');
    expect(may(reader, 'Lead', small.lead(queue))).to.equal('read edit');
    expect(may(reader, 'Lead', small.lead(seller))).to.equal('read');
    expect(may(reader, 'Lead', small.lead(boss))).to.equal('none');
  });

  it('6: a queue as source stands for what it owns, not for what its members own', () => {
    const queue = small.group('Queue', [loner]);
    small.rule({ source: queue, target: small.groupOf('Role', rep) });
    const leads = [small.lead(queue), small.lead(loner)];
    expect(leads.map((lead) => may(seller, 'Lead', lead))).to.deep.equal(['read', 'none']);
  });

  it('6: criteria rules, with and without the records of users who have no role', () => {
    const light = small.user(undefined, { UserType: 'CspLitePortal' });
    const where = { criteria: [{ field: 'City', operation: 'equals', value: 'Leeds,Lyon' }] };
    const [mine, theirs] = [small.lead(loner, { City: 'leeds' }), small.lead(light, { City: 'Lyon' })];
    small.rule({ ...where, target: small.groupOf('Role', rep), allOwners: false });
    expect([mine, theirs].map((lead) => may(seller, 'Lead', lead))).to.deep.equal(['read', 'none']);
    small.rule({ ...where, target: small.groupOf('Role', rep), allOwners: true });
    expect(may(seller, 'Lead', theirs)).to.equal('read');
    expect(may(seller, 'Lead', small.lead(loner, { City: 'Kassel' }))).to.equal('none');
  });

  it('6: filters that cannot be read are refused', () => {
    const criteria = [{ field: 'City', operation: 'equals', value: 'Leeds' }];
    for (const booleanFilter of ['1 AND (', '2', '1; DROP TABLE x', '1 1', '0', 'AND']) {
      expect(() => small.rule({ criteria, booleanFilter, target: ceo }), booleanFilter).to.throw('filter');
    }
  });

  it('6: a guest rule reaches the guest user alone', () => {
    const guest = small.user(undefined, { UserType: 'Guest' });
    const criteria = [{ field: 'City', operation: 'equals', value: 'Leeds' }];
    small.rule({ kind: 'guest', criteria, target: guest });
    const lead = small.lead(loner, { City: 'Leeds' });
    expect([guest, boss].map((user) => may(user, 'Lead', lead))).to.deep.equal(['read', 'none']);
    small.defaultOf('Lead', 'ReadWrite', 'ReadWrite');
    // Defaults open nothing to guests.
    expect(may(guest, 'Lead', small.lead(loner))).to.equal('none');
  });

  it('6: kinds of targets, inside and outside', () => {
    const account = small.add('Account', { OwnerId: seller });
    const [executive, user] = ['Executive', 'User'].map((level) => small.partner(account, level)) as [string, string];
    const owner = small.user();
    const lead = small.lead(owner);
    const reached = (target: string): string => {
      const name = small.rule({ source: small.group('Regular', [owner]), target });
      const users = { boss, chief, seller, loner, executive, user };
      const who = Object.entries(users).filter(([, id]) => may(id, 'Lead', lead) !== 'none');
      small.removeRule('Lead', name);
      small.org.settle();
      return who.map(([one]) => one).join(' ');
    };
    const portal = small.portalRole(account, 'Executive');
    expect(reached(small.groupOf('Role', rep))).to.equal('boss chief seller');
    expect(reached(small.groupOf('RoleAndSubordinates', rep))).to.equal('boss chief seller executive user');
    expect(reached(small.groupOf('RoleAndSubordinatesInternal', vp))).to.equal('boss chief seller');
    expect(reached(small.groupOf('Organization'))).to.equal('boss chief seller loner');
    expect(reached(small.groupOf('PRMOrganization'))).to.equal('boss chief seller executive user');
    expect(reached(small.groupOf('Role', portal))).to.equal('boss chief seller executive');
    expect(reached(small.groupOf('RoleAndSubordinates', portal))).to.equal('boss chief seller executive user');
    expect(reached(small.group('Regular', [user], false))).to.equal('user');
    expect(reached(small.group('Regular', [user]))).to.equal('boss chief seller executive user');
    expect(reached(small.group('Queue', [loner], false))).to.equal('loner');
  });

  it('6: groups of managers and of those who report to them', () => {
    const [top, middle] = [small.user(), small.user()];
    const low = small.user();
    const set = small.org.store.sql('UPDATE "User" SET "ManagerId" = ? WHERE "Id" = ?');
    set.run(middle, low);
    set.run(top, middle);
    const manager = small.add('Group', { Type: 'Manager', RelatedId: low });
    const reports = small.add('Group', { Type: 'ManagerAndSubordinatesInternal', RelatedId: middle });
    const lead = small.lead(loner);
    small.share('Lead', lead, manager);
    expect([top, middle, low].map((user) => may(user, 'Lead', lead))).to.deep.equal(['read', 'read', 'none']);
    const other = small.lead(loner);
    small.share('Lead', other, reports);
    expect([top, middle, low].map((user) => may(user, 'Lead', other))).to.deep.equal(['none', 'read', 'read']);
  });

  it('7, 8: manual shares reach users, groups, and those above users', () => {
    const lead = small.lead(loner);
    small.share('Lead', lead, seller, 'Edit');
    expect([seller, chief, boss, peer].map((user) => may(user, 'Lead', lead))).to.deep.equal([
      'read edit',
      'read edit',
      'read edit',
      'none',
    ]);
    const other = small.lead(loner);
    small.share('Lead', other, small.groupOf('RoleAndSubordinates', vp));
    expect([chief, peer, loner].map((user) => may(user, 'Lead', other))).to.deep.equal(['read', 'read', OWN]);
  });

  it('9: a child that is his lets him read the account', () => {
    const account = small.add('Account', { OwnerId: loner });
    expect(may(seller, 'Account', account)).to.equal('none');
    small.add('Opportunity', { AccountId: account, OwnerId: seller });
    expect([seller, chief, peer].map((user) => may(user, 'Account', account))).to.deep.equal(['read', 'read', 'none']);
    const other = small.add('Account', { OwnerId: loner });
    small.share('Case', small.add('Case', { AccountId: other, OwnerId: loner }), peer);
    expect(may(peer, 'Account', other)).to.equal('read');
    small.defaultOf('Opportunity', 'Read', 'Read');
    // The default alone makes no child his.
    expect(may(boss, 'Account', other)).to.equal('read');
    expect(may(small.user(), 'Account', account)).to.equal('none');
  });

  it('9: rules and shares on accounts give what they say on the children', () => {
    const account = small.add('Account', { OwnerId: loner });
    const child = (object: string): string => small.add(object, { AccountId: account, OwnerId: loner });
    const [contact, opportunity, support] = ['Contact', 'Opportunity', 'Case'].map(child) as [string, string, string];
    small.rule({
      object: 'Account',
      source: small.group('Regular', [loner]),
      target: small.groupOf('Role', rep),
      accountSettings: { caseAccessLevel: 'None', contactAccessLevel: 'Read', opportunityAccessLevel: 'Edit' },
    });
    expect(may(seller, 'Account', account)).to.equal('read');
    expect(may(seller, 'Contact', contact)).to.equal('read');
    expect(may(seller, 'Opportunity', opportunity)).to.equal('read edit');
    expect(may(seller, 'Case', support)).to.equal('none');
    const other = small.user();
    small.share('Account', account, other, 'Read', { CaseAccessLevel: 'Edit', OpportunityAccessLevel: 'None' });
    expect([may(other, 'Case', support), may(other, 'Opportunity', opportunity)]).to.deep.equal(['read edit', 'none']);
  });

  it('9: owners of accounts have the children as their role says', () => {
    const role = small.role(vp, { OpportunityAccessForAccountOwner: 'Edit', CaseAccessForAccountOwner: 'Read' });
    const owner = small.user(role);
    const account = small.add('Account', { OwnerId: owner });
    const child = (object: string): string => small.add(object, { AccountId: account, OwnerId: loner });
    const [contact, opportunity, support] = ['Contact', 'Opportunity', 'Case'].map(child) as [string, string, string];
    for (const user of [owner, chief]) {
      expect(may(user, 'Opportunity', opportunity)).to.equal('read edit');
      expect(may(user, 'Case', support)).to.equal('read');
      expect(may(user, 'Contact', contact)).to.equal('none');
    }
    expect(may(seller, 'Opportunity', opportunity)).to.equal('none');
  });

  it('9: a portal user reads his own account and its contacts', () => {
    const account = small.add('Account', { OwnerId: seller });
    const partner = small.partner(account, 'User');
    const contact = small.add('Contact', { AccountId: account, OwnerId: loner });
    const opportunity = small.add('Opportunity', { AccountId: account, OwnerId: loner });
    const seen = [may(partner, 'Account', account), may(partner, 'Contact', contact)];
    expect(seen).to.deep.equal(['read', 'read']);
    expect(may(partner, 'Opportunity', opportunity)).to.equal('none');
    expect(may(partner, 'Account', small.add('Account', { OwnerId: seller }))).to.equal('none');
  });

  it('10: super users see what their colleagues have, up to their own portal role', () => {
    const account = small.add('Account', { OwnerId: seller });
    const manager = small.partner(account, 'Manager', { IsPrmSuperUser: true });
    const [executive, colleague] = ['Executive', 'Manager'].map((level) => small.partner(account, level));
    const [above, beside] = [small.lead(executive!), small.lead(colleague!)];
    const both = (): string[] => [above, beside].map((lead) => may(manager, 'Lead', lead));
    expect(both()).to.deep.equal(['none', 'none']);
    small.org.preferences.set('Sharing.enablePartnerSuperUserAccess', true);
    expect(both()).to.deep.equal(['none', 'read']);
    const opportunity = small.add('Opportunity', { OwnerId: colleague! });
    expect(may(manager, 'Opportunity', opportunity)).to.equal('read');
    expect(may(manager, 'Campaign', small.add('Campaign', { OwnerId: colleague! }))).to.equal('none');
    small.org.preferences.set('Sharing.enablePartnerSuperUserAccess', false);
  });

  it('Transfer Leads lets whoever reads a lead give it away', () => {
    const lead = small.lead(loner);
    small.share('Lead', lead, seller);
    small.permit(seller, ['TransferAnyLead']);
    expect(may(seller, 'Lead', lead)).to.equal('read transfer');
  });

  it('follows users, roles and members at once', () => {
    const lead = small.lead(seller);
    small.org.store.sql('UPDATE "User" SET "UserRoleId" = ? WHERE "Id" = ?').run(ceo, seller);
    expect(may(chief, 'Lead', lead)).to.equal('none');
    const group = small.group('Regular', []);
    small.share('Lead', lead, group);
    expect(may(loner, 'Lead', lead)).to.equal('none');
    small.add('GroupMember', { GroupId: group, UserOrGroupId: loner });
    expect(may(loner, 'Lead', lead)).to.equal('read');
  });

  describe('during a recalculation', () => {
    beforeEach(() => small.org.preferences.set(RECALCULATION_DELAY, 60_000));
    afterEach(() => small.org.preferences.set(RECALCULATION_DELAY, 400));

    it('a new rule gives nothing yet, a removed one still does', () => {
      const lead = small.lead(loner);
      const rule = { source: small.group('Regular', [loner]), target: small.groupOf('Role', rep) };
      const name = small.rule(rule, true);
      expect(may(seller, 'Lead', lead)).to.equal('none');
      expect(small.org.sharing.rules.isLocked('Lead')).to.equal(true);
      small.org.settle();
      expect(may(seller, 'Lead', lead)).to.equal('read');
      small.rule({ ...rule, name, access: 'Edit' }, true);
      expect(may(seller, 'Lead', lead)).to.equal('read');
      small.org.settle();
      expect(may(seller, 'Lead', lead)).to.equal('read edit');
      small.removeRule('Lead', name);
      expect(may(seller, 'Lead', lead)).to.equal('read edit');
      expect(small.sees(seller, 'Lead')).to.include(lead);
      small.org.settle();
      expect(may(seller, 'Lead', lead)).to.equal('none');
      expect(small.sees(seller, 'Lead')).to.not.include(lead);
    });

    it('a narrowed default still counts', () => {
      const lead = small.lead(loner);
      small.defaultOf('Lead', 'Read', 'Read');
      const def = small.org.catalog.require('Lead');
      const author = { tools: small.org.tools, userId: seller, now: small.org.clock.stamp() };
      small.org.sharing.defaults.set(author, def, { internal: 'Private', external: 'Private' });
      expect(may(seller, 'Lead', lead)).to.equal('read');
      small.org.settle();
      expect(may(seller, 'Lead', lead)).to.equal('none');
    });
  });

  it('narrows counts, groups, subqueries, semi-joins and bulk queries', () => {
    const account = small.add('Account', { OwnerId: seller, Name: 'Mine' });
    const hidden = small.add('Account', { OwnerId: loner, Name: 'Hidden' });
    small.add('Opportunity', { OwnerId: seller, AccountId: account, Name: 'A' });
    small.add('Opportunity', { OwnerId: loner, AccountId: account, Name: 'B' });
    small.add('Opportunity', { OwnerId: loner, AccountId: hidden, Name: 'C' });
    const session = small.session(seller);
    const query = (soql: string) => small.org.queries.query(soql, { session });
    expect(query('SELECT COUNT() FROM Opportunity').totalSize).to.equal(1);
    expect(query('SELECT OwnerId, COUNT(Id) n FROM Opportunity GROUP BY OwnerId').records).to.have.length(1);
    const [one] = query('SELECT Name, (SELECT Name FROM Opportunities) FROM Account').records;
    expect((one!.Opportunities as { totalSize: number }).totalSize).to.equal(1);
    const semi = query('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity)').records;
    expect(semi.map(({ Id }) => Id)).to.deep.equal([account]);
    const flat = small.org.queries.flat('SELECT Name FROM Opportunity', { session });
    expect([...flat.rows]).to.deep.equal([['A']]);
    expect(query(`SELECT Id FROM Account WHERE Name = 'Hidden'`).totalSize).to.equal(0);
    // Users and groups stay readable by everybody.
    expect(query('SELECT COUNT() FROM User').totalSize).to.be.greaterThan(5);
  });
});

import { expect } from 'chai';
import type { InputRecord, SaveOperation } from '../../../src/practice/contracts.js';
import { SmallOrg } from './small.js';

describe('saves and sharing', () => {
  let small: SmallOrg;
  let [vp, rep]: [string, string] = ['', ''];
  let [chief, seller, peer]: [string, string, string] = ['', '', ''];
  before(() => {
    small = new SmallOrg();
    small.grant('Standard User', ['Lead', 'Account', 'Opportunity'], 'Edit', 'Delete');
  });
  after(() => small.end());
  beforeEach(() => {
    small.reset();
    vp = small.role();
    rep = small.role(vp);
    [chief, seller, peer] = [small.user(vp), small.user(rep), small.user(rep)];
  });

  /** `ok`, or code and message of the first error. */
  const save = (userId: string, operation: SaveOperation, object: string, record: InputRecord): string => {
    const options = { session: small.session(userId), assignment: 'none', source: 'rest' } as const;
    const [result] = small.org.saver.save(operation, object, [record], options);
    return result!.success ? 'ok' : `${result!.errors[0]!.statusCode} ${result!.errors[0]!.message}`;
  };
  const READONLY = 'INSUFFICIENT_ACCESS_OR_READONLY insufficient access rights on object id';
  const UNSEEN = 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY insufficient access rights on cross-reference id';

  it('updates need access to the record', () => {
    const Id = small.lead(chief);
    expect(save(seller, 'update', 'Lead', { Id, City: 'Leeds' })).to.equal(UNSEEN);
    small.share('Lead', Id, seller);
    expect(save(seller, 'update', 'Lead', { Id, City: 'Leeds' })).to.equal(READONLY);
    small.org.store.sql('UPDATE "LeadShare" SET "LeadAccessLevel" = \'Edit\' WHERE "LeadId" = ?').run(Id);
    expect(save(seller, 'update', 'Lead', { Id, City: 'Leeds' })).to.equal('ok');
    expect(save(seller, 'upsert', 'Lead', { Id, City: 'Lyon' })).to.equal('ok');
    expect(save(peer, 'upsert', 'Lead', { Id, City: 'Lyon' })).to.equal(UNSEEN);
  });

  it('many records of one call are each looked at', () => {
    const session = small.session(seller);
    const ids = Array.from({ length: 450 }, (_, index) => small.lead(index % 3 === 0 ? chief : seller));
    const records = ids.map((Id) => ({ Id, City: 'Leeds' }));
    const results = small.org.saver.save('update', 'Lead', records, { session, assignment: 'none', source: 'bulk' });
    expect(results.map(({ success }) => success)).to.deep.equal(ids.map((_, index) => index % 3 !== 0));
  });

  it('deletes need full access', () => {
    const Id = small.lead(seller);
    small.share('Lead', Id, peer, 'Edit');
    expect(save(peer, 'delete', 'Lead', { Id })).to.equal(READONLY);
    expect(save(small.user(), 'delete', 'Lead', { Id })).to.equal(UNSEEN);
    expect(save(chief, 'delete', 'Lead', { Id })).to.equal('ok');
    expect(save(peer, 'undelete', 'Lead', { Id })).to.not.equal('ok');
    expect(save(chief, 'undelete', 'Lead', { Id })).to.equal('ok');
  });

  it('giving a lead away needs ownership, the default, or Transfer Leads', () => {
    const Id = small.lead(seller);
    small.share('Lead', Id, peer, 'Edit');
    expect(save(peer, 'update', 'Lead', { Id, OwnerId: peer })).to.equal(READONLY);
    small.permit(peer, ['TransferAnyLead']);
    expect(save(peer, 'update', 'Lead', { Id, OwnerId: peer })).to.equal('ok');
    expect(save(chief, 'update', 'Lead', { Id, OwnerId: seller })).to.equal('ok');
    const other = small.lead(chief);
    small.defaultOf('Lead', 'ReadWrite');
    expect(save(seller, 'update', 'Lead', { Id: other, OwnerId: seller })).to.equal(READONLY);
    small.defaultOf('Lead', 'ReadWriteTransfer');
    expect(save(seller, 'update', 'Lead', { Id: other, OwnerId: seller })).to.equal('ok');
  });

  it('with Transfer Leads reading is enough to give it away, not to change it', () => {
    const Id = small.lead(chief);
    small.share('Lead', Id, peer);
    small.permit(peer, ['TransferAnyLead']);
    expect(save(peer, 'update', 'Lead', { Id, OwnerId: seller, City: 'Leeds' })).to.equal(READONLY);
    expect(save(peer, 'update', 'Lead', { Id, OwnerId: seller })).to.equal('ok');
  });

  it('a member takes a lead out of his queue', () => {
    const queue = small.group('Queue', [seller]);
    const Id = small.lead(queue);
    expect(save(seller, 'update', 'Lead', { Id, OwnerId: seller })).to.equal('ok');
  });

  it('references need access to what they name', () => {
    const hidden = small.add('Account', { OwnerId: chief });
    const Id = small.add('Opportunity', { OwnerId: seller });
    expect(save(seller, 'update', 'Opportunity', { Id, AccountId: hidden })).to.equal(UNSEEN);
    expect(save(chief, 'update', 'Opportunity', { Id, AccountId: hidden })).to.equal('ok');
  });

  it('references of many records of one call are each looked at, in ids of any length and case', () => {
    const account = (OwnerId: string): string => small.add('Account', { OwnerId });
    const [own, hidden, shared] = [account(seller), account(chief), account(chief)];
    small.share('Account', shared, seller);
    const accounts = [
      own,
      hidden,
      own.slice(0, 15),
      hidden.slice(0, 15),
      own.toLowerCase(),
      hidden.toUpperCase(),
      shared,
    ];
    const records = accounts.map((AccountId) => ({ AccountId, Name: 'X', StageName: 'Open', CloseDate: '2026-12-01' }));
    const options = { session: small.session(seller), assignment: 'none', source: 'rest' } as const;
    const results = small.org.saver.save('create', 'Opportunity', records, options);
    expect(results.map(({ errors }) => errors[0]?.statusCode ?? 'ok')).to.deep.equal([
      'ok',
      UNSEEN.split(' ')[0],
      'ok',
      UNSEEN.split(' ')[0],
      'ok',
      UNSEEN.split(' ')[0],
      'ok',
    ]);
  });

  it('also where the prefix of an id has letters, whose case clients may lose', () => {
    small.permit(seller, ['EditTask']);
    const task = (lead: string): InputRecord => ({ Subject: 'Call', WhoId: lead.toLowerCase() });
    expect(save(seller, 'create', 'Task', task(small.lead(seller)))).to.equal('ok');
    expect(save(seller, 'create', 'Task', task(small.lead(chief)))).to.equal(UNSEEN);
  });

  describe('manual shares', () => {
    it('are made by whoever has full access', () => {
      const LeadId = small.lead(seller);
      const share = { LeadId, UserOrGroupId: peer, LeadAccessLevel: 'Read' };
      expect(save(peer, 'create', 'LeadShare', share)).to.equal(UNSEEN);
      expect(save(seller, 'create', 'LeadShare', share)).to.equal('ok');
      expect(small.may(peer, 'Lead', LeadId)).to.equal('read');
      expect(save(peer, 'create', 'LeadShare', { ...share, UserOrGroupId: small.user() })).to.equal(READONLY);
      const Id = small.value('SELECT "Id" FROM "LeadShare" WHERE "LeadId" = ?', LeadId);
      expect(small.value('SELECT "RowCause" FROM "LeadShare" WHERE "Id" = ?', Id)).to.equal('Manual');
      expect(save(peer, 'update', 'LeadShare', { Id, LeadAccessLevel: 'Edit' })).to.equal(READONLY);
      expect(save(chief, 'update', 'LeadShare', { Id, LeadAccessLevel: 'Edit' })).to.equal('ok');
      expect(small.may(peer, 'Lead', LeadId)).to.equal('read edit');
      expect(save(seller, 'delete', 'LeadShare', { Id })).to.equal('ok');
      expect(small.may(peer, 'Lead', LeadId)).to.equal('none');
    });

    it('that exist already are answered again', () => {
      const LeadId = small.lead(seller);
      const session = small.session(seller);
      const create = (LeadAccessLevel: string): string | null =>
        small.org.saver.save('create', 'LeadShare', [{ LeadId, UserOrGroupId: peer, LeadAccessLevel }], {
          session,
          assignment: 'none',
          source: 'rest',
        })[0]!.id;
      expect(create('Read')).to.equal(create('Edit'));
      expect(small.may(peer, 'Lead', LeadId)).to.equal('read edit');
    });

    it('have no other cause, no full access, and more than the default', () => {
      const LeadId = small.lead(seller);
      const share = { LeadId, UserOrGroupId: peer };
      const create = (more: object): string =>
        save(seller, 'create', 'LeadShare', { ...share, ...more }).split(' ')[0]!;
      expect(create({ LeadAccessLevel: 'Read', RowCause: 'Rule' })).to.equal('FIELD_INTEGRITY_EXCEPTION');
      expect(create({ LeadAccessLevel: 'All' })).to.equal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
      expect(create({})).to.equal('REQUIRED_FIELD_MISSING');
      small.defaultOf('Lead', 'Read', 'Read');
      expect(save(seller, 'create', 'LeadShare', { ...share, LeadAccessLevel: 'Read' })).to.contain(
        'trivial share level'
      );
      expect(create({ LeadAccessLevel: 'Edit' })).to.equal('ok');
      small.defaultOf('Contact', 'ControlledByParent', 'ControlledByParent');
      const ContactId = small.add('Contact', { OwnerId: seller });
      const contact = { ContactId, UserOrGroupId: peer, ContactAccessLevel: 'Read' };
      expect(save(seller, 'create', 'ContactShare', contact)).to.contain('follows from its parent');
    });

    it('of accounts say what they give on the children', () => {
      const AccountId = small.add('Account', { OwnerId: seller });
      const opportunity = small.add('Opportunity', { OwnerId: chief, AccountId });
      const share = { AccountId, UserOrGroupId: peer, AccountAccessLevel: 'Read' };
      expect(save(seller, 'create', 'AccountShare', share)).to.equal('ok');
      expect(small.may(peer, 'Opportunity', opportunity)).to.equal('none');
      const who = small.user();
      const more = { ...share, UserOrGroupId: who, OpportunityAccessLevel: 'Edit' };
      expect(save(seller, 'create', 'AccountShare', more)).to.equal('ok');
      expect(small.may(who, 'Opportunity', opportunity)).to.equal('read edit');
    });

    it('end when the record changes hands, unless the org keeps them', () => {
      const [Id, kept] = [small.lead(seller), small.lead(seller)];
      for (const lead of [Id, kept]) small.share('Lead', lead, peer);
      small.share('Lead', kept, chief);
      expect(save(seller, 'update', 'Lead', { Id, City: 'Leeds' })).to.equal('ok');
      expect(small.may(peer, 'Lead', Id)).to.equal('read');
      expect(save(seller, 'update', 'Lead', { Id, OwnerId: chief })).to.equal('ok');
      expect(small.may(peer, 'Lead', Id)).to.equal('none');
      small.org.preferences.set('Sharing.enableKeepManualSharesOnTransfer', true);
      expect(save(seller, 'update', 'Lead', { Id: kept, OwnerId: chief })).to.equal('ok');
      small.org.preferences.set('Sharing.enableKeepManualSharesOnTransfer', false);
      expect(small.may(peer, 'Lead', kept)).to.equal('read');
    });

    it('are seen by those who may read the record, and go with it', () => {
      const Id = small.lead(seller);
      small.share('Lead', Id, peer);
      const count = (user: string): number =>
        small.org.queries.query(`SELECT Id FROM LeadShare WHERE LeadId = '${Id}'`, { session: small.session(user) })
          .totalSize;
      expect([seller, peer, small.user()].map(count)).to.deep.equal([1, 1, 0]);
      expect(save(seller, 'delete', 'Lead', { Id })).to.equal('ok');
      expect(count(seller)).to.equal(0);
    });

    it('end with the group they name', () => {
      const Id = small.lead(seller);
      const group = small.group('Regular', [peer]);
      small.share('Lead', Id, group);
      const admin = small.value('SELECT "Id" FROM "User" WHERE "Username" LIKE \'admin%\'');
      expect(save(admin, 'delete', 'Group', { Id: group })).to.equal('ok');
      expect(small.value('SELECT count(*) FROM "LeadShare" WHERE "LeadId" = ?', Id)).to.equal('0');
    });
  });

  describe('UserRecordAccess', () => {
    const FIELDS =
      'RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess, HasAllAccess, MaxAccessLevel';
    const ask = (asker: string, where: string) =>
      small.org.queries
        .query(`SELECT ${FIELDS} FROM UserRecordAccess WHERE ${where}`, { session: small.session(asker) })
        .records.map(({ attributes: _, ...fields }) => fields);
    const refusal = (asker: string, where: string): string => {
      try {
        ask(asker, where);
      } catch (error) {
        return (error as { errorCode: string }).errorCode;
      }
      return 'answered';
    };

    it('tells what one may do, by both forms of ids', () => {
      const [own, hidden] = [small.lead(seller), small.lead(chief)];
      const shared = small.lead(chief);
      small.share('Lead', shared, seller, 'Edit');
      const ids = [own.slice(0, 15), hidden, shared, '00QgL0000009999UAA'];
      const rows = ask(seller, `UserId = '${seller}' AND RecordId IN (${ids.map((id) => `'${id}'`).join(', ')})`);
      const brief = rows.map((row) => [row.RecordId, row.HasReadAccess, row.HasEditAccess, row.MaxAccessLevel]);
      expect(brief).to.deep.equal([
        [own.slice(0, 15), true, true, 'All'],
        [hidden, false, false, 'None'],
        [shared, true, true, 'Edit'],
      ]);
      const [one] = ask(seller, `RecordId = '${own}' AND UserId = '${seller}'`);
      expect(one).to.deep.equal({
        RecordId: own,
        HasReadAccess: true,
        HasEditAccess: true,
        HasDeleteAccess: true,
        HasTransferAccess: true,
        HasAllAccess: true,
        MaxAccessLevel: 'All',
      });
      const filter = `UserId = '${seller}' AND RecordId IN ('${own}', '${hidden}') AND HasReadAccess = true`;
      expect(ask(seller, filter)).to.have.length(1);
    });

    it('needs one user and at most 200 records', () => {
      const many = (count: number): string =>
        Array.from({ length: count }, (_, n) => `'00QgL000000${String(n).padStart(4, '0')}'`).join(', ');
      const me = `UserId = '${seller}'`;
      const id = small.lead(seller);
      expect(refusal(seller, me)).to.equal('MALFORMED_QUERY');
      expect(refusal(seller, `RecordId = '${id}'`)).to.equal('MALFORMED_QUERY');
      expect(refusal(seller, `UserId IN ('${seller}', '${peer}') AND RecordId = '${id}'`)).to.equal('MALFORMED_QUERY');
      expect(refusal(seller, `${me} OR RecordId = '${id}'`)).to.equal('MALFORMED_QUERY');
      expect(refusal(seller, `${me} AND RecordId IN (${many(201)})`)).to.equal('EXCEEDED_ID_LIMIT');
      expect(refusal(seller, `${me} AND RecordId IN (${many(200)})`)).to.equal('answered');
      expect(refusal(seller, `${me} AND RecordId = 'no id'`)).to.equal('INVALID_QUERY_FILTER_OPERATOR');
    });

    it('of others is for those who see the setup, and of records that they read', () => {
      const account = small.add('Account', { OwnerId: seller });
      const partner = small.partner(account, 'User');
      const [id, hidden] = [small.lead(peer), small.lead(partner)];
      const about = (user: string): string => `UserId = '${user}' AND RecordId IN ('${id}', '${hidden}')`;
      expect(refusal(partner, about(seller))).to.equal('INSUFFICIENT_ACCESS');
      // Standard users have View Setup here.
      expect(ask(seller, about(partner)).map((row) => [row.RecordId, row.MaxAccessLevel])).to.deep.equal([
        [hidden, 'All'],
      ]);
      expect(ask(chief, about(partner))).to.have.length(2);
    });
  });
});

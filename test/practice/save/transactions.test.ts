import { expect } from 'chai';
import fc from 'fast-check';
import type { TransactionScope } from '../../../src/practice/contracts.js';
import { TestOrg, newUser } from './support.js';

describe('save: transactions', () => {
  let test: TestOrg;
  before(() => (test = new TestOrg()));
  after(() => test.end());

  const count = (company: string): number =>
    Number(test.value('SELECT count(*) FROM "Lead" WHERE "Company" = ?', company));
  const records = (good: boolean[], Company: string) =>
    good.map((fine) => (fine ? { LastName: 'Good', Company } : { Company }));

  it('partial success leaves exactly the good rows, all-or-none none of a call that has a bad one', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 450 }), fc.boolean(), (good, allOrNone) => {
        const company = `Run ${run++}`;
        const results = test.save('create', 'Lead', records(good, company), { allOrNone });
        const rolledBack = allOrNone && good.includes(false);
        expect(results.map((result) => result.success)).to.deep.equal(good.map((fine) => fine && !rolledBack));
        expect(count(company)).to.equal(rolledBack ? 0 : good.filter(Boolean).length);
        if (rolledBack) {
          const codes = results.map((result) => result.errors[0]!.statusCode);
          expect(codes).to.deep.equal(
            good.map((fine) => (fine ? 'ALL_OR_NONE_OPERATION_ROLLED_BACK' : 'REQUIRED_FIELD_MISSING'))
          );
        }
      }),
      { numRuns: 25 }
    );
  });

  const always = (name: string) => ({ refresh: () => undefined, match: () => ({ ownerId: test.user(name) }) });

  it('a record refused after it was written leaves nothing behind', () => {
    test.org.setAssigner(always('Marek Coldwater'));
    expect(test.bad('create', 'Lead', { LastName: 'A', Company: 'Assigned' }, { assignment: 'active' })).to.match(
      /^INACTIVE_OWNER_OR_USER/
    );
    expect(count('Assigned')).to.equal(0);
    test.org.setAssigner(always('Nora Fieldgate'));
    const id = test.good('create', 'Lead', { LastName: 'A', Company: 'Assigned' }, { assignment: 'active' });
    expect(test.row('Lead', id).OwnerId).to.equal(test.user('Nora Fieldgate'));
  });

  it('knows assignment rules by id only', () => {
    test.reopen();
    const lead = { LastName: 'R', Company: 'Rule' };
    expect(test.bad('create', 'Lead', lead, { assignment: { ruleId: '01QgL0000zzzzzz' } })).to.match(
      /^INVALID_ASSIGNMENT_RULE/
    );
    expect(test.bad('create', 'Lead', lead, { assignment: { ruleId: 'rule' } })).to.match(/^MALFORMED_ID/);
    test.good('create', 'Lead', lead, { assignment: 'active' });
  });

  it('logs each written row once, in the same transaction', () => {
    test.org.logWrites = true;
    const logged = () => Number(test.value('SELECT count(*) FROM practice_write_log WHERE request = 7'));
    test.save('create', 'Lead', records([true, false, true], 'Logged'), { request: 7 });
    expect(logged()).to.equal(2);
    test.save('create', 'Lead', records([true, false], 'Logged'), { request: 7, allOrNone: true });
    expect(logged()).to.equal(2);
    test.org.logWrites = false;
  });

  it('does not let setup and ordinary objects share a transaction', () => {
    const scope: TransactionScope = {};
    test.org.store.transaction(() => {
      test.good('create', 'Lead', { LastName: 'Mix', Company: 'Mix' }, { scope });
      expect(test.bad('create', 'Group', { Name: 'Mixed', Type: 'Regular' }, { scope })).to.equal(
        'MIXED_DML_OPERATION DML operation on setup object is not permitted after you have updated a non-setup object ' +
          '(or vice versa): Group, original object: Lead'
      );
      // C6: a user without a role is no setup, a role makes him so.
      test.good('create', 'User', newUser(test), { scope });
      const UserRoleId = test.text('SELECT "Id" FROM "UserRole" WHERE "Name" = \'CEO\'');
      expect(test.bad('create', 'User', newUser(test, { UserRoleId }), { scope })).to.match(/^MIXED_DML_OPERATION/);
    });
    test.good('create', 'Group', { Name: 'Alone', Type: 'Regular' });
  });

  it('users without a role go with objects of either kind', () => {
    const scope: TransactionScope = {};
    test.org.store.transaction(() => {
      test.good('create', 'User', newUser(test), { scope });
      test.good('create', 'Group', { Name: 'With A User', Type: 'Regular' }, { scope });
      expect(test.bad('create', 'Lead', { LastName: 'Mix', Company: 'Mix' }, { scope })).to.match(
        /^MIXED_DML_OPERATION.*original object: Group$/
      );
    });
  });
});

describe('save: recycle bin', () => {
  let test: TestOrg;
  before(() => (test = new TestOrg()));
  after(() => test.end());

  it('takes children along and brings them back', () => {
    const account = test.good('create', 'Account', { Name: 'Example Foundry' });
    const contact = test.good('create', 'Contact', { LastName: 'Child', AccountId: account });
    const task = test.good('create', 'Task', { Subject: 'Ask', WhoId: contact });
    const states = () =>
      [test.row('Account', account), test.row('Contact', contact), test.row('Task', task)].map((row) => row.IsDeleted);
    test.good('delete', 'Account', { Id: account });
    expect(states()).to.deep.equal([true, true, true]);
    test.good('undelete', 'Account', { Id: account });
    expect(states()).to.deep.equal([false, false, false]);
    expect(test.bad('undelete', 'Account', { Id: account })).to.match(/^UNDELETE_FAILED/);
  });

  it('does not delete users, nor bring back what has no recycle bin', () => {
    expect(test.bad('delete', 'User', { Id: test.user('Joel Bramble') })).to.match(/^INVALID_TYPE_FOR_OPERATION/);
    const group = test.good('create', 'Group', { Name: 'Short', Type: 'Regular' });
    test.good('delete', 'Group', { Id: group });
    expect(test.value('SELECT count(*) FROM "Group" WHERE "Id" = ?', group)).to.equal(0);
    expect(test.bad('undelete', 'Group', { Id: group })).to.match(/^INVALID_TYPE_FOR_OPERATION/);
  });
});

/** Saved plans of partner invite: applied while everything they rely on is as it was, and shown like new ones. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PartnerInviteResult } from '../../src/partners/invite/index.js';
import { InviteDesk, NORA, OFFSITE } from '../helpers/invite.js';

describe('saved plans of partner invite', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  let serial = 0;
  before(async () => {
    org = await InviteDesk.open({ scenario: { leads: 5, seats: { PID_Partner_Community: 500 } } });
    await org.welcomes(false);
  });
  after(() => org.close());

  const planOf = async (...args: string[]): Promise<string> => {
    const plan = org.path(`saved-${serial++}.json`);
    const planned = await org.go(...args, '--dry-run', '--plan-file', plan);
    expect(planned.exitCode, planned.error?.message ?? planned.stderr).to.equal(0);
    return plan;
  };

  /** The plan is refused while the org is changed, and nobody is made. */
  async function expectStale(plan: string, what: string): Promise<void> {
    const { error } = await org.invite('--plan', plan, '--no-prompt');
    expect(error?.message, what).to.contain('has changed since it was made');
  }

  it('are stale when an account is no partner account any more, has another owner, or an owner without a role', async () => {
    const account = await org.people(1);
    const plan = await planOf('--account', account);
    const sql = (text: string, ...values: Array<string | number>): void =>
      void org.desk.test.org.store.sql(text).run(...values);
    const set = (column: string, value: string | number): void =>
      sql(`UPDATE "Account" SET "${column}" = ? WHERE "Id" = ?`, value, account);
    set('IsPartner', 0);
    await expectStale(plan, 'no partner account');
    set('IsPartner', 1);
    set('OwnerId', org.desk.id('User', 'Kaja Fernhill'));
    await expectStale(plan, 'another owner');
    set('OwnerId', org.desk.id('User', NORA));
    const role = org.desk.value(`SELECT UserRoleId FROM User WHERE Name = '${NORA}'`);
    sql('UPDATE "User" SET "UserRoleId" = NULL WHERE "Name" = ?', NORA);
    await expectStale(plan, 'no role');
    sql('UPDATE "User" SET "UserRoleId" = ? WHERE "Name" = ?', role, NORA);
    expect((await org.invite('--plan', plan, '--no-prompt')).exitCode).to.equal(0);
    expect(org.users('AccountId', account)).to.have.length(1);
  });

  it('are stale when a contact has a user by now', async () => {
    const account = await org.people(2);
    const plan = await planOf('--account', account);
    await org.desk.create('User', org.desk.partner(org.contacts(account)[0]!.Id));
    await expectStale(plan, 'has a user');
    expect(org.users('AccountId', account)).to.have.length(1);
  });

  it('are stale when one who was to get a login has logged in or is not active', async () => {
    const account = await org.people(2);
    await org.invite('--no-prompt', '--profile', 'Example Partner', '--account', account);
    const [one, two] = org.users('AccountId', account);
    const args = ['--account', account, '--send-login'];
    const plan = await planOf(...args);
    await org.desk.update('User', two!.Id, { IsActive: false });
    await expectStale(plan, 'not active');
    await org.desk.update('User', two!.Id, { IsActive: true });
    await org.desk.test.control.session(String(one!.Username), true);
    await expectStale(plan, 'has logged in');
    expect(await org.mails('password-reset')).to.deep.equal([]);
  });

  it('take no flags that would change them', async () => {
    const plan = await planOf('--account', await org.people(1));
    for (const flags of [
      ['--role', 'Manager'],
      ['--username-pattern', '{email}'],
      ['--profile', OFFSITE],
      ['--send-login'],
    ]) {
      const { error, exitCode } = await org.invite('--plan', plan, '--no-prompt', ...flags);
      expect([exitCode, error?.message], flags[0]).to.have.property('0', 1);
      expect(error!.message, flags[0]).to.contain(`${flags[0]}`).and.to.contain('--plan');
    }
  });

  it('show all users in a table beside the plan, and in the folder of the run', async () => {
    const account = await org.account('Spread "Sheet" Example');
    for (const name of ['=Formula', 'Plain']) await org.contact(account, name, `${serial++}@spread.example.com`, 'Zoë');
    const plan = org.path('people.json');
    const planned = await org.shown('--account', account, '--profile', OFFSITE, '--dry-run', '--plan-file', plan);
    const beside = org.path('people.people.csv');
    expect(planned.result!.peopleFile).to.equal(beside);
    expect(planned.stdout).to.contain(beside).and.to.contain(planned.result!.users[0]!.nickname);
    const text = await readFile(beside, 'utf8');
    expect(text).to.match(/^\uFEFFLine,Contact Id,/);
    expect(text).to.contain(`Zoë,'=Formula,`);
    for (const user of planned.result!.users)
      for (const value of Object.values(user)) if (value) expect(text).to.contain(String(value).replaceAll('"', '""'));
    const applied = await org.shown('--plan', plan, '--no-prompt');
    expect(applied.exitCode, applied.stderr).to.equal(0);
    const { users } = JSON.parse(JSON.stringify(planned.result)) as PartnerInviteResult;
    expect(JSON.parse(JSON.stringify(applied.result!.users))).to.have.deep.members(users);
    expect(applied.stdout).to.contain(planned.result!.users[1]!.username);
    const kept = await org.kept(applied.result!.run!);
    expect([...kept.keys()]).to.include('people.csv');
    expect(applied.result!.peopleFile).to.match(
      new RegExp(`${applied.result!.run!}/people\\.csv$`.replace('/', join('/')))
    );
    expect(applied.stdout).to.contain(`--target-org ${org.desk.test.username} --account "${account}"`);
  });
});

/** `partner disable` through the real command over HTTP: what is lost is listed before, and is gone afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import PartnerDisable from '../../src/commands/channel/partner/disable.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import { domainOf } from '../../src/org/read/index.js';
import type { Receipt, RunFolder } from '../../src/runs/index.js';
import { runCommand } from '../helpers/command.js';
import { connect } from '../helpers/exposure.js';
import { register, startTestOrg, type TestOrg } from '../helpers/practice.js';
import { Bench, type Account } from '../partners/disable/bench.js';

/** The first account of the company: with two users, and a sharing rule for its executives. */
const HARBOR = 'Example Harbor Ltd';

describe('partner disable', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;
  let harbor: Account;

  const open = async (): Promise<void> => {
    org = await startTestOrg({ leads: 200 });
    org.org.logWrites = true;
    bench = new Bench(org);
    harbor = bench.account(HARBOR);
  };

  describe('that is not carried out', () => {
    let folder: string;
    before(async () => {
      await open();
      folder = await mkdtemp(join(tmpdir(), 'channel-desk-disable-'));
    });
    after(async () => {
      await org.close();
      await rm(folder, { recursive: true, force: true });
    });
    afterEach(async () => {
      expect(await org.control.writes()).to.deep.equal([]);
    });

    it('asks for the name of the org, also in a sandbox and in scripts', async () => {
      for (const more of [['--no-prompt'], ['--confirm-domain', 'another']]) {
        const { error, exitCode, stdout } = await bench.ask('--account', HARBOR, ...more);
        expect([error!.name, exitCode]).to.deep.equal(['NeedsDomainForGoodError', 1]);
        expect(stdout).to.contain('loses for good').and.to.contain('None of this can be taken back');
      }
    });

    it('shows the losses in a dry run', async () => {
      const { result, exitCode } = await bench.ask('--account', HARBOR, '--dry-run');
      expect([exitCode, result!.state, result!.run]).to.deep.equal([0, 'planned', null]);
      expect(result!.losses.accounts[0]!.portalRoles).to.have.length(3);
    });

    it('skips accounts that are no partners, in words', async () => {
      const [other] = org.query<Account>('SELECT Id, Name FROM Account WHERE IsPartner = false LIMIT 1');
      const { result, exitCode, stdout } = await bench.disable('--account', other!.Id);
      expect([exitCode, result!.state]).to.deep.equal([0, 'nothing-to-do']);
      expect(result!.losses.skipped).to.deep.equal([{ id: other!.Id, name: other!.Name, reason: 'not-partner' }]);
      expect(stdout).to.contain(`Skipped: ${other!.Name}`).and.to.contain('There is nothing to do.');
    });

    for (const [args, name] of [
      [['--account', 'Harbor Limited'], 'UnknownAccountError'],
      [['--account', '005000000000001AAA'], 'WrongAccountIdError'],
      [[], 'NoAccountsError'],
    ] as Array<[string[], string]>) {
      it(`refuses ${args.join(' ') || 'no account'}`, async () => {
        const { error, exitCode } = await bench.disable(...args);
        expect([error!.name, exitCode]).to.deep.equal([name, 1]);
        expect(error!.actions).not.to.have.length(0);
      });
    }

    it('tells person accounts apart, and takes accounts from a file', async () => {
      const account = org.org.catalog.require('Account');
      const [other] = org.query<Account>('SELECT Id, Name FROM Account WHERE IsPartner = false LIMIT 1');
      const flag = { ...account.fields.get('isdeleted')!, name: 'IsPersonAccount', label: 'Person' };
      org.org.store.db.exec('ALTER TABLE "Account" ADD COLUMN "IsPersonAccount" INTEGER NOT NULL DEFAULT 0');
      org.org.catalog.add({ ...account, fields: new Map(account.fields).set('ispersonaccount', flag) });
      org.org.store.sql('UPDATE "Account" SET "IsPersonAccount" = 1 WHERE "Id" = ?').run(other!.Id);
      const file = join(folder, 'accounts.csv');
      await writeFile(file, `Account Id,Account\n${other!.Id},\n,${HARBOR}\n`);
      const { result, error } = await bench.ask('--file', file, '--dry-run');
      expect(error?.message).to.equal(undefined);
      expect(result!.losses.accounts.map(({ name }) => name)).to.deep.equal([HARBOR]);
      expect(result!.losses.skipped.map(({ reason }) => reason)).to.deep.equal(['person-account']);
    });

    it('refuses a user who may not edit accounts', async () => {
      const [row] = org.query<{ Username: string }>("SELECT Username FROM User WHERE Name = 'Rhea Quillon'");
      await register(org.server.url, row!.Username, org.org.access.open(row!.Username).id);
      const { error } = await runCommand(PartnerDisable, ['--target-org', row!.Username, '--account', HARBOR]);
      expect(error!.name).to.equal('AccessError');
    });

    it('refuses a saved plan when more would be lost than it says', async () => {
      const file = join(folder, 'disable.json');
      await bench.ask('--account', HARBOR, '--dry-run', '--plan-file', file);
      org.org.store.sql('UPDATE "User" SET "IsActive" = 1 - "IsActive" WHERE "AccountId" = ?').run(harbor.Id);
      expect((await bench.disable('--plan', file)).error!.name).to.equal('PlanStaleError');
      org.org.store.sql('UPDATE "User" SET "IsActive" = 1 - "IsActive" WHERE "AccountId" = ?').run(harbor.Id);
      expect((await bench.ask('--plan', file)).error!.name).to.equal('NeedsDomainForGoodError');
    });
  });

  describe('that is carried out', () => {
    beforeEach(open);
    afterEach(() => org.close());

    const roleIds = (): string[] =>
      org.query<Account>(`SELECT Id FROM UserRole WHERE PortalAccountId = '${harbor.Id}'`).map(({ Id }) => Id);
    const among = (ids: readonly string[]): string => `IN (${ids.map((id) => `'${id}'`).join(',')})`;

    it('keeps its receipt when the proof cannot be made', async () => {
      const { control } = org;
      const Cut = class extends PartnerDisable {
        protected override async apply(folder: RunFolder, conn: Connection, wait: number): Promise<Receipt> {
          const receipt = await super.apply(folder, conn, wait);
          await control.expireSessions();
          return receipt;
        }
      };
      Object.defineProperty(Cut, 'name', { value: 'PartnerDisable' });
      const consent = ['--confirm-domain', domainOf(org.server.url), '--no-prompt'];
      const { result, error, exitCode, stderr } = await runCommand(Cut, [
        '--target-org',
        org.username,
        '--account',
        HARBOR,
        ...consent,
      ]);
      expect(error?.message).to.equal(undefined);
      expect([exitCode, result!.state, result!.proof]).to.deep.equal([68, 'done', null]);
      expect(stderr).to.contain(`The run ${result!.run} is over`).and.not.to.contain('Nothing was changed');
    });

    it('loses what the list says, and nothing else', async () => {
      const { conn } = await connect(org.username);
      const groups = org.query<Account>(`SELECT Id FROM Group WHERE RelatedId ${among(roleIds())}`).map(({ Id }) => Id);
      const queue = org.query<Account>("SELECT Id FROM Group WHERE Name = 'Partner Leads Alps'")[0]!;
      const circle = org.query<Account>("SELECT Id FROM Group WHERE Name = 'Launch Team'")[0]!;
      await conn.create('GroupMember', { GroupId: queue.Id, UserOrGroupId: groups[0]! });
      await conn.create('GroupMember', { GroupId: circle.Id, UserOrGroupId: groups[1]! });
      const leads = org.query<Account>('SELECT Id FROM Lead WHERE IsConverted = false LIMIT 2');
      await conn.create(
        'LeadShare',
        leads.map(({ Id }) => ({ LeadId: Id, UserOrGroupId: groups[2]!, LeadAccessLevel: 'Read' }))
      );
      const numbers = (): Record<string, number> => ({
        roles: bench.count(`UserRole`),
        groups: bench.count('Group'),
        members: bench.count('GroupMember'),
        leadShares: bench.count('LeadShare'),
        accountShares: bench.count('AccountShare'),
        active: bench.count('User WHERE IsActive = true'),
        rules: Number(org.org.store.sql('SELECT count(*) AS n FROM practice_sharing_rule').get()!.n),
      });
      const before = numbers();
      const { result, error, exitCode, stdout } = await bench.disable('--account', HARBOR);
      expect(error?.message).to.equal(undefined);
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      const [loss] = result!.losses.accounts;
      expect(loss!.memberships).to.deep.equal([
        { kind: 'group', name: 'Launch Team' },
        { kind: 'queue', name: 'Partner Leads Alps' },
      ]);
      expect(loss!.shares).to.deep.equal([{ object: 'Lead', shares: 2 }]);
      const rules = loss!.definitions!.filter(({ kind }) => kind === 'rule');
      expect(rules).to.deep.equal([{ kind: 'rule', name: 'Lead: East leads to first executive' }]);
      // A rule that is deleted stays until sharing has been recalculated.
      org.org.tools.sharing.finishAll();
      expect(numbers()).to.deep.equal({
        roles: before.roles! - loss!.portalRoles!.length,
        groups: before.groups! - loss!.groups!,
        members: before.members! - loss!.memberships.length,
        leadShares: before.leadShares! - 2,
        accountShares: before.accountShares!,
        active: before.active! - loss!.users!.active.length,
        rules: before.rules! - rules.length,
      });
      expect(loss!.portalRoles).to.have.length(3);
      expect(loss!.groups).to.equal(groups.length);
      expect(result!.proof).to.deep.equal({
        accounts: { ended: 1, of: 1 },
        portalRolesLeft: 0,
        stillActive: [],
        differences: [],
      });
      expect(stdout).to.contain('none of their partner users is active');
    });

    it('counts open leads, and tells how to give them to somebody', async () => {
      const [user] = org.query<Account>(`SELECT Id FROM User WHERE AccountId = '${harbor.Id}' AND IsActive = true`);
      const open = bench.count(`Lead WHERE IsConverted = false AND PartnerAccountId = '${harbor.Id}'`);
      expect(open).to.be.greaterThan(0);
      const { result } = await bench.disable('--account', HARBOR);
      expect(result!.losses.accounts[0]!.openLeads).to.equal(open);
      expect(result!.next.find((one) => one.includes('lead distribute'))).to.contain(user!.Id);
      expect(bench.count(`Lead WHERE IsConverted = false AND PartnerAccountId = '${harbor.Id}'`)).to.equal(open);
    });

    it('has nothing to do the second time, and cannot be undone', async () => {
      const { result } = await bench.disable('--account', HARBOR);
      const again = await bench.disable('--account', HARBOR);
      expect([again.exitCode, again.result!.state]).to.deep.equal([0, 'nothing-to-do']);
      const undo = await runCommand(RunUndo, [result!.run!, '--target-org', org.username, '--no-prompt']);
      expect(undo.result).to.include({ state: 'nothing-to-do', restorable: 0, left: 1 });
      expect(undo.stderr).to.contain('cannot be taken back');
      expect(bench.count(`Account WHERE Id = '${harbor.Id}' AND IsPartner = true`)).to.equal(0);
    });

    it('ends several partnerships, and leaves one alone that was changed meanwhile', async () => {
      const stage = bench.account('Example Stage Ltd');
      const folder = await mkdtemp(join(tmpdir(), 'channel-desk-disable-'));
      const file = join(folder, 'disable.json');
      await bench.ask('--account', HARBOR, '--account', stage.Id, '--dry-run', '--plan-file', file);
      const { conn } = await connect(org.username);
      await conn.update('Account', { Id: stage.Id, Phone: '+44 20 7946 0000' });
      const { result, stderr } = await bench.disable('--plan', file);
      await rm(folder, { recursive: true });
      expect(result!.steps[0]).to.include({ done: 1, changed: 1 });
      expect(result!.proof!.accounts).to.deep.equal({ ended: 1, of: 2 });
      expect(stderr).to.contain('1 records were changed by somebody');
      expect(bench.count(`UserRole WHERE PortalAccountId = '${stage.Id}'`)).to.be.greaterThan(0);
    });
  });
});

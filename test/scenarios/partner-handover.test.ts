/** `partner handover` through the real command over HTTP: what goes, what stays, and what is refused. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import PartnerHandover from '../../src/commands/channel/partner/handover.js';
import PartnerList from '../../src/commands/channel/partner/list.js';
import type { Receipt, RunFolder } from '../../src/runs/index.js';
import { runCommand } from '../helpers/command.js';
import { connect } from '../helpers/exposure.js';
import { register, startTestOrg, type TestOrg } from '../helpers/practice.js';
import { Bench, between, ESME, ids, NORA, type Owned } from '../partners/handover/bench.js';

describe('partner handover', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let bench: Bench;

  const open = async (): Promise<void> => {
    org = await startTestOrg({ leads: 200 });
    org.org.logWrites = true;
    bench = new Bench(org);
  };
  const close = (): Promise<void> => org.close();

  describe('that is carried out', () => {
    beforeEach(open);
    afterEach(close);

    it('keeps its receipt when the proof cannot be made', async () => {
      const { control } = org;
      const Cut = class extends PartnerHandover {
        protected override async apply(folder: RunFolder, conn: Connection, wait: number): Promise<Receipt> {
          const receipt = await super.apply(folder, conn, wait);
          await control.expireSessions();
          return receipt;
        }
      };
      Object.defineProperty(Cut, 'name', { value: 'PartnerHandover' });
      const args = ['--target-org', org.username, '--no-prompt', ...between(NORA, ESME)];
      const { result, error, exitCode, stderr } = await runCommand(Cut, args);
      expect(error?.message).to.equal(undefined);
      expect([exitCode, result!.state, result!.proof]).to.deep.equal([68, 'done', null]);
      expect(result!.run).to.be.a('string');
      expect(stderr).to.contain(`The run ${result!.run} is over`).and.not.to.contain('Nothing was changed');
      expect(bench.partnersOf(NORA)).to.deep.equal([]);
    });

    it('gives all accounts and the open leads, and portal roles follow', async () => {
      const [accounts, leads] = [ids(bench.partnersOf(NORA)), bench.openLeadsOf(NORA)];
      const converted = org.query(`SELECT Id FROM Lead WHERE IsConverted = true AND OwnerId = '${bench.idOf(NORA)}'`);
      const { result, error, exitCode, stdout } = await bench.handover(...between(NORA, ESME));
      expect(error?.message).to.equal(undefined);
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      expect(bench.partnersOf(NORA)).to.deep.equal([]);
      expect(ids(bench.partnersOf(ESME))).to.include.members(accounts);
      expect(bench.openLeadsOf(NORA)).to.deep.equal([]);
      expect(bench.openLeadsOf(ESME)).to.include.members(leads);
      expect(leads).not.to.have.length(0);
      expect(
        org.query(`SELECT Id FROM Lead WHERE IsConverted = true AND OwnerId = '${bench.idOf(NORA)}'`)
      ).to.deep.equal(converted);
      expect(result!.steps.map(({ object, done }) => [object, done])).to.deep.equal([
        ['Account', accounts.length],
        ['Lead', leads.length],
      ]);
      const roles = org.query<{ PortalAccountOwnerId: string; ParentRole: { Name: string } }>(
        `SELECT PortalAccountOwnerId FROM UserRole WHERE PortalAccountOwnerId = '${bench.idOf(ESME)}'`
      );
      expect(result!.proof!.portalRoles!.checked).to.equal(result!.handover.effects.portalRoles!.moving);
      expect(result!.proof!.portalRoles!.checked).to.be.greaterThan(0).and.to.be.lessThan(roles.length);
      expect(result!.proof).to.deep.include({ remaining: 0, differences: [] });
      expect(result!.proof!.accounts).to.deep.equal({ moved: accounts.length, of: accounts.length });
      expect(stdout).to.contain('hang below Channel Manager East').and.to.contain('owns no partner account any more');
      await org.control.clearWrites();
      const again = await bench.handover(...between(NORA, ESME));
      expect([again.exitCode, again.result!.state, again.result!.run]).to.deep.equal([0, 'nothing-to-do', null]);
      expect(again.stdout).to.contain('There is nothing to do.');
      expect(await org.control.writes()).to.deep.equal([]);
    });

    it('moves only what is named, keeps the leads then, and knows what has gone before', async () => {
      const [first, second, ...others] = bench.partnersOf(NORA);
      const leads = bench.openLeadsOf(NORA);
      const named = ['--account', first!.Name, '--account', second!.Id];
      const { result, exitCode } = await bench.handover(...between(NORA, ESME), ...named);
      expect([exitCode, result!.state]).to.deep.equal([0, 'done']);
      expect(result!.handover).to.deep.include({ leads: 'keep', leadsAsked: false, staying: others.length });
      expect(result!.proof!.remaining).to.equal(others.length);
      expect(ids(bench.partnersOf(NORA))).to.deep.equal(ids(others));
      expect(bench.openLeadsOf(NORA)).to.deep.equal(leads);
      const again = await bench.handover(...between(NORA, ESME), ...named);
      expect(again.result!.state).to.equal('nothing-to-do');
      expect(again.result!.handover.already.map(({ id }) => id)).to.have.members([first!.Id, second!.Id]);
      const withLeads = await bench.handover(...between(NORA, ESME), '--account', others[0]!.Id, '--leads', 'move');
      expect(withLeads.result!.handover.leadsAsked).to.equal(true);
      expect(bench.openLeadsOf(NORA)).to.deep.equal([]);
    });

    it('lets the former manager be deactivated afterwards, as the platform asks', async () => {
      const { conn } = await connect(org.username);
      const nora = { Id: bench.idOf(NORA), IsActive: false };
      const before = await conn.update('User', nora).catch((error: { errorCode?: string }) => error.errorCode);
      expect(before).to.equal('USER_OWNS_PORTAL_ACCOUNT_EXCEPTION');
      const { stdout } = await bench.handover(...between(NORA, ESME));
      expect(stdout).to.contain(`${NORA} owns no partner account any more`);
      expect(await conn.update('User', nora)).to.include({ success: true });
    });
  });

  describe('that is not', () => {
    before(open);
    after(close);

    it('keeps the leads when told so', async () => {
      const leads = bench.openLeadsOf(NORA);
      const { result, stdout } = await bench.handover(...between(NORA, ESME), '--leads', 'keep', '--dry-run');
      expect(result!.handover).to.deep.include({ leads: 'keep', leadsAsked: true });
      expect(result!.handover.effects.leads).to.include({ own: leads.length, moved: 0 });
      expect(stdout).to.contain(`Open leads that stay: ${leads.length} of ${NORA} (as asked for).`);
    });

    const refused: Array<[string, () => string[], string, RegExp]> = [
      ['an inactive manager', () => between(NORA, 'Marek Coldwater'), 'TargetError', /is not active/],
      ['a manager without a role', () => between(NORA, 'Kaja Fernhill'), 'TargetError', /has no role/],
      ['a partner user', () => between(NORA, 'Ada Ashgrove'), 'TargetError', /of the type PowerPartner/],
      ['one who may not read accounts', () => between(NORA, 'Basil Norwood'), 'TargetError', /may not read accounts/],
      ['the same user', () => between(NORA, bench.idOf(NORA)), 'SamePersonError', /Nora Fieldgate cannot hand over/],
      ['an unknown user', () => between('Norah Fieldgate', ESME), 'UnknownManagerError', /Nora Fieldgate/],
      [
        'an id of another object',
        () => between(bench.partnersOf(NORA)[0]!.Id, ESME),
        'WrongUserIdError',
        /begin with 005/,
      ],
      ['no sides', () => [], 'SidesError', /who takes over/],
      [
        'an account of somebody else',
        () => [...between(NORA, ESME), '--account', bench.partnersOf('Stellan Moor')[0]!.Id],
        'AccountsError',
        /belongs to Stellan Moor/,
      ],
      [
        'an account that is no partner',
        () => {
          const [row] = org.query<Owned>(
            `SELECT Id, Name, OwnerId FROM Account WHERE IsPartner = false AND Owner.Name = 'Jory Penrose'`
          );
          return [...between('Jory Penrose', ESME), '--account', row!.Id];
        },
        'AccountsError',
        /is no partner account/,
      ],
      [
        'an unknown account',
        () => [...between(NORA, ESME), '--account', 'Harbor Limited'],
        'UnknownAccountError',
        /Example Harbor Ltd/,
      ],
    ];
    it('refuses what cannot be, before anything is written', async () => {
      for (const [what, args, name, words] of refused) {
        const { error, exitCode } = await bench.handover(...args());
        expect(error?.name, what).to.equal(name);
        expect(error!.message, what).to.match(words);
        expect(error!.actions, what).not.to.have.length(0);
        expect(exitCode, what).to.equal(1);
      }
      expect(await org.control.writes()).to.deep.equal([]);
    });

    it('takes the accounts from the file that partner list writes', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'channel-desk-handover-'));
      const file = join(folder, 'nora.csv');
      await runCommand(PartnerList, ['--target-org', org.username, '--manager', NORA, '--csv', file]);
      const { result, error } = await bench.handover(...between(NORA, ESME), '--file', file, '--dry-run');
      expect(error?.message).to.equal(undefined);
      const all = ids(bench.partnersOf(NORA));
      expect(result!.handover.accounts.map(({ id }) => id)).to.deep.equal(all);
      expect(result!.handover).to.deep.include({ named: all, staying: 0, leads: 'move' });
      await writeFile(file, 'Account;Note\nExample Harbor Ltd;good\nNobody at all;bad\n;empty\n');
      const bad = await bench.handover(...between(NORA, ESME), '--file', file);
      expect([bad.error!.name, bad.exitCode]).to.deep.equal(['FileError', 1]);
      expect(bad.error!.message).to.match(/Line 3: There is no account with the name Nobody at all/);
      expect(bad.error!.message).to.match(/Line 4: It names no account/);
      await writeFile(file, 'Colour\nred\n');
      const other = await bench.handover(...between(NORA, ESME), '--file', file);
      expect(other.error!.name).to.equal('CsvNoColumnError');
      await rm(folder, { recursive: true });
    });

    it('refuses a user who may not change owners', async () => {
      const [row] = org.query<{ Username: string }>("SELECT Username FROM User WHERE Name = 'Rhea Quillon'");
      await register(org.server.url, row!.Username, org.org.access.open(row!.Username).id);
      const { error } = await runCommand(PartnerHandover, ['--target-org', row!.Username, ...between(NORA, ESME)]);
      expect(error!.name).to.equal('AccessError');
      expect(error!.message).to.contain('Account');
    });

    it('writes nothing in a dry run, and asks where somebody could agree', async () => {
      const dry = await bench.handover(...between(NORA, ESME), '--dry-run');
      expect([dry.exitCode, dry.result!.state, dry.result!.run]).to.deep.equal([0, 'planned', null]);
      const asks = await runCommand(PartnerHandover, ['--target-org', org.username, ...between(NORA, ESME)]);
      expect(asks.error!.name).to.equal('NeedsNoPromptError');
      expect(await org.control.writes()).to.deep.equal([]);
    });
  });
});

/** Accounts become partner accounts of their channel managers, through the real command over HTTP. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import PartnerEnable from '../../src/commands/channel/partner/enable.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { PartnerEnableResult } from '../../src/partners/enable/index.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';

const NORA = 'Nora Fieldgate';
const STELLAN = 'Stellan Moor';

type AccountRow = { Id: string; Name: string; IsPartner: boolean; owner: string };

describe('partner enable', function () {
  this.timeout(120_000);
  let org: TestOrg;
  let folder: string;

  before(async () => {
    org = await startTestOrg({ leads: 20 });
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-enable-'));
  });
  after(async () => {
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => org.control.clearFaults());

  const enable = (...args: string[]): Promise<CommandOutcome<PartnerEnableResult>> =>
    runCommand(PartnerEnable, ['--target-org', org.username, ...args]);
  const go = (...args: string[]): Promise<CommandOutcome<PartnerEnableResult>> =>
    enable('--no-prompt', '--partner-roles', '3', ...args);
  const undo = (run: string): ReturnType<typeof runCommand> =>
    runCommand(RunUndo, [run, '--target-org', org.username, '--no-prompt']);

  const file = async (name: string, text: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const account = (name: string): AccountRow | undefined => {
    const soql = `SELECT Id, Name, IsPartner, Owner.Name FROM Account WHERE Name = '${name.replaceAll("'", "\\'")}'`;
    const [row] = org.query<AccountRow & { Owner: { Name: string } }>(soql);
    return row && { Id: row.Id, Name: row.Name, IsPartner: row.IsPartner, owner: row.Owner.Name };
  };
  const create = async (name: string, fields: Record<string, string> = {}): Promise<string> => {
    const response = await fetch(`${org.server.url}/services/data/v66.0/sobjects/Account`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Name: name, ...fields }),
    });
    return ((await response.json()) as { id: string }).id;
  };
  const userId = (name: string): string =>
    org.query<{ Id: string }>(`SELECT Id FROM User WHERE Name = '${name}'`)[0]!.Id;

  it('makes accounts partners of a channel manager, by name and by id, and says what is as wanted already', async () => {
    const id = await create('Alder Trade (Example)');
    await create('Birch Supply (Example)', { OwnerId: userId(STELLAN) });
    const first = await go('--account', id, '--account', 'Birch Supply (Example)', '--manager', NORA);
    expect(first.error, first.stderr).to.equal(undefined);
    expect(first.exitCode).to.equal(0);
    expect(first.result!.summary).to.include({ enable: 2, create: 0, unchanged: 0, partnerRoles: 3 });
    expect(first.result!.receipt!.verification!.agrees).to.equal(true);
    for (const name of ['Alder Trade (Example)', 'Birch Supply (Example)']) {
      expect(account(name)).to.deep.include({ IsPartner: true, owner: NORA });
    }
    expect(first.stderr).to.contain('2 account(s) get another owner');
    const again = await enable('--account', id, '--account', 'Birch Supply (Example)', '--manager', NORA);
    expect(again.exitCode, again.stderr).to.equal(0);
    expect(again.result).to.include({ state: 'nothing-to-do' });
    expect(again.result!.summary).to.include({ unchanged: 2 });
  });

  it('reads a file as spreadsheets save it, makes accounts that are missing, and rejects bad rows with reasons', async () => {
    await create('Cedar Systems (Example)');
    const text = [
      'Account;Channel Manager;Create;Billing Country;Internal note',
      'Škoda-Příklad Distribuce s.r.o.;Nora Fieldgate;ano;Česko;přes Brno',
      'Cedar Systems (Example);nora fieldgate;;;',
      ';;;;',
      'Cedar Systems (Example);Nora Fieldgate;;;',
      'Cedar Systems (Example);Stellan Moor;;;',
      'Nowhere Ltd (Example);Nora Fieldgate;no;;',
      'Dogwood (Example);Marek Coldwater;yes;;',
      'Elm (Example);Kaja Fernhill;yes;;',
      'Fir (Example);Nobody Atall;yes;;',
      '=1+1;Nora Fieldgate;perhaps;;',
      ';Nora Fieldgate;yes;;',
    ].join('\r\n');
    const path = await file('partners.csv', encode1250(text));
    const outcome = await go('--file', path);
    expect(outcome.error, outcome.stderr).to.equal(undefined);
    expect(outcome.exitCode).to.equal(68);
    const { summary, rejected, csv, rejectedFile, state } = outcome.result!;
    expect(state).to.equal('partly-done');
    expect(csv).to.deep.include({ encoding: 'windows-1250', delimiter: ';', unused: ['Internal note'] });
    expect(summary).to.include({ create: 1, enable: 1, rejected: 7 });
    expect(account('Škoda-Příklad Distribuce s.r.o.')).to.deep.include({ IsPartner: true, owner: NORA });
    const [made] = org.query<{ BillingCountry: string }>(
      "SELECT BillingCountry FROM Account WHERE Name = 'Škoda-Příklad Distribuce s.r.o.'"
    );
    expect(made!.BillingCountry).to.equal('Česko');
    const reasons = new Map(rejected.map(({ line, reason }) => [line, reason]));
    expect(reasons.get(6)).to.contain('was given to Nora Fieldgate on line 3');
    expect(reasons.get(7)).to.contain('There is no account with the name Nowhere Ltd').and.to.contain('Create');
    expect(reasons.get(8)).to.contain('Marek Coldwater is not active');
    expect(reasons.get(9)).to.contain('Kaja Fernhill has no role');
    expect(reasons.get(10)).to.contain('None of your users is called Nobody Atall');
    expect(reasons.get(11)).to.contain('neither yes nor no');
    expect(reasons.get(12)).to.contain('names no account');
    const written = await readFile(rejectedFile!, 'utf8');
    expect(written.split('\r\n')[0]).to.equal(
      '\uFEFFAccount;Channel Manager;Create;Billing Country;Internal note;Reason'
    );
    expect(written, 'a formula does not run').to.contain("\n'=1+1;");
    await writeFile(rejectedFile!, written.replace('Marek Coldwater', NORA));
    const mended = await go('--file', rejectedFile!);
    expect(mended.exitCode, mended.stderr).to.equal(68);
    // Alone in its file, the row that contradicted another one is a change of the owner.
    expect(mended.result!.summary).to.include({ create: 1, changeOwner: 1, rejected: 5 });
    expect(account('Dogwood (Example)')).to.deep.include({ IsPartner: true });
  });

  it('writes rejected rows only after a run, and over no other file', async () => {
    await create('Sequoia (Example)');
    const path = await file(
      'kept.csv',
      'Account,Manager\nSequoia (Example),Nora Fieldgate\nNowhere Ltd (Example),Nora Fieldgate\n'
    );
    const mine = await file('kept.rejected.csv', 'mine');
    const dry = await enable('--partner-roles', '3', '--file', path, '--dry-run');
    expect(dry.exitCode, dry.stderr).to.equal(0);
    expect(dry.result!.rejected).to.have.length(1);
    const refused = await enable('--partner-roles', '3', '--file', path);
    expect(refused.exitCode).to.equal(1);
    expect((await readdir(folder)).filter((name) => name.startsWith('kept.'))).to.have.members([
      'kept.csv',
      'kept.rejected.csv',
    ]);
    const done = await go('--file', path);
    expect(done.exitCode, done.stderr).to.equal(68);
    expect(done.result!.rejectedFile).to.equal(join(folder, 'kept.rejected-2.csv'));
    expect(done.stdout).to.contain('kept.rejected-2.csv');
    expect(await readFile(mine, 'utf8')).to.equal('mine');
    expect(await readFile(done.result!.rejectedFile!, 'utf8')).to.contain('Nowhere Ltd');
  });

  it('finds accounts by an external id and by a condition', async () => {
    await create('Ginkgo (Example)', { AccountNumber: 'P-001' });
    await create('Hazel (Example)', { AccountNumber: 'P-002', BillingCountry: 'Exampleland' });
    const byId = await go('--external-id', 'accountnumber', '--account', 'P-001', '--manager', NORA);
    expect(byId.result!.accounts!.map(({ name }) => name)).to.deep.equal(['Ginkgo (Example)']);
    const byWhere = await go('--where', "BillingCountry = 'Exampleland'", '--manager', STELLAN);
    expect(byWhere.exitCode, byWhere.stderr).to.equal(0);
    expect(account('Hazel (Example)')).to.deep.include({ IsPartner: true, owner: STELLAN });
    const unknown = await go('--external-id', 'Nothing__c', '--account', 'P-001');
    expect(unknown.error!.message).to.contain('no field "Nothing__c"');
    const injected = await go('--where', "Name = 'x' LIMIT 1");
    expect(injected.error!.message).to.contain('LIMIT');
  });

  it('refuses person accounts and names that several accounts have, and fails where nothing is left', async () => {
    const person = await create('Iris Person (Example)');
    const def = org.org.catalog.require('Account');
    const flag = { ...def.fields.get('isdeleted')!, name: 'IsPersonAccount', label: 'Is Person Account' };
    org.org.catalog.add({ ...def, fields: new Map(def.fields).set('ispersonaccount', flag) });
    org.org.store.update(org.org.catalog.require('Account'), person, { IsPersonAccount: true });
    await create('Juniper (Example)');
    await create('Juniper (Example)');
    const outcome = await go('--account', person, '--account', 'Juniper (Example)', '--manager', NORA);
    expect(outcome.exitCode).to.equal(1);
    expect(outcome.error!.message).to.contain('None of the 2 row(s) can be carried out');
    expect(outcome.stdout)
      .to.match(/Person accounts\s+cannot\s+be\s+partners/)
      .and.to.match(/2 accounts have the name/);
  });

  it('changes nothing in a dry run, applies the saved plan, and leaves alone what changed since', async () => {
    const [one, two] = [await create('Katsura (Example)'), await create('Larch (Example)')];
    const plan = join(folder, 'plan.json');
    const args = ['--account', one, '--account', two, '--manager', NORA, '--partner-roles', '1'];
    const planned = await enable(...args, '--dry-run', '--plan-file', plan);
    expect(planned.exitCode, planned.stderr).to.equal(0);
    expect(account('Katsura (Example)')).to.deep.include({ IsPartner: false });
    await org.control.setClock(new Date(Date.now() + 60_000));
    await fetch(`${org.server.url}/services/data/v66.0/sobjects/Account/${two}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Phone: '123' }),
    });
    const applied = await enable('--plan', plan, '--no-prompt');
    expect(applied.error, applied.stderr).to.equal(undefined);
    expect(applied.result!.receipt!.steps[0]).to.include({ done: 1, changed: 1, failed: 0 });
    expect(account('Katsura (Example)')).to.deep.include({ IsPartner: true });
    expect(account('Larch (Example)')).to.deep.include({ IsPartner: false });
  });

  it('refuses a saved plan when its channel manager has lost the role', async () => {
    const id = await create('Maple (Example)');
    const plan = join(folder, 'stale.json');
    const args = ['--account', id, '--manager', 'Wim Overbeek', '--partner-roles', '1'];
    await enable(...args, '--dry-run', '--plan-file', plan);
    org.org.store.sql('UPDATE "User" SET "UserRoleId" = NULL WHERE "Name" = ?').run('Wim Overbeek');
    const applied = await enable('--plan', plan, '--no-prompt');
    expect(applied.error!.message).to.contain('has changed since it was made');
    expect(account('Maple (Example)')).to.deep.include({ IsPartner: false });
  });

  it('takes everything back, new accounts too, but not where there are partner users by now', async () => {
    const kept = await create('Nutmeg (Example)', { OwnerId: userId(STELLAN) });
    const path = await file(
      'undo.csv',
      'Account,Manager,Create\nNutmeg (Example),Nora Fieldgate,\nOlive (Example),Nora Fieldgate,yes\n'
    );
    const done = await go('--file', path);
    expect(done.exitCode, done.stderr).to.equal(0);
    const undone = await undo(done.result!.run!);
    expect(undone.exitCode, undone.stderr).to.equal(0);
    expect(account('Nutmeg (Example)')).to.deep.include({ IsPartner: false, owner: STELLAN });
    expect(account('Olive (Example)')).to.equal(undefined);
    const again = await go('--file', path);
    expect(again.exitCode, again.stderr).to.equal(0);
    org.org.store
      .sql(
        'UPDATE "User" SET "AccountId" = ? WHERE "Username" = (SELECT "Username" FROM "User" WHERE "UserType" = \'PowerPartner\' LIMIT 1)'
      )
      .run(kept);
    const partly = await undo(again.result!.run!);
    expect(partly.exitCode, partly.stderr).to.equal(0);
    expect(partly.stderr).to.contain('1 records of');
    expect(account('Nutmeg (Example)')).to.deep.include({ IsPartner: true, owner: NORA });
    expect(account('Olive (Example)')).to.equal(undefined);
  });

  for (const kind of ['drop-before', 'drop-after']) {
    for (const method of ['POST', 'PATCH']) {
      it(`reads back what a lost reply has done (${method}, ${kind})`, async () => {
        const name = `Pine ${method} ${kind} (Example)`;
        const path = await file('lost.csv', `Account,Manager,Create\n${name},${NORA},yes\n`);
        await org.control.setFaults([{ kind, method, path: '*/composite/sobjects' }]);
        const outcome = await go('--file', path);
        expect(outcome.exitCode, outcome.stderr).to.equal(0);
        expect((await org.control.faults()).some(({ fired }) => fired > 0)).to.equal(true);
        expect(org.query(`SELECT Id FROM Account WHERE Name = '${name}'`)).to.have.length(1);
        expect(account(name)).to.deep.include({ IsPartner: true });
      });
    }
  }

  it('stops where the session ends in the middle, and goes on from there', async () => {
    const path = await file(
      'expired.csv',
      `Account,Manager,Create\nQuince (Example),${NORA},yes\nRowan (Example),${NORA},yes\n`
    );
    await org.control.setFaults([{ kind: 'request-limit', method: 'PATCH', path: '*/composite/sobjects', count: 0 }]);
    const stopped = await go('--file', path);
    expect(stopped.exitCode).to.equal(68);
    expect(stopped.result).to.include({ state: 'stopped' });
    expect(account('Rowan (Example)')).to.deep.include({ IsPartner: false });
    await org.control.clearFaults();
    const resumed = await runCommand(RunResume, [stopped.result!.run!, '--target-org', org.username]);
    expect(resumed.exitCode, resumed.stderr).to.equal(0);
    expect(
      org.query("SELECT Id FROM Account WHERE Name IN ('Quince (Example)', 'Rowan (Example)') AND IsPartner = true")
    ).to.have.length(2);
  });

  it('tries rows that were locked again in smaller chunks', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `Sorrel ${at} (Example)`);
    const path = await file(
      'locked.csv',
      `Account,Manager,Create\n${names.map((name) => `${name},${NORA},yes\n`).join('')}`
    );
    await org.control.setFaults([{ kind: 'lock-rows', object: 'Account', every: 2, count: 20 }]);
    const outcome = await go('--file', path);
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    expect(org.query("SELECT Id FROM Account WHERE Name LIKE 'Sorrel %' AND IsPartner = true")).to.have.length(30);
  });

  it('leaves an account alone that somebody made after the plan', async () => {
    const path = await file('race.csv', `Account,Manager,Create\nTamarind (Example),${NORA},yes\n`);
    const plan = join(folder, 'race.json');
    await enable('--file', path, '--partner-roles', '1', '--dry-run', '--plan-file', plan);
    await create('Tamarind (Example)');
    const applied = await enable('--plan', plan, '--no-prompt');
    expect(applied.exitCode, applied.stderr).to.equal(68);
    expect(org.query("SELECT Id FROM Account WHERE Name = 'Tamarind (Example)'")).to.have.length(1);
    expect(account('Tamarind (Example)')).to.deep.include({ IsPartner: false });
  });

  it('names what is missing: accounts, the fields of partners, a manager who is a partner', async () => {
    const none = await enable();
    expect(none.error!.message).to.equal('No account was named.');
    const [partner] = org.query<{ Username: string }>(
      "SELECT Username FROM User WHERE UserType = 'PowerPartner' LIMIT 1"
    );
    const id = await create('Umbra (Example)');
    const wrong = await go('--account', id, '--manager', partner!.Username);
    expect(wrong.stdout).to.contain('None of your users is called');
    const missing = await go('--file', join(folder, 'nothing.csv'));
    expect(missing.error!.message).to.contain('cannot be read');
  });
});

describe('partner enable, the first time on an org', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let folder: string;
  const home = process.env.XDG_DATA_HOME;

  before(async () => {
    org = await startTestOrg({ leads: 5 });
    folder = await mkdtemp(join(tmpdir(), 'channel-desk-first-'));
    // Runs are kept there: in this folder there are none yet.
    process.env.XDG_DATA_HOME = folder;
  });
  after(async () => {
    process.env.XDG_DATA_HOME = home;
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks for the number of partner roles once, and keeps it', async () => {
    const ids = org.query<{ Id: string }>('SELECT Id FROM Account WHERE IsPartner = false LIMIT 2');
    const enable = (id: string, ...more: string[]): Promise<CommandOutcome<PartnerEnableResult>> =>
      runCommand(PartnerEnable, ['--target-org', org.username, '--account', id, '--manager', NORA, ...more]);
    const unsaid = await enable(ids[0]!.Id, '--no-prompt');
    expect(unsaid.error!.message).to.contain('not known how many roles');
    const looked = await enable(ids[0]!.Id, '--dry-run');
    expect(looked.exitCode, looked.stderr).to.equal(0);
    expect(looked.result!.summary.partnerRoles).to.equal(null);
    const said = await enable(ids[0]!.Id, '--no-prompt', '--partner-roles', '2');
    expect(said.exitCode, said.stderr).to.equal(0);
    const recorded = await enable(ids[1]!.Id, '--no-prompt');
    expect(recorded.result!.summary.partnerRoles).to.equal(2);
    expect(recorded.stdout).to.contain(`the one recorded by ${said.result!.run}`);
  });
});

/** The Czech letters that the test uses, as Windows-1250 has them. */
function encode1250(text: string): Uint8Array {
  const letters: Record<string, number> = { Š: 0x8a, ř: 0xf8, í: 0xed, Č: 0xc8, Ř: 0xd8, š: 0x9a, č: 0xe8 };
  return Uint8Array.from([...text].map((letter) => letters[letter] ?? letter.charCodeAt(0)));
}

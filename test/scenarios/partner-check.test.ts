/** `partner list` and `partner check` against the example company, and what `lead distribute` makes of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import LeadDistribute from '../../src/commands/channel/lead/distribute.js';
import PartnerCheck from '../../src/commands/channel/partner/check.js';
import PartnerList from '../../src/commands/channel/partner/list.js';
import { runCommand, type CommandOutcome } from '../helpers/command.js';
import { register, startTestOrg, type TestOrg } from '../helpers/practice.js';
import type { PartnerCheckResult } from '../../src/partners/index.js';

type Row = {
  Id: string;
  Name: string;
  Username: string;
  IsActive: boolean;
  LastLoginDate: string | null;
  Profile: { Name: string };
  Account: { Name: string; IsPartner: boolean };
};

const USERS =
  'SELECT Id, Name, Username, IsActive, LastLoginDate, Profile.Name, Account.Name, Account.IsPartner FROM User ' +
  "WHERE UserType = 'PowerPartner'";

describe('channel partner', function () {
  this.timeout(60_000);
  let org: TestOrg;
  let users: Row[];
  let frozen: Set<string>;

  before(async () => {
    org = await startTestOrg({ leads: 400 });
    users = org.query<Row>(USERS);
    frozen = new Set(
      org.query<{ UserId: string }>('SELECT UserId FROM UserLogin WHERE IsFrozen = true').map(({ UserId }) => UserId)
    );
  });
  after(() => org.close());

  const check = (args: string[] = [], as = org.username): Promise<CommandOutcome<PartnerCheckResult>> =>
    runCommand(PartnerCheck, ['--target-org', as, ...args]);

  /** Conditions that fail, as the scenario made the user; worked out from its rows and not by the client. */
  const expected = ({ Id, IsActive, Profile, Account }: Row): string[] => {
    const failed: string[] = [];
    if (!IsActive || frozen.has(Id)) failed.push('active');
    if (!Account.IsPartner) failed.push('partner-account');
    // Off-site: a profile in no site. Waiting: a member group that is not worked off yet.
    if (['Example Partner Offsite', 'Partner Community Login User'].includes(Profile.Name)) failed.push('site-member');
    if (Profile.Name === 'Example Partner Events') failed.push('site-live');
    return failed;
  };

  async function asUser(name: string): Promise<string> {
    const [row] = org.query<{ Username: string }>(`SELECT Username FROM User WHERE Name = '${name}'`);
    await register(org.server.url, row!.Username, org.org.access.open(row!.Username).id);
    return row!.Username;
  }

  it('tells every state of the example company', async () => {
    const { result, error, exitCode } = await check();
    expect(error?.message).to.equal(undefined);
    expect(exitCode).to.equal(0);
    const told = Object.fromEntries(
      result!.users.map(({ id, conditions }) => [
        id,
        conditions.filter(({ verdict }) => verdict === 'no').map(({ condition }) => condition),
      ])
    );
    expect(told).to.deep.equal(Object.fromEntries(users.map((user) => [user.Id, expected(user)])));
    const kinds = new Set(Object.values(told).map((failed) => failed.join()));
    expect([...kinds]).to.include.members(['', 'active', 'partner-account', 'site-member']);
    const states = result!.users.map(({ state }) => state);
    expect(states).not.to.include('unknown');
    expect(result!.summary.eligible).to.equal(states.filter((state) => state === 'eligible').length);
  });

  it('gives the reason of each state by name', async () => {
    // The names are those of the list in src/practice/scenario/partners.ts.
    const told: ReadonlyArray<readonly [string, string, string?, string?]> = [
      ['Ada Ashgrove', 'eligible'],
      ['Hugo Yarrow', 'eligible'],
      ['Levin Zephyr', 'eligible', 'logged-in', 'never logged in'],
      ['Bela Pinecrest', 'ineligible', 'active', 'not active'],
      ['Jonas Farnwick', 'ineligible', 'active', 'frozen'],
      ['Rosa Goldmoor', 'ineligible', 'site-member', 'Neither the profile'],
      ['Edda Northgate', 'ineligible', 'site-member', 'is being added to Example Partner Central'],
      ['Uma Eastvale', 'ineligible', 'site-live', 'Example Partner Events (offline)'],
      ['Sami Ironvale', 'ineligible', 'partner-account', 'no longer a partner'],
      ['Joel Bramble', 'ineligible', 'licence', 'user type Standard'],
    ];
    const { result } = await check(told.flatMap(([name]) => ['--user', name]));
    for (const [name, state, condition, words] of told) {
      const user = result!.users.find((one) => one.name === name)!;
      expect([user.state, user.first?.condition], name).to.deep.equal([state, condition]);
      if (words) expect(user.first!.reason).to.contain(words);
    }
  });

  it('warns of who never logged in, and refuses them with --strict', async () => {
    const never = users.filter((user) => user.LastLoginDate === null && expected(user).length === 0);
    expect(never).not.to.have.length(0);
    const { result } = await check();
    const strict = await check(['--strict', '--fail-on-ineligible']);
    for (const { Id } of never) {
      const lax = result!.users.find(({ id }) => id === Id)!;
      expect([lax.state, lax.first!.condition, lax.first!.verdict]).to.deep.equal(['eligible', 'logged-in', 'warning']);
      expect(strict.result!.users.find(({ id }) => id === Id)!.state).to.equal('ineligible');
    }
    expect(strict.exitCode).to.equal(2);
    expect(
      (await check(['--user', users.find((user) => expected(user).length === 0)!.Id, '--fail-on-ineligible'])).exitCode
    ).to.equal(0);
  });

  it('shows all conditions of one user with what to do', async () => {
    const off = users.find(({ Profile }) => Profile.Name === 'Example Partner Offsite')!;
    const { result, stdout } = await check(['--user', off.Username.toUpperCase()]);
    expect(result!.users).to.have.length(1);
    expect(result!.users[0]!.conditions).to.have.length(9);
    const words = stdout.replace(/[│\s]+/g, ' ');
    expect(words).to.contain('cannot take leads').and.to.contain('Members').and.to.contain('site-live');
    const found = result!.users[0]!.first!;
    expect(found.condition).to.equal('site-member');
    expect(found.reason).to.contain('Example Partner Offsite');
    expect(found.fix).to.contain('Example Partner Central > Workspaces > Administration > Members');
  });

  it('says no to an internal user and to a site that is not published', async () => {
    const internal = await check(['--user', 'Nora Fieldgate']);
    expect(internal.result!.users[0]!.first!.condition).to.equal('licence');
    const ready = users.find((user) => expected(user).length === 0)!;
    const preview = await check(['--user', ready.Id, '--site', 'example training preview']);
    expect(preview.result!.users[0]!.first!.condition).to.equal('site-member');
    const central = await check(['--user', ready.Id, '--site', 'Example Partner Central']);
    expect(central.result!.users[0]!.state).to.equal('eligible');
  });

  it('never says no where the running user may not see the sites', async () => {
    for (const name of ['Rhea Quillon', 'Jory Penrose']) {
      const as = await asUser(name);
      const { result, error } = await check(['--fail-on-ineligible'], as);
      expect(error?.message, name).to.equal(undefined);
      expect(result!.users.length, name).to.be.greaterThan(0);
      for (const { conditions, id } of result!.users) {
        const verdicts = Object.fromEntries(conditions.map(({ condition, verdict }) => [condition, verdict]));
        expect(verdicts['site-member'], name).to.equal('unknown');
        expect(verdicts['site-live'], name).to.equal('unknown');
        const wrong = expected(users.find((user) => user.Id === id)!);
        const no = conditions.filter(({ verdict }) => verdict === 'no').map(({ condition }) => condition);
        expect(wrong, name).to.include.members(no);
      }
      expect(result!.summary.eligible, name).to.equal(0);
    }
  });

  it('lets a channel manager see what an administrator sees', async () => {
    const as = await asUser('Nora Fieldgate');
    const [hers, all] = [await check([], as), await check()];
    const states = ({ result }: CommandOutcome<PartnerCheckResult>): unknown =>
      result!.users.map(({ id, state }) => [id, state]);
    expect(states(hers)).to.deep.equal(states(all));
  });

  it('filters by account, manager and state', async () => {
    const [first] = users;
    const byAccount = await check(['--account', first!.Account.Name]);
    const own = users.filter(({ Account }) => Account.Name === first!.Account.Name).map(({ Id }) => Id);
    expect(byAccount.result!.users.map(({ id }) => id)).to.have.members(own);
    const byManager = await check(['--manager', 'Stellan Moor', '--state', 'ineligible']);
    expect(byManager.result!.users.length).to.be.greaterThan(0);
    expect(new Set(byManager.result!.users.map(({ manager }) => manager))).to.deep.equal(new Set(['Stellan Moor']));
    expect(new Set(byManager.result!.users.map(({ state }) => state))).to.deep.equal(new Set(['ineligible']));
    expect(byManager.result!.summary.users).to.be.greaterThan(byManager.result!.users.length);
  });

  for (const [args, name, words] of [
    [['--account', 'Harbor Limited'], 'UnknownAccountError', 'Example Harbor Ltd'],
    [['--manager', 'Norah Fieldgate'], 'UnknownManagerError', 'Nora Fieldgate'],
    [['--user', 'Ada Nobody'], 'UnknownUserError', 'Ada Ashgrove'],
    [['--site', 'Partner Centre'], 'UnknownSiteError', 'Example Partner Central'],
    [['--csv', '/nowhere/at/all.csv'], 'FolderError', '/nowhere/at'],
  ] as Array<[string[], string, string]>) {
    it(`refuses ${args.join(' ')} with near names`, async () => {
      const { error, exitCode } = await check(args);
      expect(error!.name).to.equal(name);
      expect(error!.message).to.contain(words);
      expect(error!.actions).not.to.have.length(0);
      expect(exitCode).to.equal(1);
    });
  }

  it('refuses ids of other objects and wrong flags with exit code 1', async () => {
    const { error } = await check(['--account', users[0]!.Id]);
    expect(error!.message).to.equal(`"${users[0]!.Id}" is the id of another object. Ids of accounts begin with 001.`);
    const flags = await check(['--state', 'perhaps']);
    expect([flags.exitCode, flags.error!.exitCode]).to.deep.equal([1, 1]);
  });

  it('writes a file in which no cell is a formula', async () => {
    const [account] = org.query<{ Id: string; Name: string }>(
      'SELECT Id, Name FROM Account WHERE IsPartner = true LIMIT 1'
    );
    org.org.store.sql('UPDATE "Account" SET "Name" = ? WHERE "Id" = ?').run('=1+1', account!.Id);
    try {
      for (const [name, run] of [
        ['check', (file: string) => check(['--account', account!.Id, '--csv', file])],
        ['list', (file: string) => runCommand(PartnerList, ['--target-org', org.username, '--csv', file])],
      ] as const) {
        const file = join(process.env.HOME!, `partner-${name}.csv`);
        const { result, error } = await run(file);
        expect(error?.message).to.equal(undefined);
        expect(result!.csv).to.equal(file);
        const text = await readFile(file, 'utf8');
        expect(text)
          .to.contain(",'=1+1,")
          .and.not.to.match(/(^|,)=/m);
      }
    } finally {
      org.org.store.sql('UPDATE "Account" SET "Name" = ? WHERE "Id" = ?').run(account!.Name, account!.Id);
    }
  });

  it('lists accounts with manager, users, open leads and state', async () => {
    const { result, error, stdout } = await runCommand(PartnerList, ['--target-org', org.username]);
    expect(error?.message).to.equal(undefined);
    const partners = org.query<{ Id: string }>('SELECT Id FROM Account WHERE IsPartner = true').map(({ Id }) => Id);
    const gone = users.filter(({ Account }) => !Account.IsPartner);
    const listed = new Map(result!.accounts.map((one) => [one.id, one]));
    expect(partners.every((id) => listed.has(id))).to.equal(true);
    expect(gone.length).to.be.greaterThan(0);
    expect(result!.accounts.filter(({ state }) => state === 'not-partner')).to.have.length(
      new Set(gone.map(({ Account }) => Account.Name)).size
    );
    expect(result!.accounts.find(({ manager }) => manager?.name === 'Kaja Fernhill')).to.deep.include({
      state: 'no-users',
      openLeads: 0,
    });
    const leads = org.query<{ total: number }>(
      "SELECT COUNT(Id) total FROM Lead WHERE IsConverted = false AND OwnerId IN (SELECT Id FROM User WHERE UserType = 'PowerPartner')"
    );
    const sum = result!.accounts.reduce((total, { openLeads }) => total + openLeads!, 0);
    expect(sum).to.equal(leads[0]!.total).and.to.be.greaterThan(0);
    for (const { name, state, users: numbers } of result!.accounts) {
      const own = users.filter(({ Account }) => Account.Name === name);
      const eligible = own.filter((user) => expected(user).length === 0).length;
      expect(numbers.eligible, name).to.equal(eligible);
      expect(numbers.active + numbers.inactive, name).to.equal(own.length);
      if (state === 'has-eligible') expect(eligible, name).to.be.greaterThan(0);
      else expect(eligible, name).to.equal(0);
    }
    expect(stdout).to.contain('Kaja Fernhill (no role)').and.to.contain('not-partner 2');
  });

  it('lists by state and manager', async () => {
    const list = async (...args: string[]): Promise<string[]> => {
      const { result } = await runCommand(PartnerList, ['--target-org', org.username, ...args]);
      return result!.accounts.map(({ state }) => state);
    };
    expect(new Set(await list('--state', 'no-users'))).to.deep.equal(new Set(['no-users']));
    expect(await list('--state', 'enabled')).to.have.length(38);
    expect(await list('--manager', 'Kaja Fernhill')).to.deep.equal(['no-users']);
    const none = await runCommand(PartnerList, ['--target-org', org.username, '--account', 'Nothing at all']);
    expect(none.error!.name).to.equal('UnknownAccountError');
  });

  it('says in the list what a restricted user may not see', async () => {
    const as = await asUser('Rhea Quillon');
    const { result, stdout } = await runCommand(PartnerList, ['--target-org', as, '--state', 'unknown']);
    expect(result!.accounts.length).to.be.greaterThan(0);
    expect(result!.accounts.every(({ users: { eligible } }) => eligible === 0)).to.equal(true);
    expect(stdout).to.contain('unknown)');
  });

  it('keeps ineligible partner users from getting leads, with every reason', async () => {
    const give = (username: string): ReturnType<typeof runCommand> =>
      runCommand(LeadDistribute, [
        '--target-org',
        org.username,
        '--from-queue',
        'Unassigned Leads',
        '--to',
        username,
        '--dry-run',
      ]);
    const bad = users.filter((user) => expected(user).length > 0);
    const reasons = [/is not active/, /no longer a partner/, /nor a permission set of the user is a member/];
    for (const [index, pattern] of reasons.entries()) {
      const condition = ['active', 'partner-account', 'site-member'][index]!;
      const user = bad.find((one) => expected(one)[0] === condition && !frozen.has(one.Id))!;
      const { error } = await give(user.Username);
      expect(error!.message, condition).to.contain('cannot take leads').and.to.match(pattern);
    }
    const never = users.find((user) => user.LastLoginDate === null && expected(user).length === 0)!;
    const warned = await give(never.Username);
    expect(warned.error).to.equal(undefined);
    expect(warned.stderr).to.contain(`${never.Name} gets leads, but: The user has never logged in.`);
  });
});

describe('channel partner check of 400 users', function () {
  this.timeout(60_000);
  let org: TestOrg;
  before(async () => (org = await startTestOrg({ leads: 10 })));
  after(() => org.close());

  /** Requests of a check of everybody. */
  async function requests(): Promise<{ calls: number; users: number }> {
    const from = (await org.control.requests()).at(-1)?.n ?? 0;
    const { result, error } = await runCommand(PartnerCheck, ['--target-org', org.username]);
    expect(error?.message).to.equal(undefined);
    const calls = (await org.control.requests(from + 1)).filter(({ path }) => path.startsWith('/services/')).length;
    return { calls, users: result!.summary.users };
  }

  /** Copies the first partner user, with membership, login and assignments, until there are so many. */
  function copyUsers(total: number): void {
    const { store } = org.org;
    const copy = (table: string, column: string, from: string, to: string): void => {
      const columns = store
        .sql(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map((row) => String(row.name));
      for (const { Id } of store.sql(`SELECT "Id" FROM "${table}" WHERE "${column}" = ?`).all(from)) {
        const id = table === 'User' ? to : store.nextId(String(Id).slice(0, 3));
        const values = columns.map((name) => {
          if (name === 'Id') return `'${id}'`;
          if (name === column) return `'${to}'`;
          return table === 'User' && ['Username', 'CommunityNickname'].includes(name)
            ? `'${to}' || "${name}"`
            : `"${name}"`;
        });
        const names = columns.map((name) => `"${name}"`).join(', ');
        store
          .sql(`INSERT INTO "${table}" (${names}) SELECT ${values.join(', ')} FROM "${table}" WHERE "Id" = ?`)
          .run(Id!);
      }
    };
    const all = org.query<{ Id: string }>("SELECT Id FROM User WHERE UserType = 'PowerPartner' ORDER BY Id");
    store.transaction(() => {
      for (let number = all.length; number < total; number++) {
        const to = store.nextId('005');
        copy('User', 'Id', all[0]!.Id, to);
        copy('UserLogin', 'UserId', all[0]!.Id, to);
        copy('NetworkMember', 'MemberId', all[0]!.Id, to);
        copy('PermissionSetAssignment', 'AssigneeId', all[0]!.Id, to);
      }
    });
  }

  it('takes no more calls than one of 40', async () => {
    const few = await requests();
    copyUsers(400);
    const many = await requests();
    expect(many.users).to.equal(400);
    expect(few.users).to.be.within(40, 60);
    expect(many.calls).to.equal(few.calls);
    expect(few.calls).to.be.at.most(5);
  });
});

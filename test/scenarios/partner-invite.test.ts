/** Contacts become partner users exactly as they were shown, through the real command over HTTP. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { encode1250, InviteDesk, OFFSITE, reasonsOf, type InviteOutcome, type UserRow } from '../helpers/invite.js';

const CZECH = ['Příjmení', 'Žluťoučký-Kůň', 'Šťastná'] as const;

describe('partner invite', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  before(async () => (org = await InviteDesk.open()));
  after(() => org.close());

  const profileId = (name = OFFSITE): string => org.desk.id('Profile', name);

  /** Every user is in the org with every detail that was shown, once. */
  const expectAsShown = ({ result, stderr }: InviteOutcome): UserRow[] =>
    (result?.users ?? expect.fail(stderr)).map((shown) => {
      const saved = org.users('Username', shown.username);
      expect(saved, shown.username).to.have.length(1);
      const { Id, AccountId, ContactId, ...user } = saved[0]!;
      const contact = { id: ContactId, account: AccountId };
      expect(user).to.deep.include({
        Username: shown.username,
        FirstName: shown.firstName ?? null,
        LastName: shown.lastName,
        Email: shown.email,
        Alias: shown.alias,
        CommunityNickname: shown.nickname,
        ProfileId: profileId(shown.profile),
        PortalRole: shown.portalRole,
        LocaleSidKey: shown.locale,
        LanguageLocaleKey: shown.language,
        TimeZoneSidKey: shown.timeZone,
        EmailEncodingKey: 'UTF-8',
        IsActive: true,
      });
      if (shown.contactId !== undefined) expect(contact.id).to.equal(shown.contactId);
      expect(org.desk.value(`SELECT Account.Name FROM Contact WHERE Id = '${String(contact.id)}'`)).to.deep.include({
        Name: shown.account,
      });
      return { Id, AccountId, ContactId, ...user };
    });

  it('makes one contact a user as the page New User would show it', async () => {
    const account = await org.account('Acer Example s.r.o.', { BillingCountry: 'Czech Republic' });
    const contact = await org.contact(account, 'Dvořák', 'Jan.Dvorak@acer.example.com', 'Jan');
    const outcome = await org.shown('--no-prompt', '--profile', OFFSITE, '--contact', contact, '--role', 'Manager');
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    expect(outcome.result!.state).to.equal('done');
    expect(JSON.parse(JSON.stringify(outcome.result!.users))).to.deep.equal([
      {
        contactId: contact,
        account: 'Acer Example s.r.o.',
        firstName: 'Jan',
        lastName: 'Dvořák',
        email: 'Jan.Dvorak@acer.example.com',
        username: 'jan.dvorak@acer.example.com',
        alias: 'jdvorak',
        nickname: 'jan.dvorak',
        profile: OFFSITE,
        portalRole: 'Manager',
        locale: 'cs_CZ',
        language: 'cs',
        timeZone: 'Europe/Prague',
      },
    ]);
    const shown = Object.entries(outcome.result!.users[0]!).filter(([name]) => name !== 'line');
    // Tables have no lines between their columns under CI.
    for (const [name, value] of shown) expect(outcome.stdout).to.match(new RegExp(`${name}[ │]+${String(value)}\\s`));
    expectAsShown(outcome);
    expect(outcome.result!.receipt!.verification!.agrees).to.equal(true);
    expect(await org.mails(), 'the profile is a member of no site').to.deep.equal([]);
  });

  it('finds people by e-mail address, by account, and does nothing the second time', async () => {
    const account = await org.account('Betula Example GmbH', { BillingCountry: 'Germany' });
    await org.contact(account, 'Müßig', 'j.muessig@betula.example.com', 'Jörg');
    await org.contact(account, 'Groß', 'GROSS@betula.example.com');
    const other = await org.account('Carpinus Example');
    await org.contact(other, 'Single', 'single@carpinus.example.com');
    const args = ['--account', 'betula example gmbh', '--contact', 'Single@Carpinus.example.com'];
    const outcome = await org.go(...args);
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    expect(outcome.result!.summary).to.include({ users: 3, contacts: 0, existing: 0, rejected: 0 });
    const users = expectAsShown(outcome);
    expect(users.map(({ Alias, LanguageLocaleKey }) => [Alias, LanguageLocaleKey])).to.have.deep.members([
      ['jmuessig', 'de'],
      ['gross', 'de'],
      ['single', 'en_US'],
    ]);
    const again = await org.go(...args);
    expect(again.exitCode, again.stderr).to.equal(0);
    expect(again.result).to.include({ state: 'nothing-to-do' });
    expect(again.result!.summary).to.include({ users: 0, existing: 3 });
    expect(again.result!.existing!.map(({ id, login }) => [id, login])).to.have.deep.members(
      users.map(({ Id }) => [Id, false])
    );
    expect(org.users('AccountId', account, other)).to.have.length(3);
  });

  it('reads a file as spreadsheets save it, and makes the contacts that it asks for', async () => {
    const account = await org.account('Dracaena Example a.s.', { BillingCountry: 'Česko', AccountNumber: 'D-7' });
    const there = await org.contact(account, CZECH[0], 'prijmeni@dracaena.example.com', 'Jiří');
    const text = [
      'Account;First Name;Last Name;Email;E-mail;Title;Create;Mailing Street;Note',
      `Dracaena Example a.s.;Jiří;${CZECH[0]};prijmeni@dracaena.example.com;;;;;`,
      ';;;;;;;;',
      `Dracaena Example a.s.;Ema;${CZECH[1]};;ema@dracaena.example.com;"=HYPERLINK(""x"")";ano;"Dlouhá 1\r\n2. patro";přes Brno`,
      '',
      `Dracaena Example a.s.;;${CZECH[2]};stastna@dracaena.example.com;stastna@dracaena.example.com;;ano;;`,
    ].join('\r\n');
    const outcome = await org.go('--file', await org.file('people.csv', encode1250(text)));
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    const { csv, summary } = outcome.result!;
    expect(csv).to.deep.include({ encoding: 'windows-1250', delimiter: ';', rows: 3, unused: ['Note'] });
    expect(csv!.notes.join(' ')).to.contain('mean the same');
    expect(summary).to.include({ users: 3, contacts: 2, rejected: 0 });
    const users = expectAsShown(outcome);
    expect(users.map(({ LastName }) => LastName)).to.have.members([...CZECH]);
    expect(users.map(({ Alias }) => Alias)).to.have.members(['jprijmen', 'ezlutouc', 'stastna']);
    const contacts = org.contacts(account);
    expect(contacts).to.have.length(3);
    expect(contacts[0]!.Id).to.equal(there);
    const [made] = org.desk.test.query<Record<string, string>>(
      "SELECT Title, MailingStreet, AccountId FROM Contact WHERE Email = 'ema@dracaena.example.com'"
    );
    expect(made).to.deep.include({
      Title: '=HYPERLINK("x")',
      MailingStreet: 'Dlouhá 1\r\n2. patro',
      AccountId: account,
    });
  });

  it('knows Japanese names, a byte order mark, tabs, and what a row says of itself', async () => {
    const account = await org.account('見本商事', { BillingCountry: '日本' });
    const lines = [
      'Account Id\tGiven Name\tSurname\tMail\tCreate\tPortal Role\tLogin\tTime Zone\tLanguage\tLocale\tProfile',
      `${account}\tさくら\t田中\ts.tanaka@mihon.example.com\tyes\texecutive\t\t\t\t\t`,
      `${account}\t\t佐藤\tsato@mihon.example.com\tyes\t\tsato@login.example.com\teurope/london\tde\tCS_cz\texample partner events`,
    ];
    const file = await org.file('japan.tsv', `\uFEFF${lines.join('\n')}\n`);
    const outcome = await org.go('--file', file, '--username-pattern', '{first}.{last}@p.example.com');
    expect(outcome.exitCode, outcome.stdout).to.equal(0);
    const [tanaka, sato] = outcome.result!.users;
    expect(tanaka).to.include({
      line: 2,
      username: 's.tanaka@p.example.com',
      alias: 'stanaka',
      portalRole: 'Executive',
      language: 'ja',
      locale: 'ja_JP',
      timeZone: 'Asia/Tokyo',
    });
    expect(sato).to.include({
      username: 'sato@login.example.com',
      alias: 'sato',
      portalRole: 'User',
      language: 'de',
      locale: 'cs_CZ',
      timeZone: 'Europe/London',
      profile: 'Example Partner Events',
    });
    expectAsShown(outcome);
  });

  it('writes rejected rows for mending, and takes the mended file', async () => {
    await org.account('Elaeis Example, Ltd', { AccountNumber: 'E-1' });
    const text = [
      'AccountNumber,Contact Name,Email,Create,Title',
      'E-1,Good Person,good@elaeis.example.com,yes,',
      'E-1,Bad Address,bad@elaeis,yes,"=cmd|\' /C calc\'!A0"',
      'E-1,Not Made,notmade@elaeis.example.com,,"Head of ""Sales"", East"',
      'E-9,No Account,noaccount@elaeis.example.com,yes,',
    ].join('\n');
    const file = await org.file('mend.csv', text);
    const first = await org.go('--file', file, '--external-id', 'AccountNumber');
    expect(first.exitCode, first.stderr).to.equal(68);
    expect(first.result).to.include({ state: 'partly-done', rejectedFile: org.path('mend.rejected.csv') });
    expect([...reasonsOf(first).keys()]).to.deep.equal([3, 4, 5]);
    expectAsShown(first);
    const written = await readFile(org.path('mend.rejected.csv'), 'utf8');
    expect(written, 'a formula does not run').to.contain(`,'=cmd|' /C calc'!A0,`);
    await writeFile(
      org.path('mend.rejected.csv'),
      written.replace('bad@elaeis,', 'bad@elaeis.example.com,').replace('.example.com,,', '.example.com,yes,')
    );
    const args = ['--file', org.path('mend.rejected.csv'), '--external-id', 'accountnumber'];
    const mended = await org.go(...args);
    expect(mended.exitCode, mended.stderr).to.equal(68);
    expect(mended.result!.summary).to.include({ users: 2, contacts: 2, rejected: 1 });
    expectAsShown(mended);
    expect(org.desk.value("SELECT Title FROM Contact WHERE Email = 'bad@elaeis.example.com'")).to.equal(
      "=cmd|' /C calc'!A0"
    );
    expect(org.desk.value("SELECT Title FROM Contact WHERE Email = 'notmade@elaeis.example.com'")).to.equal(
      'Head of "Sales", East'
    );
    const rest = await org.go(...args);
    expect(rest.exitCode).to.equal(1);
    expect(rest.error!.message).to.contain('None of the 1 row(s)').and.to.contain('E-9');
    expect(org.users('Email', 'good@elaeis.example.com', 'bad@elaeis.example.com')).to.have.length(2);
  });

  it('does nothing in a dry run, and applies the saved plan exactly, once', async () => {
    const account = await org.account('Fagus Example');
    const file = await org.file(
      'plan.csv',
      'Account,Last Name,Email,Create\nFagus Example,Saved,saved@fagus.example.com,y\n'
    );
    const plan = org.path('plan.json');
    const planned = await org.go('--file', file, '--dry-run', '--plan-file', plan);
    expect([planned.exitCode, planned.result!.state]).to.deep.equal([0, 'planned']);
    expect(org.contacts(account)).to.deep.equal([]);
    const applied = await org.invite('--plan', plan, '--no-prompt');
    expect(applied.exitCode, applied.stderr).to.equal(0);
    expect(applied.result!.users).to.deep.equal(planned.result!.users.map(({ line: _line, ...user }) => user));
    expect(applied.result!.receipt!.steps.map(({ object, done }) => [object, done])).to.deep.equal([
      ['Contact', 1],
      ['User', 1],
    ]);
    expectAsShown({ ...applied, result: planned.result });
    const twice = await org.invite('--plan', plan, '--no-prompt');
    expect(twice.exitCode, 'the username is taken by now').to.equal(68);
    expect(org.users('AccountId', account)).to.have.length(1);
    expect(org.contacts(account)).to.have.length(1);
  });

  it('refuses a saved plan when the site of its profile has changed', async () => {
    const account = await org.account('Ginkgo Example');
    const contact = await org.contact(account, 'Stale', 'stale@ginkgo.example.com');
    const plan = org.path('stale.json');
    await org.go('--contact', contact, '--dry-run', '--plan-file', plan);
    const NetworkId = org.desk.id('Network', 'Example Training Preview');
    await org.desk.create('NetworkMemberGroup', { NetworkId, ParentId: profileId() });
    const applied = await org.invite('--plan', plan, '--no-prompt');
    expect(applied.error!.message).to.contain('has changed since it was made');
    expect(org.users('ContactId', contact)).to.deep.equal([]);
  });
});

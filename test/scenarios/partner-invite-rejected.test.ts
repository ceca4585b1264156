/** Everybody who is not invited, with the reason, while the others are; and what stops the whole command. */
import { expect } from 'chai';
import PartnerEnable from '../../src/commands/channel/partner/enable.js';
import { takeElsewhere } from '../../src/practice/rules/other-orgs.js';
import { runCommand } from '../helpers/command.js';
import { InviteDesk, NORA, OFFSITE, reasonsOf } from '../helpers/invite.js';

/** Lines below a header, each with what its reason must say; undefined for a row that is carried out. */
type Rows = ReadonlyArray<readonly [line: string, reason: RegExp | undefined]>;

describe('partner invite, people who are rejected', function () {
  this.timeout(60_000);
  let org: InviteDesk;
  let acme: string;
  let serial = 0;

  before(async () => {
    org = await InviteDesk.open();
    acme = await org.account('Acme Example', { BillingCountry: 'United Kingdom' });
  });
  after(() => org.close());

  /** Plans a file and compares what is said of each of its lines. */
  async function expectReasons(header: string, rows: Rows, ...args: string[]): Promise<void> {
    const file = await org.file(`rows-${serial++}.csv`, [header, ...rows.map(([line]) => line)].join('\n'));
    const outcome = await org.go('--file', file, '--dry-run', ...args);
    expect(outcome.error, outcome.stderr).to.equal(undefined);
    const reasons = reasonsOf(outcome);
    for (const [at, [line, reason]] of rows.entries()) {
      if (reason === undefined) expect(reasons.get(at + 2), line).to.equal(undefined);
      else expect(reasons.get(at + 2), line).to.match(reason);
    }
    const good = rows.filter(([, reason]) => reason === undefined).length;
    const { users, existing, rejected } = outcome.result!.summary;
    expect([users + existing, rejected]).to.deep.equal([good, rows.length - good]);
  }

  const sql = (text: string, ...values: string[]): void => void org.desk.test.org.store.sql(text).run(...values);
  const createAccount = (Name: string): Promise<string> => org.desk.create('Account', { Name });

  it('rows that do not say whom they mean', async () => {
    await createAccount('Twin Example');
    await createAccount('Twin Example');
    await expectReasons('Account,First Name,Last Name,Email,Create', [
      ['Acme Example,Ok,Okay,ok@acme.example.com,yes', undefined],
      ['Acme Example,,,,yes', /names nobody/],
      [',Alone,Name,,yes', /A name alone does not say who is meant/],
      ['Acme Example,Un,Sure,unsure@acme.example.com,perhaps', /"perhaps" in the column Create is neither yes nor no/],
      ['Nowhere Example,No,Where,nowhere@acme.example.com,yes', /no account with the name Nowhere Example/],
      [
        'Twin Example,Tw,In,twin@acme.example.com,yes',
        /2 accounts have the name Twin Example: 001\w+, 001\w+\. Say which/,
      ],
      [',No,Account,noaccount@acme.example.com,yes', /A new contact needs the account/],
      [
        ',No,Body,nobody@acme.example.com,',
        /no contact with the e-mail address nobody@.*put "yes".*, and name the account/,
      ],
      ['Acme Example,Not,There,,', /The account has no contact Not There.*put "yes" into the column Create\.$/],
      ['Acme Example,,,nolast@acme.example.com,yes', /A new contact needs a last name/],
      ['Acme Example,No,Mail,,yes', /has no e-mail address/],
      ['Acme Example,Bad,Mail,bad@acme,yes', /"bad@acme" is no e-mail address/],
      ['Acme Example,Too,Many,many@acme.example.com,yes,more', /This line has 6 cells, the header 5/],
    ]);
  });

  it('contacts that are not certain, gone, or of another account', async () => {
    const other = await org.account('Other Example');
    const stray = await org.desk.create('Contact', { LastName: 'Stray', Email: 'stray@acme.example.com' });
    const one = await org.contact(acme, 'Double', 'double@acme.example.com', 'One');
    const two = await org.contact(acme, 'Double', 'double@acme.example.com', 'Two');
    await org.contact(acme, 'Same', 'same.1@acme.example.com', 'Sam');
    await org.contact(acme, 'Same', 'same.2@acme.example.com', 'Sam');
    const mailless = await org.desk.create('Contact', { LastName: 'Mailless', AccountId: acme });
    const gone = one.replace(/.{6}$/, '999AAA');
    await expectReasons('Contact Id,Account Id,First Name,Last Name,Email', [
      [`${two.slice(0, 15)},,,,`, undefined],
      [`${gone},,,,`, /There is no contact with the id/],
      ['tomorrow,,,,', /There is no contact with the id tomorrow/],
      [`${acme},,,,`, /There is no contact with the id/],
      [`${one},${other},,,`, /belongs to another account than the one named/],
      [`${stray},,,,`, /belongs to no account that you can see/],
      [`${mailless},,,,`, /has no e-mail address/],
      [',,,,double@acme.example.com', new RegExp(`2 contacts have the e-mail address.*${one}, ${two}`)],
      [`,${acme},One,Double,double@acme.example.com`, undefined],
      [`,${acme},Sam,Same,`, /2 contacts have the name Sam Same/],
      [`,${acme},Sam,Same,same.3@acme.example.com`, /has a contact Sam Same with another address, same\.1@/],
      [`,nonsense,Sam,Same,same.1@acme.example.com`, /no account with the id nonsense/],
    ]);
  });

  it('accounts whose people cannot be partner users', async () => {
    const id = await createAccount('Plain Example');
    await org.contact(id, 'Plain', 'plain@acme.example.com');
    await org.account('Roleless Example', {}, 'Kaja Fernhill');
    await org.account('Ownerless Example');
    sql(
      'UPDATE "Account" SET "OwnerId" = ? WHERE "Name" = ?',
      org.desk.id('User', 'Marek Coldwater'),
      'Ownerless Example'
    );
    await org.account('Person Example');
    const def = org.desk.test.org.catalog.require('Account');
    const flag = { ...def.fields.get('isdeleted')!, name: 'IsPersonAccount', label: 'Is Person Account' };
    org.desk.test.org.catalog.add({ ...def, fields: new Map(def.fields).set('ispersonaccount', flag) });
    sql('UPDATE "Account" SET "IsPersonAccount" = 1 WHERE "Name" = ?', 'Person Example');
    await expectReasons('Account,Last Name,Email,Create', [
      ['Acme Example,Fine,fine@acme.example.com,yes', undefined],
      ['Plain Example,Plain,,', /Plain Example is not a partner account.*partner enable --account "Plain Example"/],
      ['Roleless Example,One,one@roleless.example.com,yes', /owner stands in the way: Kaja Fernhill has no role/],
      ['Ownerless Example,One,one@ownerless.example.com,yes', /owner stands in the way: Marek Coldwater is not active/],
      ['Person Example,One,one@person.example.com,yes', /Person Example is a person account/],
    ]);
  });

  it('details that the org does not have', async () => {
    sql('UPDATE "UserLicense" SET "Status" = \'Disabled\' WHERE "Name" = \'Partner Community Login\'');
    const long = `${'x'.repeat(60)}@${'d'.repeat(12)}.example.com`;
    const rows: Rows = [
      ['Ok,,,,,,', undefined],
      ['Role,Boss,,,,,', /There is no partner role "Boss"\. They are Executive, Manager, User/],
      ['Profile,,Nothing,,,,', /no profile of a partner licence called Nothing\. There are: .*Example Partner/],
      ['Internal,,Standard User,,,,', /no profile of a partner licence called Standard User/],
      [
        'Licence,,Example Partner Login,,,,',
        /licence Partner Community Login of the profile Example Partner Login is not active/,
      ],
      [
        'Standard,,Partner Community User,,,,',
        /Partner Community User is a standard external profile.*Digital Experiences/,
      ],
      ['Locale,,,xx_XX,,,', /no locale "xx_XX"/],
      ['Language,,,,klingon,,', /no language "klingon"/],
      ['Zone,,,,,Moon/Crater,', /no time zone "Moon\/Crater"/],
      [`Taken,,,,,,ADMIN@practice.example.com`, /The username ADMIN@practice\.example\.com is taken/],
      ['Twice,,,,,,twice@acme.example.com', undefined],
      ['Twice Again,,,,,,Twice@acme.example.com', /The username Twice@acme\.example\.com is taken/],
      ['Shape,,,,,,jan', /The username jan does not look like an e-mail address/],
      [`Long,,,,,,${long}`, /does not look like an e-mail address of at most 80 characters/],
    ];
    const lines = rows.map(([line, reason], at): Rows[number] => [
      `${acme},p${at}@acme.example.com,yes,${line}`,
      reason,
    ]);
    const odd = [
      `${acme},p@${'d'.repeat(85)}.example,yes,Domain,,,,,,`,
      /No username can be made of the e-mail/,
    ] as const;
    await expectReasons('Account Id,Email,Create,Last Name,Role,Profile,Locale,Language,Time Zone,Username', [
      ...lines,
      odd,
    ]);
    sql('UPDATE "UserLicense" SET "Status" = \'Active\' WHERE "Name" = \'Partner Community Login\'');
  });

  it('two rows for one person: once where they agree, rejected where they do not', async () => {
    const id = await org.contact(acme, 'Known', 'known@acme.example.com', 'Ken');
    const file = await org.file(
      'twice.csv',
      [
        'Contact Id,Account,First Name,Last Name,Email,Create,Role,Language',
        `${id},,,,,,,`,
        ',Acme Example,Ken,Known,KNOWN@acme.example.com,,user,',
        `${id},,,,,,Manager,`,
        ',Acme Example,Eva,New,eva@acme.example.com,yes,User,de',
        ',Acme Example,Eva,New,EVA@acme.example.com,yes,user,DE',
        ',Acme Example,Jan,New,eva@acme.example.com,yes,User,de',
        ',Acme Example,Eva,New,eva@acme.example.com,yes,User,fr',
      ].join('\n')
    );
    const outcome = await org.go('--file', file, '--dry-run');
    expect(outcome.result!.users.map(({ line }) => line)).to.deep.equal([2, 5, 7]);
    const reasons = reasonsOf(outcome);
    expect([...reasons.keys()]).to.deep.equal([4, 8]);
    for (const [line, before] of [
      [4, 2],
      [8, 5],
    ] as const)
      expect(reasons.get(line)).to.equal(`The same person stands on line ${before} with other details.`);
  });

  it('roles that an account has not, or will not have', async () => {
    const few = await org.account('Few Example');
    org.desk.test.org.preferences.set('Partner.rolesPerAccount', 2);
    await org.desk.create('User', org.desk.partner(await org.contact(few, 'First', 'first@few.example.com')));
    org.desk.test.org.preferences.set('Partner.rolesPerAccount', 3);
    const rows = (later: RegExp | undefined): Rows => [
      ['Few Example,Low,low@few.example.com,yes,manager', undefined],
      ['Few Example,High,high@few.example.com,yes,Executive', /Few Example has no Executive role, only Manager, User/],
      ['Acme Example,High,high@acme.example.com,yes,Executive', later],
    ];
    await expectReasons('Account,Last Name,Email,Create,Role', rows(undefined));
    const known = await org.contact(few, 'Known', 'known@few.example.com');
    const byId: Rows = [[`${known},Executive`, /Few Example has no Executive role, only Manager, User/]];
    await expectReasons('Contact Id,Role', [
      ...byId,
      [`${await org.contact(few, 'Fine', 'fine@few.example.com')},`, undefined],
    ]);
    const args = ['--account', await createAccount('Recorder Example'), '--manager', NORA, '--partner-roles', '1'];
    await runCommand(PartnerEnable, ['--target-org', org.desk.test.username, '--no-prompt', ...args]);
    await expectReasons(
      'Account,Last Name,Email,Create,Role',
      rows(/Acme Example will have no Executive role, only User/)
    );
  });

  it('everybody, where nobody can be invited or nothing is certain', async () => {
    const cases: Array<[string[], RegExp]> = [
      [['--profile', OFFSITE], /^Nobody was named/],
      [
        ['--contact', 'nobody@nowhere.example.com', '--profile', OFFSITE],
        /None of the 1 row\(s\)[^]*no contact with the e-mail/,
      ],
      [['--contact', 'not-an-id', '--profile', OFFSITE], /None of the 1 row\(s\)[^]*no contact with the id not-an-id/],
      [['--account', 'Nowhere Example', '--profile', OFFSITE], /no account with the name Nowhere Example/],
      [['--account', 'Acme Example'], /not certain which profile.*Example Partner, /],
      [['--account', 'Acme Example', '--external-id', 'Nothing__c', '--profile', OFFSITE], /no field "Nothing__c"/],
      [['--account', 'Acme Example', '--username-pattern', '{mail}'], /pattern of usernames has \{mail\}/],
      [
        ['--account', 'Acme Example', '--username-pattern', '{first} {last}'],
        /No username can be made by the pattern \{first\} \{last\}/,
      ],
    ];
    for (const [args, message] of cases) {
      const { error, exitCode } = await org.invite('--no-prompt', ...args);
      expect([exitCode, error?.message ?? ''].join(' '), args.join(' ')).to.match(/^1 /);
      expect(error!.message, args.join(' ')).to.match(message);
    }
    sql('UPDATE "Profile" SET "UserType" = \'Standard\' WHERE "UserType" = \'PowerPartner\'');
    const none = await org.go('--account', 'Acme Example');
    sql('UPDATE "Profile" SET "UserType" = \'PowerPartner\' WHERE "Name" LIKE \'%Partner%\'');
    expect(none.error!.message).to.contain('no profile of a partner licence that you can see');
  });

  it('everybody of a file, with the first five reasons', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((at) => `Nowhere ${at},P${at},p${at}@nowhere.example.com,yes`);
    const file = await org.file('nowhere.csv', ['Account,Last Name,Email,Create', ...rows].join('\n'));
    const { error } = await org.go('--file', file);
    expect(error!.message.split('\n').slice(1)).to.have.length(5);
    expect(error!.message).to.contain('None of the 6 row(s)').and.to.contain('- Line 6, P5: There is no account');
  });

  it('names that would move the cursor of a terminal are shown without that', async () => {
    const nasty = `Evil\u001B[2J\u009B31m Example`;
    const id = await org.account(nasty);
    for (const at of [1, 2]) await org.contact(id, `Nasty\u0007${at}`, `nasty${at}@evil.example.com`);
    const { stdout, stderr, exitCode } = await org.shown('--no-prompt', '--profile', OFFSITE, '--account', id);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.contain('Evil\uFFFD[2J');
    for (const control of ['\u001B[2J', '\u009B', '\u0007']) expect(stdout + stderr).to.not.contain(control);
  });

  it('standard external profiles are given where the org allows it', async () => {
    const contact = await org.contact(acme, 'Standard', 'standard@acme.example.com');
    org.desk.test.org.preferences.set('Communities.enableOotbProfExtUserOpsEnable', true);
    const outcome = await org.invite('--contact', contact, '--profile', 'partner community user', '--no-prompt');
    org.desk.test.org.preferences.set('Communities.enableOotbProfExtUserOpsEnable', false);
    expect(outcome.exitCode, outcome.stderr).to.equal(0);
    expect(org.users('ContactId', contact)[0]).to.include({
      ProfileId: org.desk.id('Profile', 'Partner Community User'),
    });
  });

  it('a username of another org, when the user is made, with what to do; the number of a name goes on', async () => {
    for (const name of ['jan', 'eva', 'ida']) await org.contact(acme, 'Number', `${name}@number.example.com`, name);
    takeElsewhere(org.desk.test.org.store, 'jan@number.example.com');
    sql(
      'UPDATE "User" SET "Username" = ?, "CommunityNickname" = ? WHERE "Name" = ?',
      'eva@number.example.com',
      'ida.number',
      'Vito Lockhart'
    );
    const args = ['jan', 'eva', 'ida'].flatMap((name) => ['--contact', `${name}@number.example.com`]);
    const outcome = await org.go(...args);
    expect(outcome.exitCode).to.equal(68);
    expect(outcome.result!.rejected).to.have.length(1);
    expect(outcome.result!.rejected[0]).to.include({ record: 'jan Number' });
    expect(outcome.result!.rejected[0]!.reason)
      .to.match(/^DUPLICATE_USERNAME: Duplicate Username\. The username already exists/)
      .and.contain('--username-pattern');
    expect(org.users('Email', 'eva@number.example.com')[0]).to.include({ Username: 'eva2@number.example.com' });
    expect(org.users('Email', 'ida@number.example.com')[0]).to.include({ CommunityNickname: 'ida.number2' });
    const mended = await org.go(...args, '--username-pattern', '{email}.{org}');
    expect(mended.exitCode, mended.stderr).to.equal(0);
    expect(mended.result!.summary).to.include({ users: 1, existing: 2 });
    expect(org.users('Email', 'jan@number.example.com')[0]!.Username).to.match(/^jan@number\.example\.com\..+/);
  });
});

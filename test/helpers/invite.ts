/** A practice org, and `partner invite` on it. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import PartnerInvite from '../../src/commands/channel/partner/invite.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { PartnerInviteResult } from '../../src/partners/invite/index.js';
import { RunStore } from '../../src/runs/index.js';
import type { OutboxMail } from '../../src/practice/contracts.js';
import { runCommand, type CommandOutcome } from './command.js';
import { LIVE, PREVIEW } from './site.js';
import { register, type TestOrgOptions } from './practice.js';
import { DataDesk, openParts } from './data-desk.js';

export const NORA = 'Nora Fieldgate';
/** Its users are members of a Live site that welcomes them. */
export const PARTNER = 'Example Partner';
/** Its users are members of no site. */
export const OFFSITE = 'Example Partner Offsite';

export type InviteOutcome = CommandOutcome<PartnerInviteResult>;

/** A user as the org keeps it, as far as an invitation decides about it. */
export type UserRow = Record<(typeof USER_FIELDS)[number], string | boolean | null> & { Id: string; Email: string };

const USER_FIELDS = [
  'Id',
  'Username',
  'FirstName',
  'LastName',
  'Email',
  'Alias',
  'CommunityNickname',
  'ProfileId',
  'PortalRole',
  'LocaleSidKey',
  'LanguageLocaleKey',
  'TimeZoneSidKey',
  'EmailEncodingKey',
  'ContactId',
  'AccountId',
  'IsActive',
] as const;

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

export class InviteDesk extends DataDesk {
  private serial = 0;

  public static async open(options?: TestOrgOptions): Promise<InviteDesk> {
    return new InviteDesk(await openParts('invite', options));
  }

  /** As a program would, which draws nothing and so is quicker. */
  public invite(...args: string[]): Promise<InviteOutcome> {
    return this.shown('--json', ...args);
  }

  /** As a person would, who sees the plan and what became of it. */
  public shown(...args: string[]): Promise<InviteOutcome> {
    return runCommand(PartnerInvite, ['--target-org', this.desk.test.username, ...args]);
  }

  /** The same command, where somebody answers its questions. */
  public asked(answers: boolean[], ...args: string[]): Promise<InviteOutcome> {
    const Asking = class extends PartnerInvite {
      public override confirm = (): Promise<boolean> => Promise.resolve(answers.shift() ?? false);
      protected override canAsk = (): boolean => true;
    };
    Object.defineProperty(Asking, 'name', { value: 'PartnerInvite' });
    return runCommand(Asking, ['--target-org', this.desk.test.username, ...args]);
  }

  /** Without any question, with the profile that no site welcomes. */
  public go(...args: string[]): Promise<InviteOutcome> {
    return this.invite('--no-prompt', '--profile', OFFSITE, ...args);
  }

  /** Makes a session of another user one of sf. @returns the username */
  public async session(name: string): Promise<string> {
    const username = this.desk.value(`SELECT Username FROM User WHERE Name = '${name}'`);
    const { token } = await this.desk.test.control.session(username);
    await register(this.desk.test.server.url, username, token);
    return username;
  }

  /** As another user, whose session sf knows. */
  public as(username: string, ...args: string[]): Promise<InviteOutcome> {
    return runCommand(PartnerInvite, ['--target-org', username, '--no-prompt', '--json', ...args]);
  }

  public undo(run: string, ...args: string[]): ReturnType<typeof runCommand> {
    return runCommand(RunUndo, [run, '--target-org', this.desk.test.username, '--no-prompt', ...args]);
  }

  public resume(run: string, ...args: string[]): ReturnType<typeof runCommand> {
    return runCommand(RunResume, [run, '--target-org', this.desk.test.username, '--json', ...args]);
  }

  public path(name: string): string {
    return join(this.folder, name);
  }

  public async file(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(this.path(name), content);
    return this.path(name);
  }

  /** A partner account of a channel manager. */
  public async account(Name: string, values: Record<string, string> = {}, owner = NORA): Promise<string> {
    const id = await this.desk.create('Account', { Name, OwnerId: this.desk.id('User', owner), ...values });
    await this.desk.update('Account', id, { IsPartner: true });
    return id;
  }

  public contact(AccountId: string, LastName: string, Email: string, FirstName?: string): Promise<string> {
    return this.desk.create('Contact', { AccountId, LastName, Email, ...(FirstName ? { FirstName } : {}) });
  }

  /** A new partner account with so many contacts. */
  public async people(count: number): Promise<string> {
    const number = ++this.serial;
    const id = await this.account(`Mail Example ${number}`);
    for (let at = 1; at <= count; at++) await this.contact(id, `Person ${at}`, `p${at}.${number}@mail.example.com`);
    return id;
  }

  /** A file of people who are all to be made, of one new account. */
  public async newcomers(count: number): Promise<{ account: string; file: string }> {
    const name = `Newcomers Example ${++this.serial}`;
    const account = await this.account(name);
    const lines = Array.from(
      { length: count },
      (_, at) => `${name},Newcomer ${at},n${at}.${account}@fault.example.com,yes`
    );
    const text = `Account,Last Name,Email,Create\n${lines.join('\n')}\n`;
    return { account, file: await this.file('newcomers.csv', text) };
  }

  /** One contact and one user each, and so many mails to different people. */
  public async expectOnce(account: string, people: number, mails: number): Promise<void> {
    const users = this.users('AccountId', account);
    expect([this.contacts(account).length, users.length]).to.deep.equal([people, people]);
    expect(new Set(users.map(({ ContactId }) => ContactId)).size).to.equal(people);
    const sent = await this.mails();
    expect(sent).to.have.length(mails);
    expect(new Set(sent.map(({ relatedId }) => relatedId)).size).to.equal(mails);
  }

  /** One mail of a kind to each user of an account, which names its template and lets him in. */
  public async expectMails(accountId: string, kind: string, template: string, mails: OutboxMail[]): Promise<void> {
    const users = this.users('AccountId', accountId);
    expect(mails.map(({ relatedId }) => relatedId)).to.have.members(users.map(({ Id }) => Id));
    for (const mail of mails) {
      const { Id, Email } = users.find((user) => user.Id === mail.relatedId)!;
      expect(mail).to.deep.include({ kind, template, to: [Email], delivered: true });
      const { status, body } = await this.desk.openLink(mail);
      expect(status, JSON.stringify(body)).to.equal(200);
      expect((body as { user: { id: string } }).user.id).to.equal(Id);
      expect(this.desk.value(`SELECT LastLoginDate FROM User WHERE Id = '${Id}'`)).to.be.a('string');
    }
  }

  /** While `work` runs, the users of a profile are members of another site that is Live. */
  public async onPreview(welcome: boolean, work: () => Promise<void>, profile = OFFSITE): Promise<void> {
    const NetworkId = this.desk.id('Network', PREVIEW);
    await this.welcomes(welcome, PREVIEW);
    const group = await this.desk.create('NetworkMemberGroup', {
      NetworkId,
      ParentId: this.desk.id('Profile', profile),
    });
    this.desk.test.org.settle();
    await this.desk.update('Network', NetworkId, { Status: 'Live' });
    await this.desk.test.control.clearOutbox();
    await work();
    await this.desk.update('Network', NetworkId, { Status: 'DownForMaintenance' });
    await this.desk.update('NetworkMemberGroup', group, { AssignmentStatus: 'WaitingForRemove' });
    this.desk.test.org.settle();
  }

  /** Users whose `field` is one of `values`, in the order in which they were made. */
  public users(field: 'ContactId' | 'AccountId' | 'Username' | 'Email', ...values: string[]): UserRow[] {
    const among = values.map(quoted).join(', ');
    return this.desk.test.query(`SELECT ${USER_FIELDS.join(', ')} FROM User WHERE ${field} IN (${among}) ORDER BY Id`);
  }

  public contacts(accountId: string): Array<{ Id: string; FirstName: string | null; LastName: string; Email: string }> {
    return this.desk.test.query(
      `SELECT Id, FirstName, LastName, Email FROM Contact WHERE AccountId = '${accountId}' ORDER BY Id`
    );
  }

  public mails(kind?: string): Promise<OutboxMail[]> {
    return this.desk.test.control.outbox({ kind });
  }

  public async welcomes(on: boolean, site = LIVE): Promise<void> {
    await this.desk.update('Network', this.desk.id('Network', site), { OptionsSendWelcomeEmail: on });
  }

  /** Whether the welcome mail of a Live site is sent to users who are made by API; the default of the org is yes. */
  public welcomeOnInsert(answer: 'sent' | 'silent'): void {
    (this.desk.test.org.tools.variants as Record<string, string>).welcomeMailOnInsert = answer;
  }

  /** Sets the seats of a licence so that so many are free. */
  public leaveSeats(free: number, licence = 'Partner Community'): void {
    this.desk.test.org.store
      .sql('UPDATE "UserLicense" SET "TotalLicenses" = "UsedLicenses" + ? WHERE "Name" = ?')
      .run(free, licence);
  }

  /** All that a run keeps on disk, by the name of the file. */
  public async kept(run: string): Promise<Map<string, string>> {
    const folder = (await new RunStore(join(process.env.XDG_DATA_HOME!, 'sf-plugin-channel')).find(run))!;
    const names = await readdir(folder.path);
    return new Map(
      await Promise.all(
        names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder.path, name), 'utf8')])
      )
    );
  }
}

/** Reasons by line of the file. */
export const reasonsOf = ({ result }: InviteOutcome): Map<number | undefined, string> =>
  new Map(result!.rejected.map(({ line, reason }) => [line, reason]));

const LETTERS_1250 = new Map(
  [...new TextDecoder('windows-1250').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
    (letter, byte): [string, number] => [letter, byte]
  )
);

/** Text as Excel in Central Europe saves it. */
export const encode1250 = (text: string): Uint8Array =>
  Uint8Array.from([...text].map((letter) => LETTERS_1250.get(letter) ?? letter.charCodeAt(0)));

/** A practice org, and `partner invite` on it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PartnerInvite from '../../src/commands/channel/partner/invite.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import RunUndo from '../../src/commands/channel/run/undo.js';
import type { PartnerInviteResult } from '../../src/partners/invite/index.js';
import { RunStore } from '../../src/runs/index.js';
import type { OutboxMail } from '../../src/practice/contracts.js';
import { Desk } from '../practice/sites/support.js';
import { runCommand, type CommandOutcome } from './command.js';
import type { TestOrgOptions } from './practice.js';

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

export class InviteDesk {
  private readonly home = process.env.XDG_DATA_HOME;

  private constructor(
    public readonly desk: Desk,
    private readonly folder: string
  ) {
    // Runs are kept there: what those of other tests have recorded of an org does not count.
    process.env.XDG_DATA_HOME = join(folder, 'share');
  }

  public static async open(options?: TestOrgOptions): Promise<InviteDesk> {
    return new InviteDesk(await Desk.open(options), await mkdtemp(join(tmpdir(), 'channel-desk-invite-')));
  }

  public async close(): Promise<void> {
    process.env.XDG_DATA_HOME = this.home;
    await this.desk.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  public invite(...args: string[]): Promise<InviteOutcome> {
    return runCommand(PartnerInvite, ['--target-org', this.desk.test.username, ...args]);
  }

  /** Without any question, with the profile that no site welcomes. */
  public go(...args: string[]): Promise<InviteOutcome> {
    return this.invite('--no-prompt', '--profile', OFFSITE, ...args);
  }

  /** As another user, whose session sf knows. */
  public as(username: string, ...args: string[]): Promise<InviteOutcome> {
    return runCommand(PartnerInvite, ['--target-org', username, '--no-prompt', ...args]);
  }

  public undo(run: string, ...args: string[]): ReturnType<typeof runCommand> {
    return runCommand(RunUndo, [run, '--target-org', this.desk.test.username, '--no-prompt', ...args]);
  }

  public resume(run: string): ReturnType<typeof runCommand> {
    return runCommand(RunResume, [run, '--target-org', this.desk.test.username]);
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

  /** Whether the welcome mail of the Live site is sent to users who are made by API; the default of the org is yes. */
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

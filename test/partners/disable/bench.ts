/** What tests of disabling ask a practice org, and the command as they run it. */
import PartnerDisable from '../../../src/commands/channel/partner/disable.js';
import { domainOf } from '../../../src/org/read/index.js';
import type { PartnerDisableResult } from '../../../src/partners/disable/index.js';
import { runCommand, type CommandOutcome } from '../../helpers/command.js';
import { connect } from '../../helpers/exposure.js';
import type { TestOrg } from '../../helpers/practice.js';

export type Account = { Id: string; Name: string };

/** The command and questions about one org. */
export class Bench {
  public constructor(public readonly org: TestOrg) {}

  /** Without consent. */
  public ask(...args: string[]): Promise<CommandOutcome<PartnerDisableResult>> {
    return runCommand(PartnerDisable, ['--target-org', this.org.username, ...args]);
  }

  /** With it. */
  public disable(...args: string[]): Promise<CommandOutcome<PartnerDisableResult>> {
    return this.ask('--confirm-domain', domainOf(this.org.server.url), ...args);
  }

  public account(name: string): Account {
    return this.org.query<Account>(`SELECT Id, Name FROM Account WHERE Name = '${name}'`)[0]!;
  }

  /** Number of rows of a query. */
  public count(from: string): number {
    return this.org.query(`SELECT Id FROM ${from}`).length;
  }

  /** More partner users on an account, as its first contact's user is. */
  public async addUsers(account: Account, number: number): Promise<void> {
    this.org.org.store.sql('UPDATE "UserLicense" SET "TotalLicenses" = "TotalLicenses" + ?').run(number);
    const { conn } = await connect(this.org.username);
    const names = Array.from({ length: number }, (_, at) => `Many${at}`);
    const contacts = await conn.create(
      'Contact',
      names.map((LastName) => ({ LastName, AccountId: account.Id }))
    );
    const [profile] = this.org.query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Example Partner'");
    const users = names.map((LastName, at) => ({
      LastName,
      Username: `${LastName}@many.example.com`.toLowerCase(),
      Email: `${LastName}@example.com`,
      Alias: LastName,
      ContactId: contacts[at]!.id!,
      ProfileId: profile!.Id,
      TimeZoneSidKey: 'Europe/London',
      LocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    }));
    const made = await conn.create('User', users);
    const failed = made.find(({ success }) => !success);
    if (failed) throw new Error(JSON.stringify(failed));
  }
}

/** A practice org with its sites, and `site prepare` on it. */
import RunUndo from '../../src/commands/channel/run/undo.js';
import RunResume from '../../src/commands/channel/run/resume.js';
import SitePrepare from '../../src/commands/channel/site/prepare.js';
import { domainOf } from '../../src/org/read/index.js';
import type { SitePrepareResult } from '../../src/partners/site/index.js';
import type { OutboxMail } from '../../src/practice/contracts.js';
import { Desk } from '../practice/sites/support.js';
import { runCommand, type CommandOutcome } from './command.js';

export const PREVIEW = 'Example Training Preview';
export const LIVE = 'Example Partner Central';
export const OFFLINE = 'Example Partner Events';

export type SiteOutcome = CommandOutcome<SitePrepareResult>;

export class SiteDesk {
  private constructor(public readonly desk: Desk) {}

  public static async open(): Promise<SiteDesk> {
    return new SiteDesk(await Desk.open());
  }

  public close(): Promise<void> {
    return this.desk.close();
  }

  public prepare(...args: string[]): Promise<SiteOutcome> {
    return runCommand(SitePrepare, ['--target-org', this.desk.test.username, '--no-prompt', ...args]);
  }

  public on(site: string, ...args: string[]): Promise<SiteOutcome> {
    return this.prepare('--site', site, ...args);
  }

  /** The same command, where somebody answers its questions. */
  public asked(answers: boolean[], ...args: string[]): Promise<SiteOutcome> {
    const Asking = class extends SitePrepare {
      public override confirm = (): Promise<boolean> => Promise.resolve(answers.shift() ?? false);
      protected override canAsk = (): boolean => true;
    };
    Object.defineProperty(Asking, 'name', { value: 'SitePrepare' });
    return runCommand(Asking, ['--target-org', this.desk.test.username, ...args]);
  }

  public undo(run: string): ReturnType<typeof runCommand> {
    return runCommand(RunUndo, ['--target-org', this.desk.test.username, run, '--no-prompt']);
  }

  public resume(run: string): ReturnType<typeof runCommand> {
    return runCommand(RunResume, ['--target-org', this.desk.test.username, run]);
  }

  /** Consent to what is for good. */
  public get domain(): string[] {
    return ['--confirm-domain', domainOf(this.desk.test.server.url)];
  }

  public statusOf(site: string): string {
    return this.desk.value(`SELECT Status FROM Network WHERE Name = '${site}'`);
  }

  public switchWelcome(on: boolean, site = PREVIEW): Promise<void> {
    return this.desk.update('Network', this.desk.id('Network', site), { OptionsSendWelcomeEmail: on });
  }

  public welcomes(): Promise<OutboxMail[]> {
    return this.desk.test.control.outbox({ kind: 'welcome' });
  }

  /** Jobs that create or publish sites. */
  public jobs(): number {
    return Number(this.desk.test.org.store.sql('SELECT count(*) AS n FROM "BackgroundOperation"').get()!.n);
  }

  /** Status of each member group of a site, by the name of its profile or permission set. */
  public membersOf(site: string): Record<string, string> {
    const rows = this.desk.test.org.store
      .sql(
        `SELECT ifnull(p."Name", s."Label") AS name, g."AssignmentStatus" AS status FROM "NetworkMemberGroup" g
         JOIN "Network" n ON n."Id" = g."NetworkId" LEFT JOIN "Profile" p ON p."Id" = g."ParentId"
         LEFT JOIN "PermissionSet" s ON s."Id" = g."ParentId" WHERE n."Name" = ?`
      )
      .all(site);
    return Object.fromEntries(rows.map(({ name, status }) => [String(name), String(status)]));
  }

  /** Everything that a run of this command could have changed, when the org has come to rest. */
  public async state(): Promise<unknown> {
    this.desk.test.org.settle();
    return {
      sites: [PREVIEW, LIVE, OFFLINE].map((site) => [this.statusOf(site), this.membersOf(site)]),
      mails: (await this.welcomes()).length,
      jobs: this.jobs(),
    };
  }
}

import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import {
  applyFlags,
  asFailed,
  ChannelCommand,
  NO_TIMEOUT,
  planFlags,
  shared,
  tellOrgError,
  type MailFlags,
  type OclifError,
} from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  prepareSite,
  readStates,
  requestOf,
  SITE_KIND,
  siteDetailsSchema,
  SiteInputError,
  sitePrepareResult,
  suggestMembers,
  type Mails,
  type Parent,
  type PreparedSite,
  type SitePrepareResult,
  type SiteRequest,
} from '../../../partners/site/index.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import type { Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.site.prepare');

export default class SitePrepare extends ChannelCommand<SitePrepareResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    site: Flags.string({ summary: messages.getMessage('flags.site.summary'), exactlyOne: ['site', 'plan'] }),
    profile: Flags.string({
      summary: messages.getMessage('flags.profile.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    'permission-set': Flags.string({
      summary: messages.getMessage('flags.permission-set.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    publish: Flags.boolean({ summary: messages.getMessage('flags.publish.summary'), exclusive: ['plan'] }),
    live: Flags.boolean({
      summary: messages.getMessage('flags.live.summary'),
      description: messages.getMessage('flags.live.description'),
      exclusive: ['plan'],
    }),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<SitePrepareResult> {
    const { flags } = await this.parse(SitePrepare);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.inRunFolder('site', async (folder, keep) => {
      const request = await this.request(conn, org, folder, flags);
      const prepared = await this.prepare(conn, org, folder, request);
      const plan = await this.chosenPlan(flags.plan, prepared.plan, org, folder);
      this.showPlan(prepared);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return sitePrepareResult({ prepared, planFile });
      await this.acceptMails(prepared, flags);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      const states = await readStates(conn, prepared).catch(() => undefined);
      this.showReceipt(prepared, receipt);
      return sitePrepareResult({ prepared, receipt, folder, states });
    });
  }

  /** Wrong flags end with 1, as those of the commands about partners do. */
  protected override async catch(error: OclifError): Promise<never> {
    return super.catch(asFailed(error));
  }

  /** What is asked for: by flags, by a saved plan, or by a yes to what is suggested. */
  private async request(
    conn: Connection,
    org: OrgIdentity,
    folder: RunFolder,
    flags: {
      site?: string;
      profile?: string[];
      'permission-set'?: string[];
      publish?: boolean;
      live?: boolean;
      plan?: string;
      'no-prompt': boolean;
    }
  ): Promise<SiteRequest> {
    if (flags.plan !== undefined) return requestOf(await this.loadPlan(flags.plan, SITE_KIND, org, folder));
    const {
      site = '',
      profile: profiles = [],
      'permission-set': permissionSets = [],
      publish = false,
      live = false,
    } = flags;
    const request = { site, profiles, permissionSets, publish, live };
    if (profiles.length + permissionSets.length > 0) return request;
    const suggested = await this.suggest(conn, org, site);
    return { ...request, profiles: await this.choose(suggested, request, flags) };
  }

  private suggest(conn: Connection, org: OrgIdentity, site: string): Promise<Parent[]> {
    const title = messages.getMessage('stages.suggest');
    return this.reading(title, tellWith(org.username), () => suggestMembers(conn, org, site));
  }

  /** Nobody becomes a member without being named: by flags, or by a yes. @throws SfError where nobody can be asked */
  private async choose(
    suggested: readonly Parent[],
    { publish, live, site }: SiteRequest,
    consent: Pick<MailFlags, 'no-prompt'>
  ): Promise<string[]> {
    if (suggested.length === 0) return [];
    const names = suggested.map(({ name }) => name).join(', ');
    const flags = suggested.map(({ name }) => `--profile "${name}"`).join(' ');
    if (this.mayAsk(consent)) {
      const message = messages.getMessage('prompt.members', [names, site]);
      const yes = await this.confirm({ message, ms: NO_TIMEOUT });
      return yes ? suggested.map(({ id }) => id) : [];
    }
    if (!publish && !live) throw messages.createError('error.noMembers', [site, names], [flags]);
    this.warn(messages.getMessage('notMembers', [names, flags]));
    return [];
  }

  private prepare(conn: Connection, org: OrgIdentity, folder: RunFolder, request: SiteRequest): Promise<PreparedSite> {
    const title = messages.getMessage('stages.plan');
    return this.reading(title, tellWith(org.username), () => prepareSite(conn, org, folder, request));
  }

  private showPlan({ plan, mails }: PreparedSite): void {
    const { site, members } = siteDetailsSchema.parse(plan.details);
    this.log();
    this.log(messages.getMessage('plan.title', [site.name, plan.org.domain, plan.org.kind]));
    if (members.length > 0) {
      this.table({
        data: members.map(({ name, kind, before, after }) => ({
          member: name,
          kind: messages.getMessage(`kind.${kind}`),
          now: wordsOf(before),
          after: wordsOf(after),
        })),
        columns: ['member', 'kind', 'now', 'after'],
        overflow: 'wrap',
      });
    }
    this.log(messages.getMessage('plan.site', [wordsOf(site.before), wordsOf(site.after)]));
    for (const { title, undo } of plan.steps)
      this.log(messages.getMessage('plan.step', [title, messages.getMessage(`undo.${undo}`)]));
    this.log(mailsText(mails));
    for (const warning of plan.warnings) this.warn(warning);
    if (plan.steps.length === 0) this.log(messages.getMessage('plan.nothing'));
    else this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private async acceptMails({ mails, site }: PreparedSite, flags: MailFlags): Promise<void> {
    if (mails.count === 0) return;
    const text = mailsText(mails);
    const question = messages.getMessage('prompt.mails', [text]);
    await this.consentToMails(question, flags, () => messages.createError('error.mails', [site.name, text]));
  }

  private mayAsk(flags: Pick<MailFlags, 'no-prompt'>): boolean {
    return !flags['no-prompt'] && this.canAsk();
  }

  private showReceipt({ site }: PreparedSite, receipt: Receipt): void {
    this.tellRest(receipt);
    if (receipt.state !== 'done') return;
    if (receipt.verification?.agrees === false)
      this.warn(messages.getMessage('notVerified', [receipt.verification.differences[0] ?? '']));
    this.log(messages.getMessage('done', [site.name, receipt.run, receipt.org.username]));
    this.log(messages.getMessage('next', [site.name, receipt.org.username]));
  }
}

const WORDS = ['none', 'Live', 'DownForMaintenance', 'UnderConstruction'];

/** A state in the words of Setup; others as the org has them. */
const wordsOf = (state: string): string => (WORDS.includes(state) ? messages.getMessage(`state.${state}`) : state);

const mailsText = ({ count, certainty, reason }: Mails): string =>
  messages.getMessage(`mails.${certainty}`, [count ?? '?', reason ?? '']);

/** Bad input in words, other errors as all commands tell them. */
const tellWith =
  (username: string) =>
  (error: unknown): Error => {
    if (!(error instanceof SiteInputError)) return tellOrgError(error, username);
    return messages.createError(`error.${error.key}`, [...error.tokens], [username]);
  };

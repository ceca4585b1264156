import { Args } from '@oclif/core';
import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, shared, tellOrgError } from '../../../channel-command.js';
import { haveMailsChanged, INVITE_KIND, USERS_STEP } from '../../../partners/invite/index.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import {
  listRuns,
  readReceipt,
  summarize,
  type Receipt,
  type RunFolder,
  type RunResumeResult,
} from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.run.resume');

export default class RunResume extends ChannelCommand<RunResumeResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = { run: Args.string({ description: messages.getMessage('args.run.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    wait: Flags.integer({ char: 'w', min: 1, default: 60, summary: shared.getMessage('flags.wait.summary') }),
  };

  public async run(): Promise<RunResumeResult> {
    const { args, flags } = await this.parse(RunResume);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const folder = await this.findRun(args.run ?? (await this.newestOpen(org.id)));
    const before = await summarize(folder);
    if (before.org.id !== org.id) throw this.otherOrg(before.id, before.org);
    if (before.state === 'planned') throw messages.createError('error.notApplied', [before.id]);
    if (before.state === 'done') {
      this.log(messages.getMessage('alreadyDone', [before.id]));
      return { run: before, receipt: null };
    }
    if (before.kind === INVITE_KIND && !flags['accept-mails']) await this.refuseOtherMails(folder, conn, org.username);
    const receipt = await this.apply(folder, conn, flags.wait);
    return this.tell(folder, receipt);
  }

  private async newestOpen(orgId: string): Promise<string> {
    const open = (await listRuns(this.runs)).find(
      ({ org, state }) => org.id === orgId && state !== 'done' && state !== 'planned'
    );
    if (!open) throw messages.createError('error.nothingOpen');
    return open.id;
  }

  /** Users that are still to be made may be welcomed by sites that sent no mails when the plan was accepted. */
  private async refuseOtherMails(folder: RunFolder, conn: Connection, username: string): Promise<void> {
    const plan = await folder.readPlan();
    const made = (await readReceipt(folder))?.steps.find(({ step }) => step === USERS_STEP);
    const isOpen = plan.steps.some(({ id }) => id === USERS_STEP) && (!made || made.pending + made.failed > 0);
    if (!isOpen) return;
    const changed = await haveMailsChanged(conn, username, plan).catch((error: unknown) => {
      throw tellOrgError(error, username);
    });
    if (changed)
      throw messages.createError('error.mailsChanged', [folder.id], [folder.id, username, folder.id, username]);
  }

  private async tell(folder: RunFolder, receipt: Receipt): Promise<RunResumeResult> {
    const run = await summarize(folder);
    this.log(messages.getMessage('result', [run.id, run.done, run.rows]));
    this.tellRest(receipt);
    return { run, receipt };
  }
}

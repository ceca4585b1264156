import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, shared } from '../../../channel-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { listRuns, summarize, type Receipt, type RunFolder, type RunResumeResult } from '../../../runs/index.js';

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

  private async tell(folder: RunFolder, receipt: Receipt): Promise<RunResumeResult> {
    const run = await summarize(folder);
    this.log(messages.getMessage('result', [run.id, run.done, run.rows]));
    this.tellRest(receipt);
    return { run, receipt };
  }
}

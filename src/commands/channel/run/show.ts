import { Messages } from '@salesforce/core';
import { Args } from '@oclif/core';
import { ChannelCommand } from '../../../channel-command.js';
import {
  readReceipt,
  summarize,
  type Plan,
  type Receipt,
  type RunSummary,
  type RunShowResult,
} from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.run.show');

export default class RunShow extends ChannelCommand<RunShowResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = { run: Args.string({ description: messages.getMessage('args.run.summary') }) };

  public async run(): Promise<RunShowResult> {
    const { args } = await this.parse(RunShow);
    const folder = await this.findRun(args.run);
    const plan = await folder.readPlan();
    const run = await summarize(folder);
    const receipt = (await readReceipt(folder)) ?? null;
    this.show(run, receipt, plan);
    return { run, receipt, warnings: plan.warnings };
  }

  private show(run: RunSummary, receipt: Receipt | null, plan: Plan): void {
    const say = (key: string, ...tokens: Array<string | number>): void => this.log(messages.getMessage(key, tokens));
    say('title', run.id, run.title);
    say('line.org', run.org.domain, run.org.kind, run.org.username);
    say('line.state', run.state);
    if (receipt?.reason) say('line.reason', receipt.reason);
    const titles = new Map(plan.steps.map(({ id, title }) => [id, title]));
    for (const step of receipt?.steps ?? []) {
      say(
        'line.rows',
        titles.get(step.step) ?? step.step,
        step.rows,
        step.done,
        step.changed,
        step.failed,
        step.pending
      );
      if (step.errors.length > 0)
        this.table({ data: step.errors, columns: ['code', 'message', 'rows'], overflow: 'wrap' });
    }
    if (receipt?.verification) say('line.verified', receipt.verification.method, verdict(receipt.verification));
    if (run.undoneBy) say('line.undone', run.undoneBy);
    say('line.folder', run.folder);
  }
}

function verdict({ agrees, differences }: NonNullable<Receipt['verification']>): string {
  if (agrees === null) return messages.getMessage('unasked');
  return agrees ? messages.getMessage('agrees') : messages.getMessage('differs', [differences.slice(0, 5).join(' ')]);
}

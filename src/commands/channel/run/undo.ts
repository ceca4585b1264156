import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, ChannelCommand, shared, tellOrgError } from '../../../channel-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import {
  buildUndo,
  markUndone,
  plannedRows,
  readCsv,
  readReceipt,
  UNDO_KIND,
  type Plan,
  type Receipt,
  type RunFolder,
  type UndoRequest,
  type RunUndoResult,
} from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.run.undo');

/** Lines of what is left alone that are shown. */
const MOST_LINES = 15;

export default class RunUndo extends ChannelCommand<RunUndoResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = {
    run: Args.string({ description: messages.getMessage('args.run.summary'), required: true }),
  };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'dry-run': Flags.boolean({ summary: shared.getMessage('flags.dry-run.summary') }),
    ...applyFlags,
  };

  public async run(): Promise<RunUndoResult> {
    const { args, flags } = await this.parse(RunUndo);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const original = await this.findRun(args.run);
    await this.check(original, org.id);
    return this.inRunFolder('undo', async (folder, keep) => {
      const plan = await this.plan({ conn, org, original, folder });
      const listed = await this.showLeft(folder);
      if (flags['dry-run'] || plannedRows(plan) === 0) return resultOf(plan, null);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      await markUndone(original, receipt);
      const sum = (pick: 'done' | 'rows'): number => receipt.steps.reduce((total, step) => total + step[pick], 0);
      this.log(messages.getMessage('result', [sum('done'), sum('rows')]));
      this.tellRest(receipt);
      if (listed > 0) this.log(messages.getMessage('left.file', [folder.skipped]));
      return resultOf(plan, receipt);
    });
  }

  private async check(original: RunFolder, orgId: string): Promise<void> {
    const { kind, org } = await original.readPlan();
    const receipt = await readReceipt(original);
    if (org.id !== orgId) throw this.otherOrg(original.id, org);
    if (kind === UNDO_KIND) throw messages.createError('error.isUndo', [original.id]);
    if (receipt?.undoneBy)
      throw messages.createError('error.alreadyUndone', [original.id, receipt.undoneBy], [receipt.undoneBy]);
  }

  /** Shows what stays as it is, and why. @returns how many lines the list in the folder has; it goes with an undo that is not applied */
  private async showLeft(folder: RunFolder): Promise<number> {
    let lines = 0;
    for await (const batch of readCsv(folder.skipped)) {
      for (const [id = '', value = '', why = ''] of batch) {
        if (lines === 0) this.log(messages.getMessage('left'));
        if (lines < MOST_LINES) this.log(messages.getMessage('left.line', [value ? `${id} (${value})` : id, why]));
        lines += 1;
      }
    }
    if (lines > MOST_LINES) this.log(messages.getMessage('left.more', [lines - MOST_LINES]));
    return lines;
  }

  private async plan(request: Omit<UndoRequest, 'onProgress'>): Promise<Plan> {
    const tell = (error: unknown): Error => tellOrgError(error, request.org.username);
    const plan = await this.reading(messages.getMessage('stages.plan'), tell, (update) =>
      buildUndo({ ...request, onProgress: (read, total) => update(`${read} of ${total}`) })
    );
    const { undoes, restored, left } = undoDetails(plan);
    this.log(messages.getMessage('plan', [undoes, plan.org.domain, plan.org.kind, restored, left]));
    for (const warning of plan.warnings) this.warn(warning);
    if (restored === 0) this.log(messages.getMessage('nothing'));
    return plan;
  }
}

type Details = { undoes: string; restored: number; left: number };

const undoDetails = ({ details }: Plan): Details => details as Details;

function resultOf(plan: Plan, receipt: Receipt | null): RunUndoResult {
  const { undoes, restored, left } = undoDetails(plan);
  const state = receipt?.state ?? (restored > 0 ? 'planned' : 'nothing-to-do');
  return { undoes, run: receipt?.run ?? null, state, restorable: restored, left, receipt };
}

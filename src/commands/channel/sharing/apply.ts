import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { savePlan, stepSize, type Plan, type Receipt, type RunFolder } from '../../../runs/index.js';
import { decidedRequest, decisionFlags, SharingCommand } from '../../../sharing-command.js';
import {
  applyResult,
  ConflictError,
  prepareApply,
  proveClosed,
  SharingMoved,
  type ClosingProof,
  type Prepared,
  type SharingApplyResult,
} from '../../../sharing/apply/index.js';
import type { DecidedRequest } from '../../../sharing/decided.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.apply');

/** Lines of a list that are shown; all of them are in the plan. */
const MOST_LINES = 15;

export default class SharingApply extends SharingCommand<SharingApplyResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...decisionFlags,
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<SharingApplyResult> {
    const { flags } = await this.parse(SharingApply);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.inRunFolder('sharing', async (folder, keep) => {
      const request = decidedRequest(flags, true);
      const prepared = await this.prepare(conn, org, folder, request);
      const plan = await this.chosenPlan(flags.plan, prepared.plan, org, folder);
      this.showPlan(prepared);
      const planFile = flags['plan-file'];
      if (planFile) await this.save(folder, plan, planFile, flags.decisions);
      if (flags['dry-run'] || plan.steps.length === 0) return applyResult({ prepared, planFile });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      const proof = receipt.state === 'done' ? await this.prove(conn, org, request, prepared) : undefined;
      this.showReceipt(folder, receipt, proof, org.username);
      return applyResult({ prepared, folder, receipt, proof });
    });
  }

  private async prepare(
    conn: Connection,
    org: OrgIdentity,
    folder: RunFolder,
    request: DecidedRequest
  ): Promise<Prepared> {
    const tell = (error: unknown): Error => {
      if (error instanceof ConflictError)
        return messages.createError('error.conflict', [error.lines.join('\n')], [org.username, request.decisions]);
      if (error instanceof SharingMoved) return messages.createError('error.moved', [error.missing.join(', ')]);
      return this.tell(error, org.username);
    };
    return this.reading(messages.getMessage('stages.plan'), tell, (update) =>
      prepareApply(conn, org, folder, request, update)
    );
  }

  private async save(folder: RunFolder, plan: Plan, file: string, decisions: string): Promise<void> {
    await savePlan(folder, plan, file);
    this.log(messages.getMessage('plan.saved', [file, plan.org.username, decisions, file]));
  }

  private showPlan({ plan, choice, decided }: Prepared): void {
    this.log();
    this.log(messages.getMessage('plan.title', [plan.org.domain, plan.org.kind, choice.convert.length]));
    if (plan.steps.length > 0) {
      this.table({
        data: plan.steps.map((step) => ({
          title: step.title,
          changes: stepSize(step) || '',
          undo: step.kind === 'await-access' ? '' : step.undo,
        })),
        columns: [{ key: 'title', name: 'Step' }, 'changes', 'undo'],
        overflow: 'wrap',
      });
    }
    this.list(
      'plan.closes',
      choice.convert.map(({ key, fix }) => `${key}: ${fix.text}`)
    );
    this.list(
      'plan.byHand',
      choice.byHand.map(({ key, fix }) => `${key}: ${fix.text}`)
    );
    this.list(
      'plan.different',
      (decided.promotion?.different ?? []).map(({ entry }) => entry.key)
    );
    this.list(
      'plan.notHere',
      choice.notHere.map(({ key }) => key)
    );
    this.log(messages.getMessage('plan.rest', [choice.kept.length, choice.deferred.length, choice.open.length]));
    for (const warning of plan.warnings) this.warn(warning);
    if (plan.steps.length === 0) this.log(messages.getMessage('plan.nothing'));
    else this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private list(key: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.log(messages.getMessage(key, [lines.length]));
    for (const line of lines.slice(0, MOST_LINES)) this.log(`  ${line}`);
    if (lines.length > MOST_LINES) this.log(messages.getMessage('more', [lines.length - MOST_LINES]));
  }

  private async prove(
    conn: Connection,
    org: OrgIdentity,
    request: DecidedRequest,
    { choice }: Prepared
  ): Promise<ClosingProof> {
    const keys = choice.convert.map(({ key }) => key);
    const proof = await proveClosed(conn, org, request, keys).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    if (proof.open.length > 0) process.exitCode = EXIT.partly;
    return proof;
  }

  private showReceipt(folder: RunFolder, receipt: Receipt, proof: ClosingProof | undefined, username: string): void {
    this.tellRest(receipt);
    const { verification } = receipt;
    if (verification?.agrees === false) {
      process.exitCode = EXIT.partly;
      this.warn(messages.getMessage('notVerified', [verification.differences[0] ?? '']));
    }
    if (verification?.agrees === null)
      this.warn(messages.getMessage('unverified', [verification.differences[0] ?? '']));
    if (proof) {
      this.log(messages.getMessage('proof', [proof.closed.length, proof.closed.length + proof.open.length]));
      if (proof.open.length > 0) this.warn(messages.getMessage('stillOpen', [proof.open.join(', ')]));
    }
    this.log(messages.getMessage('backup', [folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('undo', [receipt.run, username]));
  }
}

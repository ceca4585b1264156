import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { Plan, Receipt } from '../../../runs/index.js';
import { mergeDecisions, openDecisions } from '../../../sharing/decisions/index.js';
import { reviewSharing } from '../../../sharing/index.js';
import {
  buildPublishPlan,
  PUBLISH_KIND,
  publishDetailsSchema,
  publishFingerprint,
  readFindings,
  sharingPublishResult,
  type SharingPublishResult,
} from '../../../sharing/publish/index.js';
import { reviewFlags, reviewRequest } from '../../../sharing-command.js';
import { FindingsCommand } from '../../../findings-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.publish');

export default class SharingPublish extends FindingsCommand<SharingPublishResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...reviewFlags,
    decisions: Flags.file({ summary: messages.getMessage('flags.decisions.summary'), exists: true }),
    'no-counts': Flags.boolean({ summary: messages.getMessage('flags.no-counts.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<SharingPublishResult> {
    const { flags } = await this.parse(SharingPublish);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      word: 'findings',
      kind: PUBLISH_KIND,
      make: async (folder, update) => {
        // Asked first: without the package the review would be read for nothing.
        const stored = await readFindings(conn);
        const { own } = await openDecisions({ file: flags.decisions }, org);
        const review = await reviewSharing(conn, org, reviewRequest(flags, !flags['no-counts']), update);
        return buildPublishPlan(org, folder, mergeDecisions(review, own).decided, stored);
      },
      reliesOn: async () => publishFingerprint(await readFindings(conn)),
      show: (plan) => this.showPlan(plan),
      finish: (run) => {
        if (run.receipt) this.tellRun(run.receipt);
        return Promise.resolve(sharingPublishResult(run));
      },
    });
  }

  private showPlan(plan: Plan): void {
    const { findings, created, changed, unchanged, gone, proposals } = publishDetailsSchema.parse(plan.details);
    this.log(messages.getMessage('plan.title', [plan.org.domain, findings, created, changed, unchanged, gone]));
    if (proposals > 0) this.log(messages.getMessage('plan.proposals', [proposals, plan.org.username]));
    if (plan.steps.length === 0) this.log(messages.getMessage('plan.nothing'));
    else this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
  }

  private tellRun(receipt: Receipt): void {
    const { verification, run, org } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('proof.holds', [shown(verification.method)]));
    else if (verification) this.warn(messages.getMessage('proof.differs', [shown(verification.differences[0] ?? '')]));
    this.tellRest(receipt);
    this.log(messages.getMessage('undo', [run, org.username]));
  }
}

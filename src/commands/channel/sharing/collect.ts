import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, checkWritable, planFlags, shared, type ApplyFlags } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { Plan, RunFolder } from '../../../runs/index.js';
import { DecisionSession, openDecisions } from '../../../sharing/decisions/index.js';
import { reviewSharing, type ReviewRequest } from '../../../sharing/index.js';
import {
  buildCollectPlan,
  COLLECT_KIND,
  collectDetailsSchema,
  collectFingerprint,
  collectProposals,
  readFindings,
  sharingCollectResult,
  type SharingCollectResult,
} from '../../../sharing/publish/index.js';
import { reviewFlags, reviewRequest } from '../../../sharing-command.js';
import { FindingsCommand } from '../../../findings-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.collect');

type Wanted = ReviewRequest & { file: string; prefersOrg: boolean };

export default class SharingCollect extends FindingsCommand<SharingCollectResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...reviewFlags,
    decisions: Flags.string({ summary: messages.getMessage('flags.decisions.summary'), required: true }),
    'prefer-org': Flags.boolean({ summary: messages.getMessage('flags.prefer-org.summary') }),
    'dry-run': planFlags['dry-run'],
    ...applyFlags,
  };

  /** The file with what was taken; written when the run begins. */
  private session?: DecisionSession;

  public async run(): Promise<SharingCollectResult> {
    const { flags } = await this.parse(SharingCollect);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    await checkWritable(flags.decisions);
    const org = await this.identify(conn);
    const wanted: Wanted = {
      ...reviewRequest(flags, false),
      file: flags.decisions,
      prefersOrg: flags['prefer-org'],
    };
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      word: 'proposals',
      kind: COLLECT_KIND,
      make: (folder, update) => this.make(conn, org, wanted, folder, update),
      reliesOn: async () => collectFingerprint(await readFindings(conn)),
      show: (plan) => this.showPlan(plan, flags.decisions),
      finish: (run) => {
        if (run.receipt) {
          this.tellRest(run.receipt);
          this.log(messages.getMessage('done', [org.username, flags.decisions]));
        }
        return Promise.resolve(sharingCollectResult(run));
      },
    });
  }

  /** The file is written before the org is told: what is in the file and not marked is taken again, and nothing is lost. */
  protected override async consent(plan: Plan, flags: ApplyFlags): Promise<void> {
    await super.consent(plan, flags);
    await this.session?.save();
  }

  private async make(
    conn: Connection,
    org: OrgIdentity,
    { file, prefersOrg, ...request }: Wanted,
    folder: RunFolder,
    update: (stage: string) => void
  ): Promise<Plan> {
    const stored = await readFindings(conn);
    const open = await openDecisions({ file }, org);
    const review = await reviewSharing(conn, org, request, update);
    const session = new DecisionSession(file, org, open, review);
    const collected = collectProposals(session.merged.decided, stored, prefersOrg);
    session.replace(collected.decided);
    this.session = session;
    return buildCollectPlan(org, folder, collected, stored);
  }

  private showPlan(plan: Plan, file: string): void {
    const { taken, left } = collectDetailsSchema.parse(plan.details);
    this.log(messages.getMessage('plan.title', [taken.length, file, left.length]));
    for (const { key, decision, reason = '', by = '' } of taken) {
      this.log(shown(messages.getMessage('plan.taken', [key, decision, by, reason])));
    }
    for (const warning of plan.warnings) this.warn(shown(warning));
    if (plan.steps.length === 0) this.log(messages.getMessage('plan.nothing'));
  }
}

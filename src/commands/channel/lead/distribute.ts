import { Messages, type Connection, type SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, ChannelCommand, planFlags, shared, tellOrgError } from '../../../channel-command.js';
import {
  buildDistribution,
  carriedFrom,
  checkAccess,
  detailsSchema,
  DISTRIBUTE_KIND,
  distributeResult,
  readSelection,
  readTargets,
  reportData,
  RequestError,
  targetsFingerprint,
  type DistributeFlags,
  type DistributeResult,
  type Members,
} from '../../../leads/distribute/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { writeDistributionReport } from '../../../report/distribution-report.js';
import { lastLine, tellSelectionError } from '../../../selection-errors.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { plannedRows, type Plan, type Receipt, type RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.distribute');

export default class LeadDistribute extends ChannelCommand<DistributeResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), multiple: true, exclusive: ['plan'] }),
    cap: Flags.string({ summary: messages.getMessage('flags.cap.summary'), multiple: true, exclusive: ['plan'] }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), exclusive: ['file', 'plan'] }),
    file: Flags.string({
      summary: messages.getMessage('flags.file.summary'),
      exclusive: ['where', 'from-queue', 'plan'],
    }),
    'from-queue': Flags.string({
      summary: messages.getMessage('flags.from-queue.summary'),
      exclusive: ['file', 'plan'],
    }),
    fresh: Flags.boolean({ summary: messages.getMessage('flags.fresh.summary'), exclusive: ['plan'] }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<DistributeResult> {
    const { flags } = await this.parse(LeadDistribute);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.inRunFolder('distribute', async (folder, keep) => {
      const request = {
        to: flags.to ?? [],
        cap: flags.cap ?? [],
        where: flags.where,
        file: flags.file,
        fromQueue: flags['from-queue'],
      };
      const plan = flags.plan
        ? await this.savedPlan(conn, org, folder, flags.plan)
        : await this.newPlan(conn, org, folder, request, flags.fresh);
      this.showPlan(plan);
      if (flags['plan-file']) await this.keepPlan(messages, folder, plan, flags['plan-file']);
      if (flags['dry-run'] || plannedRows(plan) === 0) return distributeResult({ plan, planFile: flags['plan-file'] });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      await writeDistributionReport(folder.report, reportData(plan, receipt));
      this.showReceipt(folder, plan, receipt);
      return distributeResult({ plan, folder, receipt });
    });
  }

  private newPlan(
    conn: Connection,
    org: OrgIdentity,
    folder: RunFolder,
    request: DistributeFlags,
    fresh: boolean
  ): Promise<Plan> {
    return this.reading(
      messages.getMessage('stages.plan'),
      (error) => tellRequestError(error, request) ?? tellOrgError(error, org.username),
      async (update, goOn) => {
        await checkAccess(conn);
        const members = await readTargets(conn, request);
        const { targets } = members;
        const warnings = warningsOf(members);
        const selection = await readSelection(conn, request);
        const carried = fresh ? undefined : await carriedFrom(await this.runs.list(), org.id, targets);
        await goOn('Plan');
        const onProgress = (read: number, total: number): void => update(`${read} of ${total}`);
        const plan = await buildDistribution({ conn, org, selection, targets, warnings, carried, folder, onProgress });
        if (plan.details.selected === 0) throw messages.createError('error.emptySelection', [selection.text]);
        return plan;
      },
      ['Read', 'Plan']
    );
  }

  /** A saved plan is applied only while its members still are what they were. */
  private async savedPlan(conn: Connection, org: OrgIdentity, folder: RunFolder, file: string): Promise<Plan> {
    const plan = await this.loadPlan(file, DISTRIBUTE_KIND, org, folder);
    const { members } = detailsSchema.parse(plan.details);
    try {
      await checkAccess(conn);
      const cap = members.flatMap(({ id, cap: most }) => (most === undefined ? [] : [`${id}=${most}`]));
      const { targets } = await readTargets(conn, { to: members.map(({ id, weight }) => `${id}:${weight}`), cap });
      if (targetsFingerprint(targets) !== plan.fingerprint) throw shared.createError('error.planStale');
      return plan;
    } catch (error) {
      if (error instanceof RequestError && error.key !== 'access') throw shared.createError('error.planStale');
      throw tellRequestError(error, {}) ?? tellOrgError(error, org.username);
    }
  }

  private showPlan(plan: Plan): void {
    const details = detailsSchema.parse(plan.details);
    const { org, cost } = plan;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, details.selected, plannedRows(plan)]));
    this.table({
      data: details.members.map(({ name, kind, weight, before, assigned, share, deviation }) => ({
        name,
        kind,
        weight,
        before,
        assigned,
        after: before + assigned,
        share: share.toFixed(2),
        deviation: deviation.toFixed(2),
      })),
      columns: ['name', 'kind', 'weight', 'before', 'assigned', 'share', { key: 'deviation', name: 'Off by' }],
    });
    const skipped = Object.entries({
      ...details.skipped,
      ...(details.unchanged > 0 ? { unchanged: details.unchanged } : {}),
    });
    const words = skipped.map(([reason, count]) => messages.getMessage(`skip.${reason}`, [count]));
    if (words.length > 0) this.log(messages.getMessage('plan.skipped', [words.join(', ')]));
    this.log(messages.getMessage('plan.deviation', [details.worstDeviation.toFixed(3)]));
    if (details.carriedFrom) this.log(messages.getMessage('plan.carried', [details.carriedFrom]));
    if (plannedRows(plan) === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    for (const warning of plan.warnings) this.warn(warning);
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log(messages.getMessage('plan.local'));
    this.log();
  }

  private showReceipt(folder: RunFolder, plan: Plan, receipt: Receipt): void {
    const [step] = receipt.steps;
    this.log(messages.getMessage('result.title', [step?.done ?? 0, step?.rows ?? 0]));
    const { verification } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification)
      this.warn(messages.getMessage('result.notVerified', [verification.differences.slice(0, 3).join(' ')]));
    this.tellRest(receipt);
    this.log(messages.getMessage('result.files', [folder.report, folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('result.undo', [receipt.run, plan.org.username]));
  }
}

/** What is not known of members, or is to be known of them. */
function warningsOf({ unchecked, doubts }: Members): string[] {
  return [
    ...unchecked.map((name) => messages.getMessage('warning.unchecked', [name])),
    ...doubts.map(({ name, verdict, reason }) =>
      messages.getMessage(verdict === 'unknown' ? 'warning.partnerUnknown' : 'warning.partner', [name, reason])
    ),
  ];
}

/** Bad input in words, or undefined for another error. */
function tellRequestError(error: unknown, { where }: Pick<DistributeFlags, 'where'>): SfError | undefined {
  const told = tellSelectionError(error);
  const code = (error as { errorCode?: string }).errorCode ?? '';
  const isCondition = /MALFORMED_QUERY|INVALID_FIELD|INVALID_QUERY_FILTER_OPERATOR|INVALID_TYPE/.test(code);
  if (told || where === undefined || !isCondition) return told;
  return messages.createError('error.where', [lastLine((error as Error).message), where]);
}

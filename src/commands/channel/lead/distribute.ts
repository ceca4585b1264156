import { Messages, type Connection, type SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared, type Progress } from '../../../channel-command.js';
import {
  checkAccess,
  detailsSchema,
  DISTRIBUTE_KIND,
  distributeResult,
  LockHeld,
  planNamed,
  planRotation,
  readTargets,
  readyRotation,
  reportData,
  RequestError,
  rotationFingerprint,
  RotationRefusal,
  targetsFingerprint,
  type DistributeResult,
  type DistributionDetails,
  type Planning,
  type SeatNotes,
  type Wish,
} from '../../../leads/distribute/index.js';
import { readRotation } from '../../../leads/rotation/records/index.js';
import type { PlannedRun } from '../../../planned-command.js';
import { writeDistributionReport } from '../../../report/distribution-report.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { RotationCommand } from '../../../rotation-command.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';
import { doubtsInWords, lastLine, tellSelectionError } from '../../../selection-errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.distribute');

/** Former owners that are named; all of them are in the result. */
const MOST_GIVERS = 8;

/** A flag that makes no sense beside others. */
const without = (...exclusive: string[]): { exclusive: string[] } => ({ exclusive: [...exclusive, 'plan'] });

export default class LeadDistribute extends RotationCommand<DistributeResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), multiple: true, ...without('rotation') }),
    cap: Flags.string({ summary: messages.getMessage('flags.cap.summary'), multiple: true, ...without('rotation') }),
    rotation: Flags.string({ char: 'r', summary: messages.getMessage('flags.rotation.summary'), ...without('to') }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), ...without('file') }),
    file: Flags.string({ summary: messages.getMessage('flags.file.summary'), ...without('where', 'from-queue') }),
    'from-queue': Flags.string({ summary: messages.getMessage('flags.from-queue.summary'), ...without('file') }),
    balance: Flags.option({
      summary: messages.getMessage('flags.balance.summary'),
      options: ['assigned', 'open-leads'] as const,
      ...without('rotation'),
    })(),
    fresh: Flags.boolean({ summary: messages.getMessage('flags.fresh.summary'), ...without('rotation') }),
    redistribute: Flags.boolean({
      summary: messages.getMessage('flags.redistribute.summary'),
      dependsOn: ['rotation'],
    }),
    'record-assignments': Flags.boolean({
      summary: messages.getMessage('flags.record-assignments.summary'),
      allowNo: true,
      ...without(),
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<DistributeResult> {
    const { flags } = await this.parse(LeadDistribute);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const wish: Wish = {
      ...{ to: flags.to ?? [], cap: flags.cap ?? [], where: flags.where, file: flags.file },
      ...{ fromQueue: flags['from-queue'], balance: flags.balance ?? 'assigned', fresh: flags.fresh },
      ...{ redistribute: flags.redistribute, record: flags['record-assignments'] },
    };
    const condition = flags.where ?? (flags.rotation === undefined ? undefined : messages.getMessage('ofRotation'));
    return this.carryOut({
      ...{ conn, org, flags, messages, word: 'distribute', kind: DISTRIBUTE_KIND, stages: ['Read', 'Plan'] },
      title: messages.getMessage('stages.plan'),
      make: (folder, ...progress) => this.newPlan({ conn, org, folder }, wish, flags.rotation, progress),
      reliesOn: (plan) => fingerprintNow(conn, plan),
      tell: (error) => tellRequest(error, condition) ?? this.tell(error, org.username),
      show: (plan) => this.showPlan(plan, detailsSchema.parse(plan.details)),
      finish: (run) => this.finished(run),
    });
  }

  private async newPlan(
    making: Pick<Planning, 'conn' | 'org' | 'folder'>,
    wish: Wish,
    key: string | undefined,
    [update, goOn]: Progress
  ): Promise<Plan> {
    const planning: Planning = {
      ...making,
      runs: await this.runs.list(),
      wish,
      words: warningsOf,
      goOn: () => goOn('Plan'),
      onProgress: (read, total) => update(`${read} of ${total}`),
    };
    const plan =
      key === undefined
        ? await planNamed(planning)
        : await planRotation(planning, await this.requireStored(making.conn, key, messages.getMessage('others')));
    const { selected, selection } = detailsSchema.parse(plan.details);
    // A rotation that finds no new leads is a good night; a selection of the command's own that is empty is a mistake.
    if (selected === 0 && key === undefined) throw messages.createError('error.emptySelection', [selection]);
    return plan;
  }

  private async finished({ plan, planFile, folder, receipt }: PlannedRun): Promise<DistributeResult> {
    if (!folder || !receipt) return distributeResult({ plan, planFile });
    await writeDistributionReport(folder.report, reportData(plan, receipt));
    this.showReceipt(folder, receipt);
    return distributeResult({ plan, folder, receipt });
  }

  private showPlan(plan: Plan, details: DistributionDetails): void {
    const { org, cost } = plan;
    const moves = plan.steps[0]?.kind === 'update-rows' ? plan.steps[0].rows.count : 0;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, details.selected, moves]));
    if (details.rotation)
      this.log(shown(messages.getMessage('plan.rotation', [details.rotation.name, details.selection])));
    this.table({
      data: details.members.map(({ name, kind, weight, before, assigned, share, deviation, blocked }) => ({
        ...{ name, kind, weight, before, assigned, after: before + assigned },
        ...{ share: share.toFixed(2), deviation: deviation.toFixed(2), note: blocked ?? '' },
      })),
      columns: [
        ...(['name', 'kind', 'weight', 'before', 'assigned', 'share'] as const),
        { key: 'deviation', name: 'Off by' },
        ...(details.members.some(({ blocked }) => blocked !== undefined) ? (['note'] as const) : []),
      ],
    });
    for (const line of linesOf(details)) this.log(shown(line));
    for (const warning of plan.warnings) this.warn(shown(warning));
    if (moves === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    if (details.recorded > 0) this.log(messages.getMessage('plan.recorded', [details.recorded]));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log();
  }

  private showReceipt(folder: RunFolder, receipt: Receipt): void {
    const [step] = receipt.steps;
    this.log(messages.getMessage('result.title', [step?.done ?? 0, step?.rows ?? 0]));
    const { verification } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification)
      this.warn(messages.getMessage('result.notVerified', [verification.differences.slice(0, 3).join(' ')]));
    this.tellRest(receipt);
    this.log(messages.getMessage('result.files', [folder.report, folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('result.undo', [receipt.run, receipt.org.username]));
  }
}

/** What is to be said of a plan below its table. */
function linesOf(details: DistributionDetails): string[] {
  const { skipped, unchanged, worstDeviation, carriedFrom, fallback, balance, from } = details;
  const left = Object.entries({ ...skipped, ...(unchanged > 0 ? { unchanged } : {}) });
  const words = left.map(([reason, count]) => messages.getMessage(`skip.${reason}`, [count]));
  const givers = from.slice(0, MOST_GIVERS).map(({ name, leads }) => `${name} ${leads}`);
  const others = from.length > MOST_GIVERS ? [messages.getMessage('plan.fromOthers', [from.length - MOST_GIVERS])] : [];
  return [
    ...(from.length > 0 ? [messages.getMessage('plan.from', [[...givers, ...others].join(', ')])] : []),
    ...(fallback && fallback.leads > 0 ? [messages.getMessage('plan.fallback', [fallback.leads, fallback.name])] : []),
    ...(words.length > 0 ? [messages.getMessage('plan.skipped', [words.join(', ')])] : []),
    messages.getMessage(balance === 'assigned' ? 'plan.deviation' : 'plan.openLeads', [worstDeviation.toFixed(3)]),
    ...(carriedFrom ? [messages.getMessage('plan.carried', [carriedFrom])] : []),
  ];
}

/** What is not known of members, or is to be known of them. */
function warningsOf(notes: SeatNotes, isLocal: boolean): string[] {
  return [
    ...(isLocal ? [messages.getMessage('plan.local')] : []),
    ...notes.blocked.map(({ name, detail }) => messages.getMessage('warning.blocked', [name, detail])),
    ...doubtsInWords(notes),
  ];
}

/** What a saved plan relies on: its members. A rotation or members that can take no leads any more are others. */
async function fingerprintNow(conn: Connection, plan: Plan): Promise<string> {
  const { members, rotation } = detailsSchema.parse(plan.details);
  await checkAccess(conn);
  try {
    if (rotation) {
      const stored = await readRotation(conn, rotation.key);
      return stored ? rotationFingerprint(await readyRotation(conn, stored)) : '';
    }
    const cap = members.flatMap(({ id, cap: most }) => (most === undefined ? [] : [`${id}=${most}`]));
    const { targets } = await readTargets(conn, { to: members.map(({ id, weight }) => `${id}:${weight}`), cap });
    return targetsFingerprint(targets);
  } catch (error) {
    if (error instanceof RequestError || error instanceof RotationRefusal) return '';
    throw error;
  }
}

/**
 * Bad input in words, or undefined for another error.
 * @param condition the one that the org may refuse: of the command, or of a rotation
 */
function tellRequest(error: unknown, condition: string | undefined): SfError | undefined {
  if (error instanceof LockHeld) {
    const { what, run, holder, until } = error;
    return messages.createError('error.locked', [what, run, holder, until]);
  }
  if (error instanceof RotationRefusal) {
    const { key, rotation, problems } = error;
    return messages.createError(`error.rotation.${key}`, [rotation, problems.join('\n')], [rotation]);
  }
  const told = tellSelectionError(error);
  const { name = '', errorCode = '', message } = error as { name?: string; errorCode?: string; message: string };
  const isCondition = /MALFORMED_QUERY|INVALID_FIELD|INVALID_QUERY_FILTER_OPERATOR|INVALID_TYPE/.test(errorCode);
  if (told || condition === undefined || !(isCondition || name === 'ConditionError')) return told;
  return messages.createError('error.where', [lastLine(message), condition]);
}

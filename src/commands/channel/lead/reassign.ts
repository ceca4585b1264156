import { Messages, type Connection, type SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import {
  applyFlags,
  planFlags,
  shared,
  tellOrgError,
  type MailFlags,
  type Progress,
} from '../../../channel-command.js';
import { LeadIdError } from '../../../leads/assign/index.js';
import { UnknownOwners } from '../../../leads/holding/index.js';
import { mailsNow, NotifyError, planMails, ProbeStore } from '../../../leads/notify/index.js';
import {
  AllRejected,
  buildReassign,
  leadReassignResult,
  NoNewOwner,
  readReassign,
  REASSIGN_KIND,
  reassignDetailsSchema,
  reassignFingerprint,
  refusedRows,
  requireRecording,
  resolveOwners,
  type LeadReassignResult,
  type Moves,
  type Notify,
  type ReassignDetails,
  type ReassignPlanning,
  type ReassignRequest,
  type ReassignSnapshot,
} from '../../../leads/reassign/index.js';
import { PackageMissing } from '../../../leads/rotation/records/index.js';
import { partnerMessages } from '../../../partner-command.js';
import { tellSourceError } from '../../../partners/index.js';
import { PlannedCommand, type PlannedRun } from '../../../planned-command.js';
import { rejectedTarget, saveRejectedRows, showRejectedRows } from '../../../rejected-file.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';
import { doubtsInWords, selectionMessages, tellSelectionError, tellWhere } from '../../../selection-errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.reassign');

/** Owners that are shown; all of them are in the result. */
const MOST_OWNERS = 30;

export default class LeadReassign extends PlannedCommand<LeadReassignResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly strict = false;
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), exclusive: ['plan'] }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), exclusive: ['file', 'plan'] }),
    file: Flags.string({
      summary: messages.getMessage('flags.file.summary'),
      exclusive: ['where', 'from-owner', 'plan'],
    }),
    encoding: Flags.string({ summary: messages.getMessage('flags.encoding.summary'), dependsOn: ['file'] }),
    rejected: Flags.string({ summary: messages.getMessage('flags.rejected.summary'), dependsOn: ['file'] }),
    'from-owner': Flags.string({
      summary: messages.getMessage('flags.from-owner.summary'),
      multiple: true,
      exclusive: ['file', 'plan'],
    }),
    activities: Flags.option({
      summary: messages.getMessage('flags.activities.summary'),
      options: ['keep', 'move'] as const,
      exclusive: ['plan'],
    })(),
    'record-assignments': Flags.boolean({
      summary: messages.getMessage('flags.record-assignments.summary'),
      exclusive: ['plan'],
    }),
    notify: Flags.boolean({ summary: messages.getMessage('flags.notify.summary'), exclusive: ['plan'] }),
    template: Flags.string({ summary: messages.getMessage('flags.template.summary'), dependsOn: ['notify'] }),
    route: Flags.option({
      summary: messages.getMessage('flags.route.summary'),
      description: messages.getMessage('flags.route.description'),
      options: ['apex', 'alert', 'soap'] as const,
      dependsOn: ['notify'],
    })(),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  private snapshot?: ReassignSnapshot;
  /** Where every row of the file was rejected. */
  private refusal?: AllRejected;

  public async run(): Promise<LeadReassignResult> {
    const { flags, argv } = await this.parse(LeadReassign);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { where, file, encoding, to } = flags;
    const request = { ids: argv.map(String), where, file, encoding, to, fromOwners: flags['from-owner'] ?? [] };
    this.checkSelection(request, flags.plan);
    const rejectedTo = await rejectedTarget(file, flags.rejected);
    const org = await this.identify(conn);
    const { notify, template, route } = flags;
    if ((route === 'soap' || route === 'apex') && template !== undefined)
      throw messages.createError('error.noTemplate');
    const options = {
      activities: flags.activities ?? 'keep',
      record: flags['record-assignments'],
      notify,
      template,
      route,
    } as const;
    const work = this.carryOut({
      ...{ conn, org, flags, messages, word: 'reassign', kind: REASSIGN_KIND, stages: ['Read', 'Plan'] },
      title: messages.getMessage('stages.plan'),
      make: (folder, ...progress) => this.newPlan({ conn, org, folder, ...options }, request, progress),
      reliesOn: (plan) => fingerprintNow(conn, plan),
      tell: (error) => tellRequest(error, request, org.username) ?? tellOrgError(error, org.username),
      show: (plan) => this.showPlan(plan, reassignDetailsSchema.parse(plan.details)),
      ask: (plan) => this.askForMails(flags, reassignDetailsSchema.parse(plan.details)),
      finish: (run) => this.finished(run, flags['dry-run'], rejectedTo),
    });
    return work.catch(async (error: unknown) => {
      await this.saveAllRejected(flags['dry-run'] ? undefined : rejectedTo);
      throw error;
    });
  }

  private checkSelection({ ids, where, file, fromOwners }: ReassignRequest, plan: string | undefined): void {
    const byCondition = where !== undefined || fromOwners.length > 0;
    const ways = [ids.length > 0, byCondition, file !== undefined].filter(Boolean).length;
    if (plan === undefined && ways === 0) throw messages.createError('error.noSelection');
    if (ways > (plan === undefined ? 1 : 0)) throw messages.createError('error.twoSelections');
  }

  /** Where no row of the file is left, its rejected rows are the whole answer. */
  private async saveAllRejected(rejectedTo: string | undefined): Promise<void> {
    if (!this.refusal) return;
    const { csv, rejected } = this.refusal;
    showRejectedRows(this, rejected, await saveRejectedRows(rejectedTo, csv, rejected));
  }

  private async newPlan(
    { notify, template, route, ...making }: Making,
    request: ReassignRequest,
    [update, goOn]: Progress
  ): Promise<Plan> {
    const { conn, record } = making;
    const snapshot = await readReassign(conn, request, ({ key, text, detail }) =>
      selectionMessages.getMessage(`target.${key}`, [text, detail])
    ).catch((error: unknown) => {
      if (error instanceof AllRejected) this.refusal = error;
      throw error;
    });
    this.snapshot = snapshot;
    if (record) await requireRecording(conn);
    await goOn('Plan');
    const onProgress = (read: number, total: number): void => update(`${read} of ${total}`);
    const warnings = doubtsInWords(snapshot);
    const { org, folder } = making;
    const mailing = { conn, org, folder, owners: snapshot.owners, wanted: template, ...(route ? { route } : {}) };
    const probes = route === 'soap' ? await new ProbeStore(this.config.dataDir, org.id).list() : [];
    const notifying = notify ? { notifying: (moves: Moves) => planMails({ ...mailing, probes }, moves) } : {};
    const plan = await buildReassign({ ...making, snapshot, warnings, onProgress, ...notifying });
    if (plan.details.selected === 0)
      throw selectionMessages.createError('error.emptySelection', [snapshot.selection.text]);
    return plan;
  }

  private async askForMails(flags: MailFlags, { notify }: ReassignDetails): Promise<void> {
    if (!notify) return;
    const mails = notify.mails ?? messages.getMessage('unknown');
    const refuse = (): SfError => messages.createError('error.mails', [mails]);
    await this.consentToMails(messages.getMessage('prompt.mails', [mails]), flags, refuse);
  }

  private async finished(run: PlannedRun, isDry: boolean, rejectedTo: string | undefined): Promise<LeadReassignResult> {
    const { folder, receipt } = run;
    const refused = this.snapshot && folder && receipt ? await refusedRows(folder, this.snapshot) : [];
    const rejected = [...(this.snapshot?.rejected ?? []), ...refused];
    const file = isDry ? undefined : await saveRejectedRows(rejectedTo, this.snapshot?.csv, rejected);
    if (folder && receipt) this.showReceipt(folder, receipt, reassignDetailsSchema.parse(run.plan.details));
    showRejectedRows(this, refused, file);
    const isPartly = rejected.length > 0 && !isDry && (receipt === undefined || receipt.state === 'done');
    if (isPartly) process.exitCode = EXIT.partly;
    return leadReassignResult({ ...run, rejected, rejectedFile: file });
  }

  private showPlan({ org, warnings, cost }: Plan, details: ReassignDetails): void {
    const { owners, selected, moved, notify } = details;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, moved, selected]));
    this.table({
      data: owners.slice(0, MOST_OWNERS).map(({ name, kind, partner, leads, before, after, mails }) => ({
        ...{ name, kind: partner ? 'Partner user' : kind, leads, before, after, mails: mails ?? '?' },
      })),
      columns: [{ key: 'name', name: 'New owner' }, 'kind', 'leads', 'before', 'after', 'mails'],
    });
    for (const line of linesOf(details)) this.log(shown(line));
    for (const warning of warnings) this.warn(shown(warning));
    showRejectedRows(this, this.snapshot?.rejected ?? [], undefined);
    if (moved === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    if (notify) this.showMails(notify);
    else this.log(messages.getMessage('plan.noMail'));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log();
  }

  /** The mail as the first new owner will get it, before anybody is asked. */
  private showMails({ route, alert, template, brings, mails, others, sample, left }: Notify): void {
    const count = mails ?? messages.getMessage('unknown');
    if (route !== 'alert') this.log(messages.getMessage(`plan.${route}`, [count]));
    else this.log(messages.getMessage('plan.mails', [count, left ?? '?', alert ?? '', template ?? '']));
    for (const title of brings) this.log(`  ${title}`);
    if (others.length > 0) this.log(shown(messages.getMessage('plan.others', [others.join(', ')])));
    if (!sample) return;
    this.log(messages.getMessage('plan.sample', [sample.lead]));
    for (const line of [sample.subject, '', ...sample.body.split(/\r?\n/)]) this.log(`  | ${shown(line)}`);
  }

  private showReceipt(folder: RunFolder, receipt: Receipt, { notify, owners: given }: ReassignDetails): void {
    const owners = receipt.steps.find(({ kind }) => kind === 'update-rows');
    this.log(messages.getMessage('result.title', [owners?.done ?? 0, owners?.rows ?? 0]));
    const mails = receipt.steps.find(({ kind }) => kind === 'notify');
    if (mails) this.log(messages.getMessage('result.mails', [mails.done, mails.rows]));
    else if (notify && owners && owners.done > 0)
      this.log(
        messages.getMessage('result.mailsByWrite', [owners.done, given.filter(({ leads }) => leads > 0).length])
      );
    const { verification } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification)
      this.warn(messages.getMessage('result.notVerified', [verification.differences.slice(0, 3).join(' ')]));
    this.tellRest(receipt);
    this.log(messages.getMessage('result.files', [folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('result.undo', [receipt.run, receipt.org.username]));
  }
}

type Making = Pick<ReassignPlanning, 'conn' | 'org' | 'folder' | 'activities' | 'record'> & {
  notify: boolean;
  template?: string;
  route: Notify['route'] | undefined;
};

/** What is to be said of a plan below its table. */
function linesOf({ skipped, unchanged, activities, recorded, ofInactive }: ReassignDetails): string[] {
  const left = Object.entries({ ...skipped, ...(unchanged > 0 ? { unchanged } : {}) });
  const words = left.map(([reason, count]) => messages.getMessage(`skip.${reason}`, [count]));
  const { mode, tasks, events, toQueues, unread } = activities;
  return [
    ...(words.length > 0 ? [messages.getMessage('plan.skipped', [words.join(', ')])] : []),
    messages.getMessage(`plan.activities.${mode}`, [tasks, events]),
    ...(toQueues > 0 ? [messages.getMessage('plan.toQueues', [toQueues])] : []),
    ...(activities.ofInactive > 0 ? [messages.getMessage('plan.activitiesOfInactive', [activities.ofInactive])] : []),
    ...(ofInactive > 0 ? [messages.getMessage('plan.ofInactive', [ofInactive])] : []),
    ...(unread.length > 0 ? [messages.getMessage('plan.unread', [unread.join(', ')])] : []),
    ...(recorded > 0 ? [messages.getMessage('plan.recorded', [recorded])] : []),
  ];
}

/** What a saved plan relies on: new owners who can take leads. */
async function fingerprintNow(conn: Connection, { details }: Plan): Promise<string> {
  const saved = reassignDetailsSchema.parse(details);
  const { owners } = saved;
  const { byText, problems } = await resolveOwners(
    conn,
    owners.map(({ id }) => id)
  );
  return problems.size > 0 ? '' : reassignFingerprint([...byText.values()], await mailsNow(conn, saved));
}

/** Bad input in words, or undefined for another error. */
function tellRequest(error: unknown, { where }: ReassignRequest, username: string): SfError | Error | undefined {
  if (error instanceof NoNewOwner) return messages.createError('error.noNewOwner');
  if (error instanceof LeadIdError) return messages.createError('error.id', [error.text]);
  if (error instanceof UnknownOwners)
    return messages.createError('error.fromOwner', [[...error.names, ...error.several].join(', ')]);
  if (error instanceof NotifyError) return messages.createError(`error.notify.${error.key}`, [...error.details]);
  if (error instanceof PackageMissing) return messages.createError('error.package', [error.reason]);
  if (error instanceof AllRejected) {
    const { rejected } = error;
    return messages.createError('error.allRejected', [rejected.length, rejected[0]?.reason ?? ''], [username]);
  }
  const told =
    tellSelectionError(error) ?? tellSourceError(error, (key, tokens) => partnerMessages.createError(key, tokens));
  return told ?? (where === undefined ? undefined : tellWhere(error, where));
}

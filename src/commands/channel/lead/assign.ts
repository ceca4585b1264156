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
import {
  ASSIGN_KIND,
  assignDetailsSchema,
  buildAssignPlan,
  leadAssignResult,
  LeadIdError,
  readLeadSelection,
  readRule,
  readWent,
  RuleError,
  ruleFingerprint,
  WRITTEN_FIELD,
  type AssignDetails,
  type AssignSelection,
  type LeadAssignResult,
  type Went,
} from '../../../leads/assign/index.js';
import { checkAccess } from '../../../leads/distribute/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { PlannedCommand, type PlannedRun } from '../../../planned-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { selectionMessages, tellSelectionError, tellWhere } from '../../../selection-errors.js';
import { shown } from '../../../report/shown.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.assign');

/** Entries that are shown; all of them are in the result. */
const MOST_ENTRIES = 30;

export default class LeadAssign extends PlannedCommand<LeadAssignResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly strict = false;
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    rule: Flags.string({ summary: messages.getMessage('flags.rule.summary'), default: 'active' }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), exclusive: ['file', 'plan'] }),
    file: Flags.string({ summary: messages.getMessage('flags.file.summary'), exclusive: ['where', 'plan'] }),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<LeadAssignResult> {
    const { flags, argv } = await this.parse(LeadAssign);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const request = { ids: argv.map(String), where: flags.where, file: flags.file };
    this.checkSelection(request, flags.plan);
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      title: messages.getMessage('stages.plan'),
      stages: ['Read', 'Plan'],
      word: 'assign',
      kind: ASSIGN_KIND,
      make: (folder, ...progress) => newPlan({ conn, org, folder }, request, flags.rule, progress),
      reliesOn: (plan) => fingerprintNow(conn, plan),
      tell: (error) => tellRequest(error, request.where) ?? tellOrgError(error, org.username),
      show: (plan) => this.showPlan(plan, assignDetailsSchema.parse(plan.details)),
      ask: (plan) => this.askForMails(flags, assignDetailsSchema.parse(plan.details)),
      finish: (run) => this.finished(conn, run),
    });
  }

  private async finished(conn: Connection, run: PlannedRun): Promise<LeadAssignResult> {
    const { plan, folder, receipt } = run;
    if (!folder || !receipt) return leadAssignResult(run);
    const went = await this.afterRun(receipt, () => readWent(conn, folder, assignDetailsSchema.parse(plan.details)));
    this.showReceipt(folder, receipt, went);
    return leadAssignResult({ ...run, went });
  }

  private checkSelection({ ids, where, file }: AssignSelection, plan: string | undefined): void {
    const ways = [ids.length > 0, where !== undefined, file !== undefined].filter(Boolean).length;
    if (plan === undefined && ways === 0) throw messages.createError('error.noSelection');
    if (ways > (plan === undefined ? 1 : 0)) throw messages.createError('error.twoSelections');
  }

  /** Rules whose entries are not known may mail too. */
  private async askForMails(flags: MailFlags, { entries }: AssignDetails): Promise<void> {
    if (entries && !entries.some(({ mails }) => mails)) return;
    const key = entries ? 'mails' : 'mailsUnknown';
    await this.consentToMails(messages.getMessage(`prompt.${key}`), flags, () => messages.createError(`error.${key}`));
  }

  private showPlan(plan: Plan, { rule, entries, selected, skipped, unmatched }: AssignDetails): void {
    const { org, cost, steps, warnings } = plan;
    const rows = steps[0]?.kind === 'assign-rows' ? steps[0].rows.count : 0;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, shown(rule.name), rows, selected]));
    if (entries) {
      this.table({
        data: entries.slice(0, MOST_ENTRIES).map(({ number, condition, target, leads, mails }) => ({
          number,
          condition,
          target,
          leads: leads ?? '?',
          mails: mails ? 'yes' : '',
        })),
        columns: [{ key: 'number', name: '#' }, 'condition', { key: 'target', name: 'Goes to' }, 'leads', 'mails'],
        overflow: 'wrap',
      });
      if (entries.length > MOST_ENTRIES) this.log(messages.getMessage('plan.more', [entries.length - MOST_ENTRIES]));
    }
    if (unmatched !== null) this.log(messages.getMessage('plan.unmatched', [unmatched]));
    for (const [reason, count] of Object.entries(skipped))
      this.log(messages.getMessage(`plan.skipped.${reason}`, [count]));
    for (const warning of warnings) this.warn(shown(warning));
    if (rows === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    this.log(messages.getMessage('plan.how', [WRITTEN_FIELD]));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula, cost.emails]));
    this.log();
  }

  private showReceipt(folder: RunFolder, receipt: Receipt, went: Went | undefined): void {
    const { verification, run, org } = receipt;
    if (went && went.owners.length > 0) {
      this.table({
        data: went.owners.map(({ name, leads, entries }) => ({ name, leads, entries: entries.join(', ') })),
        columns: [{ key: 'name', name: 'New owner' }, 'leads', 'entries'],
      });
    }
    if (went) {
      const moved = went.owners.reduce((sum, { leads }) => sum + leads, 0);
      this.log(messages.getMessage('result.went', [moved, went.stayed]));
    }
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification) this.warn(messages.getMessage('result.notVerified', [verification.differences[0] ?? '']));
    this.tellRest(receipt);
    this.log(messages.getMessage('result.files', [folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('result.undo', [run, org.username]));
  }
}

type Making = { conn: Connection; org: OrgIdentity; folder: RunFolder };

async function newPlan(
  { conn, org, folder }: Making,
  request: AssignSelection,
  wanted: string,
  [update, goOn]: Progress
): Promise<Plan> {
  await checkAccess(conn);
  const rule = await readRule(conn, wanted);
  const selection = await readLeadSelection(conn, request);
  await goOn('Plan');
  const onProgress = (read: number, total: number): void => update(`${read} of ${total}`);
  const plan = await buildAssignPlan({ conn, org, selection, rule, folder, onProgress });
  if (plan.details.selected === 0) throw selectionMessages.createError('error.emptySelection', [selection.text]);
  return plan;
}

/** What a saved plan relies on: its rule, and what that says. A rule that is gone says nothing. */
async function fingerprintNow(conn: Connection, { details }: Plan): Promise<string> {
  await checkAccess(conn);
  try {
    return ruleFingerprint(await readRule(conn, assignDetailsSchema.parse(details).rule.id));
  } catch (error) {
    if (error instanceof RuleError) return '';
    throw error;
  }
}

/** Bad input in words, or undefined for another error. */
function tellRequest(error: unknown, where: string | undefined): SfError | undefined {
  if (error instanceof RuleError) return messages.createError(`error.rule.${error.key}`, [...error.details]);
  if (error instanceof LeadIdError) return messages.createError('error.id', [error.text]);
  return tellSelectionError(error) ?? (where === undefined ? undefined : tellWhere(error, where));
}

import { Messages, type Connection, type SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared, type Progress } from '../../../channel-command.js';
import {
  buildPullback,
  durationText,
  leadPullbackResult,
  PULLBACK_KIND,
  pullbackDetailsSchema,
  PullbackError,
  pullbackNow,
  readPullback,
  SIGNS,
  TouchedMeanwhile,
  UnknownOwners,
  type LeadPullbackResult,
  type PullbackDetails,
  type PullbackRequest,
} from '../../../leads/pullback/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import type { PlannedRun } from '../../../planned-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { RotationCommand, rotationMessages } from '../../../rotation-command.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';
import { tellSelectionError, tellWhere } from '../../../selection-errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.pullback');

/** Owners that are shown; all of them are in the result. */
const MOST_OWNERS = 30;

const HOUR = 3_600_000;

export default class LeadPullback extends RotationCommand<LeadPullbackResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    untouched: Flags.string({ summary: messages.getMessage('flags.untouched.summary'), exclusive: ['plan'] }),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), exclusive: ['plan'] }),
    rotation: Flags.string({
      char: 'r',
      summary: messages.getMessage('flags.rotation.summary'),
      exclusive: ['plan'],
    }),
    claimed: Flags.boolean({
      summary: messages.getMessage('flags.claimed.summary'),
      dependsOn: ['rotation'],
      exclusive: ['plan', 'from-owner'],
    }),
    'from-owner': Flags.string({
      summary: messages.getMessage('flags.from-owner.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), exclusive: ['plan'] }),
    ignore: Flags.option({
      summary: messages.getMessage('flags.ignore.summary'),
      description: messages.getMessage('flags.ignore.description'),
      options: SIGNS,
      multiple: true,
      exclusive: ['plan'],
    })(),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<LeadPullbackResult> {
    const { flags } = await this.parse(LeadPullback);
    const { untouched, to, rotation, where, plan: file } = flags;
    if (untouched === undefined && file === undefined) throw messages.createError('error.noUntouched');
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const request: PullbackRequest = {
      untouched: untouched ?? '',
      ignored: [...new Set(flags.ignore ?? [])],
      fromOwners: flags['from-owner'] ?? [],
      ...(to === undefined ? {} : { to }),
      ...(rotation === undefined ? {} : { rotation }),
      ...(flags.claimed ? { claimed: true } : {}),
      ...(where === undefined ? {} : { where }),
    };
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      title: messages.getMessage('stages.plan'),
      word: 'pullback',
      kind: PULLBACK_KIND,
      make: (folder, ...progress) => newPlan({ conn, org, folder }, request, progress),
      reliesOn: (plan) => pullbackNow(conn, plan),
      tell: (error) => tellRequest(error, org, where) ?? this.tell(error, org.username),
      show: (plan) => this.showPlan(plan, pullbackDetailsSchema.parse(plan.details)),
      finish: (run) => Promise.resolve(this.finished(run)),
    });
  }

  private finished(run: PlannedRun): LeadPullbackResult {
    const { plan, folder, receipt } = run;
    if (folder && receipt) this.showReceipt(folder, plan, receipt);
    return leadPullbackResult(run);
  }

  private showPlan({ org, cost, warnings }: Plan, details: PullbackDetails): void {
    const { request, selection, to, looked, untouched, left, owners, examples } = details;
    this.log();
    const head = [org.domain, org.kind, untouched, looked, selection, request.untouched, to.name];
    this.log(shown(messages.getMessage('plan.title', head)));
    if (owners.length > 0) this.showOwners(owners);
    for (const { lead, owner, reason } of examples)
      this.log(shown(messages.getMessage('plan.lead', [lead, owner, reason])));
    if (untouched > examples.length) this.log(messages.getMessage('plan.more', [untouched - examples.length]));
    for (const [reason, count] of Object.entries(left)) this.log(messages.getMessage(`left.${reason}`, [count]));
    for (const warning of warnings) this.warn(shown(warning));
    if (untouched === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    this.log(messages.getMessage('plan.signs', [signsText(details)]));
    this.log(messages.getMessage('plan.loses'));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log();
  }

  private showOwners(owners: PullbackDetails['owners']): void {
    this.table({
      data: owners.slice(0, MOST_OWNERS).map(({ name, kind, leads, oldest }) => ({
        name,
        kind,
        leads,
        oldest: durationText(oldest * HOUR),
      })),
      columns: [{ key: 'name', name: 'Owner' }, 'kind', 'leads', { key: 'oldest', name: 'Oldest' }],
    });
    if (owners.length > MOST_OWNERS) this.log(messages.getMessage('plan.owners', [owners.length - MOST_OWNERS]));
  }

  private showReceipt(folder: RunFolder, plan: Plan, receipt: Receipt): void {
    const { to } = pullbackDetailsSchema.parse(plan.details);
    const [owners] = receipt.steps;
    this.log(shown(messages.getMessage('result.title', [owners?.done ?? 0, owners?.rows ?? 0, to.name])));
    const { verification } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('result.verified', [verification.method]));
    else if (verification) this.warn(messages.getMessage('result.notVerified', [verification.differences[0] ?? '']));
    this.tellRest(receipt);
    this.log(messages.getMessage('result.files', [folder.path]));
    if (receipt.state === 'done') this.log(messages.getMessage('result.undo', [receipt.run, plan.org.username]));
  }
}

/** Signs that count. */
const signsText = ({ request: { ignored } }: PullbackDetails): string =>
  SIGNS.filter((sign) => !ignored.includes(sign)).join(', ');

type Making = { conn: Connection; org: OrgIdentity; folder: RunFolder };

async function newPlan({ conn, org, folder }: Making, request: PullbackRequest, [update]: Progress): Promise<Plan> {
  const snapshot = await readPullback(conn, request);
  const onProgress = (looked: number): void => update(messages.getMessage('looked', [looked]));
  return buildPullback({ conn, org, folder, snapshot, onProgress });
}

/** Bad input in words, or undefined for another error. */
function tellRequest(error: unknown, { username }: OrgIdentity, where: string | undefined): SfError | undefined {
  if (error instanceof PullbackError) return tellPullback(error, username);
  if (error instanceof TouchedMeanwhile) return messages.createError('error.touched', [error.leads, error.first]);
  if (error instanceof UnknownOwners) {
    const { names, several } = error;
    return names.length > 0
      ? messages.createError('error.owners', [names.join(', ')])
      : messages.createError('error.severalOwners', [several.join(', ')]);
  }
  return tellSelectionError(error) ?? (where === undefined ? undefined : tellWhere(error, where));
}

function tellPullback({ key, detail }: PullbackError, username: string): SfError {
  if (key === 'unknownRotation')
    return rotationMessages.createError('error.unknownRotation', [detail, messages.getMessage('others')]);
  return messages.createError(`error.${key}`, [detail], [username]);
}

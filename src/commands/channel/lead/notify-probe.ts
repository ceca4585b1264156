import { Messages, type SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, NO_TIMEOUT, planFlags, shared, tellOrgError } from '../../../channel-command.js';
import {
  buildProbe,
  PROBE_KIND,
  probeDetailsSchema,
  ProbeError,
  probeNow,
  ProbeStore,
  type LeadNotifyProbeResult,
  type Probe,
  type ProbeDetails,
} from '../../../leads/notify/index.js';
import { planResult } from '../../../leads/plan-result.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { PlannedCommand, type PlannedRun } from '../../../planned-command.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { Plan, Receipt } from '../../../runs/index.js';
import { selectionMessages, tellSelectionError } from '../../../selection-errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.notify-probe');

/** Flags that make a probe have no meaning beside an answer. */
const ANSWERS = ['confirm-received', 'not-received'];

export default class LeadNotifyProbe extends PlannedCommand<LeadNotifyProbeResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), exclusive: [...ANSWERS, 'plan'] }),
    lead: Flags.string({ summary: messages.getMessage('flags.lead.summary'), exclusive: [...ANSWERS, 'plan'] }),
    'accept-mails': Flags.boolean({ summary: messages.getMessage('flags.accept-mails.summary') }),
    'confirm-received': Flags.boolean({
      summary: messages.getMessage('flags.confirm-received.summary'),
      exclusive: ['not-received', 'plan'],
    }),
    'not-received': Flags.boolean({ summary: messages.getMessage('flags.not-received.summary'), exclusive: ['plan'] }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<LeadNotifyProbeResult> {
    const { flags } = await this.parse(LeadNotifyProbe);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const { to = '', lead } = flags;
    if (flags['confirm-received'] || flags['not-received']) return this.answered(org, !flags['not-received']);
    if (to === '' && flags.plan === undefined) throw messages.createError('error.noTo');
    return this.carryOut({
      ...{ conn, org, flags, messages, word: 'probe', kind: PROBE_KIND, title: messages.getMessage('stages.plan') },
      make: (folder) => buildProbe({ conn, org, folder, lead, to }),
      reliesOn: (plan) => probeNow(conn, probeDetailsSchema.parse(plan.details)),
      tell: (error) => tellProbe(error) ?? tellSelectionError(error) ?? tellOrgError(error, org.username),
      show: (plan) => this.showPlan(plan, probeDetailsSchema.parse(plan.details)),
      ask: (plan) => {
        const { email } = probeDetailsSchema.parse(plan.details).to;
        const text = messages.getMessage('prompt.mails', [email]);
        return this.consentToMails(text, flags, () => messages.createError('error.mails', [email]));
      },
      finish: (run) => this.finished(run, flags['no-prompt']),
    });
  }

  private store({ id }: OrgIdentity): ProbeStore {
    return new ProbeStore(this.config.dataDir, id);
  }

  /** Records what somebody saw. */
  private async answered(org: OrgIdentity, received: boolean): Promise<LeadNotifyProbeResult> {
    const probe = await this.store(org).answer(received);
    if (!probe) throw messages.createError('error.noProbe');
    this.tellAnswer(probe);
    const { id, domain, kind } = org;
    return { org: { id, domain, kind }, state: 'answered', summary: null, run: probe.run, probe };
  }

  private async finished(run: PlannedRun, isQuiet: boolean): Promise<LeadNotifyProbeResult> {
    const { org, plan, receipt } = run;
    const details = probeDetailsSchema.parse(plan.details);
    const probe = receipt ? await this.record(org, details, receipt) : null;
    const said = probe && !isQuiet && this.canAsk() ? await this.askNow(org, probe, details) : probe;
    if (probe && said?.received === null) this.log(messages.getMessage('result.ask', [details.to.email, org.username]));
    return { ...planResult(run, details), probe: said ?? null };
  }

  /** A lead that was left alone has tried nothing. */
  private async record(org: OrgIdentity, { lead, to }: ProbeDetails, receipt: Receipt): Promise<Probe | null> {
    const isGiven = receipt.steps[0]?.done === 1;
    this.log(shown(messages.getMessage(isGiven ? 'result.given' : 'result.notGiven', [to.name])));
    this.tellRest(receipt);
    if (!isGiven) return null;
    const probe: Probe = {
      ...{ run: receipt.run, at: receipt.endedAt, lead: lead.id, to: { id: to.id, name: to.name } },
      ...{ kind: to.partner ? 'partner' : 'internal', received: null, saidAt: null },
    };
    await this.store(org).add(probe);
    return probe;
  }

  private async askNow(org: OrgIdentity, probe: Probe, { to }: ProbeDetails): Promise<Probe> {
    const message = messages.getMessage('prompt.received', [to.email]);
    const received = await this.confirm({ message, defaultAnswer: false, ms: NO_TIMEOUT });
    const said = (await this.store(org).answer(received)) ?? probe;
    this.tellAnswer(said);
    return said;
  }

  private tellAnswer({ kind, to, received }: Probe): void {
    const answer = messages.getMessage(received === true ? 'answer.yes' : 'answer.no');
    this.log(shown(messages.getMessage('result.answered', [kind, to.name, answer])));
  }

  private showPlan({ org, warnings }: Plan, { lead, to }: ProbeDetails): void {
    const words = [org.domain, org.kind, lead.name, lead.company, to.name, to.email];
    this.log();
    this.log(shown(messages.getMessage('plan.title', words)));
    for (const warning of warnings) this.warn(warning);
  }
}

/** Bad input in words, or undefined for another error. */
function tellProbe(error: unknown): SfError | undefined {
  if (!(error instanceof ProbeError)) return undefined;
  const { key, detail, problem } = error;
  const why = problem ? selectionMessages.getMessage(`target.${problem.key}`, [problem.text, problem.detail]) : '';
  return messages.createError(
    `error.${key}`,
    [detail, why.replace(/^\s*-\s*/, '')].filter((token) => token !== '')
  );
}

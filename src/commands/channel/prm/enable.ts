import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, checkWritable, exitCodeOf, planFlags, shared, tellOrgError } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  isStopped,
  preparePrm,
  prmResult,
  prove,
  readRehearsal,
  RehearsalError,
  rehearsalOf,
  SettingsUnreadable,
  writeRehearsal,
  type Check,
  type Prepared,
  type PrmEnableResult,
  type PrmRequest,
} from '../../../prm/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { reviewFlags, SharingCommand } from '../../../sharing-command.js';
import { countExposures, readDecisions } from '../../../sharing/exposures.js';
import type { Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.prm.enable');

export default class PrmEnable extends SharingCommand<PrmEnableResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'digital-experiences': Flags.boolean({ summary: messages.getMessage('flags.digital-experiences.summary') }),
    managers: reviewFlags.managers,
    decisions: Flags.file({ summary: messages.getMessage('flags.decisions.summary'), exists: true }),
    'partner-roles': Flags.integer({
      summary: messages.getMessage('flags.partner-roles.summary'),
      description: messages.getMessage('flags.partner-roles.description'),
      min: 1,
      max: 3,
    }),
    receipt: Flags.string({
      summary: messages.getMessage('flags.receipt.summary'),
      description: messages.getMessage('flags.receipt.description'),
    }),
    'without-rehearsal': Flags.string({
      summary: messages.getMessage('flags.without-rehearsal.summary'),
      exclusive: ['receipt'],
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PrmEnableResult> {
    const { flags } = await this.parse(PrmEnable);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    if (org.kind !== 'production') await checkWritable(flags.receipt);
    const request = await this.request(conn, org, flags);
    return this.inRunFolder('prm', async (folder, keep) => {
      const prepared = await this.prepare(conn, org, folder, request);
      this.showChecks(prepared);
      if (prepared.snapshot.enabled) {
        this.log(messages.getMessage('already', [org.domain]));
        if (flags.receipt && org.kind !== 'production') this.warn(messages.getMessage('receipt.none', [flags.receipt]));
        return prmResult({ prepared, state: 'already-enabled', proof: await prove(conn, []) });
      }
      const plan = await this.chosenPlan(flags.plan, prepared.plan, org, folder);
      this.showPlan(prepared);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run']) {
        const state = isStopped(prepared.checks) ? 'refused' : 'planned';
        return prmResult({ prepared, state, planFile });
      }
      this.refuseIfStopped(prepared.checks);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      return await this.finish({
        conn,
        org,
        folder,
        prepared,
        receipt,
        file: flags.receipt,
        decisions: request.decisions,
      });
    });
  }

  /** In production the receipt is read, elsewhere it is written. */
  private async request(
    conn: Connection,
    org: OrgIdentity,
    flags: {
      managers?: string[];
      decisions?: string;
      'digital-experiences': boolean;
      'partner-roles'?: number;
      receipt?: string;
      'without-rehearsal'?: string;
    }
  ): Promise<PrmRequest> {
    const file = org.kind === 'production' ? flags.receipt : undefined;
    const decided = flags.decisions === undefined ? undefined : await this.decisions(flags.decisions, org);
    const review = { managers: flags.managers, partnerRoles: flags['partner-roles'] ?? 1, counts: true };
    return {
      digitalExperiences: flags['digital-experiences'],
      partnerRoles: flags['partner-roles'],
      withoutRehearsal: flags['without-rehearsal'],
      rehearsal: file === undefined ? undefined : await readReceiptFile(file),
      decisions: decided?.hash ?? null,
      exposures: () => countExposures(conn, org, review, decided?.file),
    };
  }

  private async decisions(path: string, { username }: OrgIdentity): ReturnType<typeof readDecisions> {
    return readDecisions(path).catch((error: unknown) => {
      throw this.tell(error, username);
    });
  }

  private async prepare(conn: Connection, org: OrgIdentity, folder: RunFolder, request: PrmRequest): Promise<Prepared> {
    const tell = (error: unknown): Error =>
      error instanceof SettingsUnreadable
        ? messages.createError('error.settings', [org.username, error.message])
        : tellOrgError(error, org.username);
    return this.reading(messages.getMessage('stages.plan'), tell, () => preparePrm(conn, org, folder, request));
  }

  private showChecks({ checks, plan }: Prepared): void {
    this.log();
    this.log(messages.getMessage('checks.title', [plan.org.domain, plan.org.kind]));
    this.table({
      data: checks.map(({ check, verdict, finding, values }) => ({
        check: messages.getMessage(`check.${check}`),
        verdict: messages.getMessage(`verdict.${verdict}`),
        finding: messages.getMessage(`finding.${finding}`, values),
      })),
      columns: ['check', 'verdict', 'finding'],
      overflow: 'wrap',
    });
  }

  private showPlan({ changes, plan }: Prepared): void {
    this.log(messages.getMessage('plan.title', [plan.org.domain]));
    for (const { setting, from, to } of changes) this.log(messages.getMessage('plan.change', [setting, from, to]));
    this.log(messages.getMessage('plan.permanent'));
    if (changes.some(({ setting }) => setting === 'enableNetworksEnabled'))
      this.log(messages.getMessage('plan.permanentNetworks'));
    this.log(messages.getMessage('plan.reversible'));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private refuseIfStopped(checks: readonly Check[]): void {
    const stops = checks.filter(({ verdict }) => verdict === 'stop');
    if (stops.length === 0) return;
    const lines = stops.map(({ finding, values }) => messages.getMessage(`finding.${finding}`, values));
    throw messages.createError('error.stopped', [lines.join('\n')]);
  }

  private async finish(run: Applied): Promise<PrmEnableResult> {
    const { conn, org, folder, prepared, receipt } = run;
    if (receipt.state !== 'done') {
      this.tellRest(receipt);
      return prmResult({ prepared, state: receipt.state, receipt, folder });
    }
    const proof = await prove(conn, prepared.changes);
    process.exitCode = proof.setting ? exitCodeOf(receipt) : EXIT.failed;
    if (!proof.setting) throw messages.createError('error.notProved', [org.domain, receipt.run], [receipt.run]);
    this.log(messages.getMessage('done', [org.domain]));
    this.log(messages.getMessage(`proof.${String(proof.partnerFields)}`));
    const written = await this.writeReceipt(run);
    await this.offerReview(org);
    return prmResult({ prepared, state: 'done', receipt, folder, proof, receiptFile: written });
  }

  /** The review is the next step of the guide; where somebody is there, it can begin at once. */
  private async offerReview({ username }: OrgIdentity): Promise<void> {
    this.log(messages.getMessage('next', [username]));
    if (!this.canAsk()) return;
    const message = messages.getMessage('prompt.review');
    if (!(await this.confirm({ message, defaultAnswer: false, ms: 60_000 }))) return;
    await this.config.runCommand('channel:sharing:review', ['--target-org', username]);
  }

  /** A rehearsal leaves its receipt; production has used one. */
  private async writeReceipt({ org, prepared, receipt, file, decisions }: Applied): Promise<string | undefined> {
    if (file === undefined || org.kind === 'production') return undefined;
    const { changes } = prepared;
    const rehearsal = rehearsalOf({ org, changes, decisions, run: receipt.run, now: new Date() });
    await writeRehearsal(file, rehearsal);
    this.log(messages.getMessage('receipt', [file, rehearsal.evidence, rehearsal.expiresAt.slice(0, 10)]));
    return file;
  }
}

type Applied = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  prepared: Prepared;
  receipt: Receipt;
  /** Hash of the decisions file in force. */
  decisions: string | null;
  /** Where the receipt of a rehearsal goes. */
  file?: string;
};

async function readReceiptFile(file: string): ReturnType<typeof readRehearsal> {
  try {
    return await readRehearsal(file);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    throw messages.createError(error.key === 'edited' ? 'error.receiptEdited' : 'error.receiptUnreadable', [
      file,
      error.detail,
    ]);
  }
}

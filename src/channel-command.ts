import type { Connection, Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { tellOrgError, type OclifError } from './command-errors.js';
import { NO_TIMEOUT, shared, type ApplyFlags, type MailFlags } from './command-flags.js';
import { exitCodeOf, showOn } from './command-runs.js';
import { loginName, readIdentity, type OrgIdentity } from './org/read/index.js';
import { EXIT } from './report/exit-codes.js';
import { shownRow } from './report/shown.js';
import { Stages, type Stage } from './report/stages.js';
import {
  applyRun,
  isIrreversible,
  keepHeapSmall,
  loadPlan,
  PlanFileError,
  plannedRows,
  restOf,
  RunLocked,
  RunStore,
  savePlan,
  type Plan,
  type PlanStep,
  type Receipt,
  type RunFolder,
} from './runs/index.js';

export { asFailed, checkWritable, tellOrgError, type OclifError } from './command-errors.js';
export { applyFlags, NO_TIMEOUT, planFlags, shared, type ApplyFlags, type MailFlags } from './command-flags.js';
export { exitCodeOf } from './command-runs.js';

/** Records that may be changed in a production org without its name being typed. */
const FREE_ROWS = 200;

/** Shows numbers of what is going on, and goes on to the next stage. */
export type Progress = [update: (text: string) => void, goOn: (stage: Stage) => Promise<void>];

/** What all commands of the plugin share: where runs lie, how consent is asked for, how errors of the org are told. */
export abstract class ChannelCommand<T> extends SfCommand<T> {
  /** Whether a plan was begun to be written. */
  #hasApplied = false;

  /** Steps of the plan that was applied last. */
  #steps: readonly PlanStep[] = [];

  public override async init(): Promise<void> {
    keepHeapSmall();
    await super.init();
  }

  /** Who leaves a prompt by Ctrl-C has said no. Nothing is written before the last prompt of a plan. */
  protected override async catch(error: OclifError): Promise<never> {
    const isNo = error.name === 'ExitPromptError' && !this.#hasApplied;
    return super.catch(isNo ? shared.createError('error.declined') : error);
  }

  /** Names in a table come from the org and from files: they must not act on the terminal. */
  public override table<R extends Record<string, unknown>>(
    options: Parameters<typeof SfCommand.prototype.table<R>>[0]
  ): void {
    super.table<R>({ ...options, data: options.data.map(shownRow) });
  }

  protected get runs(): RunStore {
    return new RunStore(this.config.dataDir);
  }

  /** Which org it is. @throws SfError with what to do where the session has ended or the org does not answer */
  protected async identify(conn: Connection): Promise<OrgIdentity> {
    try {
      return await readIdentity(conn);
    } catch (error) {
      throw tellOrgError(error, loginName(conn));
    }
  }

  /** A run by id or by the end of its id; the newest without one. @throws SfError */
  protected async findRun(id?: string): Promise<RunFolder> {
    const folder = id === undefined ? (await this.runs.list())[0] : await this.runs.find(id);
    if (!folder) throw shared.createError('error.unknownRun', [id ?? 'newest']);
    return folder;
  }

  protected otherOrg(run: string, org: Plan['org']): Error {
    return shared.createError('error.otherOrg', [run, org.domain, org.username]);
  }

  /**
   * Gives `work` a run folder for one plan. The folder is kept from the moment its plan is applied, and discarded where it
   * never is. `word` is part of the run's id.
   */
  protected async inRunFolder<R>(word: string, work: (folder: RunFolder, keep: () => void) => Promise<R>): Promise<R> {
    const folder = await this.runs.create(word);
    let kept = false;
    try {
      return await work(folder, () => (kept = true));
    } finally {
      if (!kept) await folder.discard();
    }
  }

  /** The plan to apply: that of a file while it relies on what the new one relies on, else the new one. @throws SfError */
  protected async chosenPlan(
    file: string | undefined,
    fresh: Plan,
    org: OrgIdentity,
    folder: RunFolder
  ): Promise<Plan> {
    if (file === undefined) return fresh;
    const plan = await this.loadPlan(file, fresh.kind, org, folder);
    if (plan.fingerprint !== fresh.fingerprint) throw shared.createError('error.planStale');
    return plan;
  }

  /** Keeps the plan as a file, and says how that is applied. @param messages of the command, with `plan.saved` */
  protected async keepPlan(messages: Messages<string>, folder: RunFolder, plan: Plan, file: string): Promise<void> {
    await savePlan(folder, plan, file);
    this.log(messages.getMessage('plan.saved', [file, plan.org.username, file]));
  }

  /** Reads a saved plan into a run folder. @throws SfError */
  protected async loadPlan(file: string, kind: string, org: OrgIdentity, folder: RunFolder): Promise<Plan> {
    try {
      return await loadPlan(file, { kind, orgId: org.id }, folder);
    } catch (error) {
      if (!(error instanceof PlanFileError)) throw error;
      const key = `error.plan${error.key[0]?.toUpperCase() ?? ''}${error.key.slice(1)}`;
      const tokens = error.key === 'rowsChanged' ? [error.detail] : [file, error.detail];
      throw shared.createError(key, tokens, [file]);
    }
  }

  /**
   * Reads the org under a line that shows progress.
   * @param tell makes of an error what is shown
   */
  protected async reading<T>(
    title: string,
    tell: (error: unknown) => Error,
    work: (...progress: Progress) => Promise<T>,
    all: readonly Stage[] = ['Read']
  ): Promise<T> {
    const stages = new Stages(title, all, this.jsonEnabled());
    await stages.start('Read');
    let done = false;
    try {
      const result = await work(
        (text) => stages.update(text),
        (stage) => stages.start(stage)
      );
      done = true;
      return result;
    } catch (error) {
      throw tell(error);
    } finally {
      stages.stop(!done);
    }
  }

  /** Asks before a plan is applied. @throws SfError where the answer is no, or nobody can be asked */
  protected async consent(plan: Plan, flags: ApplyFlags): Promise<void> {
    const rows = plannedRows(plan);
    if (isIrreversible(plan)) return this.consentByDomain(plan, 'ForGood', flags);
    if (plan.org.kind === 'production' && rows > FREE_ROWS) return this.consentByDomain(plan, '', flags);
    if (flags['no-prompt']) return;
    if (!this.canAsk()) throw shared.createError('error.needsNoPrompt');
    const message = shared.getMessage('prompt.apply', [plan.org.domain, plan.org.kind]);
    if (!(await this.confirm({ message, ms: NO_TIMEOUT }))) throw shared.createError('error.declined');
  }

  /** The name of the org is typed where a change is large or for good (design: Confirmation). */
  private async consentByDomain(plan: Plan, suffix: '' | 'ForGood', flags: ApplyFlags): Promise<void> {
    const { domain } = plan.org;
    const rows = plannedRows(plan);
    let given = flags['confirm-domain'];
    if (given === undefined && !flags['no-prompt'] && this.canAsk()) {
      const { default: input } = await import('@inquirer/input');
      given = await input({ message: shared.getMessage(`prompt.domain${suffix}`, [rows, domain, domain]) });
    }
    if (given?.trim() !== domain) throw shared.createError(`error.needsDomain${suffix}`, [rows, domain], [domain]);
  }

  /**
   * Mails cannot be held back or taken back: they have a consent of their own, which --no-prompt is not.
   * @param text the question
   * @param refuse error where nobody can be asked
   * @throws SfError where the answer is no, or nobody can be asked
   */
  protected async consentToMails(text: string, flags: MailFlags, refuse: () => Error): Promise<void> {
    if (flags['accept-mails']) return;
    if (flags['no-prompt'] || !this.canAsk()) throw refuse();
    const isFine = await this.confirm({ message: text, defaultAnswer: false, ms: NO_TIMEOUT });
    if (!isFine) throw shared.createError('error.declined');
  }

  /** Applies the plan of a run folder, shows progress, and sets the exit code. */
  protected async apply(folder: RunFolder, conn: Connection, wait: number): Promise<Receipt> {
    const stages = new Stages('Apply the plan', ['Write', 'Verify'], this.jsonEnabled());
    await stages.start('Write');
    let receipt: Receipt | undefined;
    this.#hasApplied = true;
    this.#steps = (await folder.readPlan()).steps;
    try {
      receipt = await applyRun({ conn, folder, wait: wait * 60_000, emit: showOn(stages) });
    } catch (error) {
      if (error instanceof RunLocked) throw shared.createError('error.runLocked', [error.pid], [folder.id]);
      throw error;
    } finally {
      stages.stop(receipt?.state !== 'done');
    }
    process.exitCode = exitCodeOf(receipt);
    return receipt;
  }

  /**
   * Looks at the org again after a run. Where it cannot, that is a warning: the receipt must not be lost over it.
   * @returns undefined where the org could not be read
   */
  protected async afterRun<R>({ run }: Receipt, look: () => Promise<R>): Promise<R | undefined> {
    try {
      return await look();
    } catch (error) {
      process.exitCode = process.exitCode || EXIT.partly;
      this.warn(shared.getMessage('notProven', [run, error instanceof Error ? error.message : String(error)]));
      return undefined;
    }
  }

  /** Says what is left to do after a run that did not do everything, and what was left alone. */
  protected tellRest(receipt: Receipt): void {
    const { run, org, state } = receipt;
    const { done, rows, changed, failed, failedOf } = restOf(receipt, this.#steps);
    if (state === 'stopped') {
      this.warn(shared.getMessage(`stopped.${receipt.failure ?? 'unknown'}`, [done, rows, run, org.username]));
      if (receipt.reason) this.warn(shared.getMessage('stopped.reason', [receipt.reason]));
    }
    if (failed > 0) this.warn(shared.getMessage('partly', [failed, failedOf, run, org.username]));
    if (changed > 0) this.warn(shared.getMessage('changedRows', [changed]));
    if (state !== 'stopped' && done === 0 && rows > 0) this.warn(shared.getMessage('nothingWritten'));
  }

  /** Whether somebody is there who can be asked. */
  protected canAsk(): boolean {
    return !this.jsonEnabled() && process.stdin.isTTY === true;
  }
}

import type { Connection, Messages } from '@salesforce/core';
import {
  asFailed,
  ChannelCommand,
  shared,
  tellOrgError,
  type ApplyFlags,
  type OclifError,
  type Progress,
} from './channel-command.js';
import type { OrgIdentity } from './org/read/index.js';
import type { Stage } from './report/stages.js';
import type { Plan, Receipt, RunFolder } from './runs/index.js';

/** Flags by which a plan is looked at, kept and applied. */
export type PlanFlags = ApplyFlags & { 'dry-run': boolean; 'plan-file'?: string; plan?: string };

/** A plan that was made, and what came of it where it was applied. */
export type PlannedRun = { org: OrgIdentity; plan: Plan; planFile?: string; folder?: RunFolder; receipt?: Receipt };

/** One command's plan from its making to its end. */
export type Work<R> = {
  conn: Connection;
  org: OrgIdentity;
  flags: PlanFlags;
  /** Messages of the command, with `plan.saved`, and `stages.read` where no title is given. */
  messages: Messages<string>;
  /** What is said while the plan is made, and its stages. */
  title?: string;
  stages?: readonly Stage[];
  /** Part of the run's id. */
  word: string;
  /** Kind of its plans. */
  kind: string;
  make: (folder: RunFolder, ...progress: Progress) => Promise<Plan>;
  /** What a saved plan relies on, as the org is now. */
  reliesOn: (plan: Plan) => Promise<string>;
  show: (plan: Plan) => void;
  /** What is asked before the consent to the plan. */
  ask?: (plan: Plan) => Promise<void>;
  /** The error to show; that of the command where absent. */
  tell?: (error: unknown) => Error;
  /** The result, of a plan that was only made and of one that was applied. */
  finish: (run: PlannedRun) => Promise<R>;
};

/** A command that makes a plan or takes a saved one, and applies it. */
export abstract class PlannedCommand<T> extends ChannelCommand<T> {
  /** Wrong flags end with 1, not with the 2 of a check that found something. */
  protected override async catch(error: OclifError): Promise<never> {
    return super.catch(asFailed(error));
  }

  /** The error to show, whatever went wrong before something was written. */
  protected tell(error: unknown, username: string): Error {
    return tellOrgError(error, username);
  }

  /** Makes or loads the plan, shows it, keeps it, asks, and applies it. */
  protected async carryOut(work: Work<T>): Promise<T> {
    const { conn, org, flags, messages } = work;
    const planFile = flags['plan-file'];
    return this.inRunFolder(work.word, async (folder, keep) => {
      const plan =
        flags.plan === undefined ? await this.makePlan(work, folder) : await this.savedPlan(work, folder, flags.plan);
      work.show(plan);
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return work.finish({ org, plan, planFile });
      await work.ask?.(plan);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      return work.finish({ org, plan, planFile, folder, receipt });
    });
  }

  private makePlan(work: Work<T>, folder: RunFolder): Promise<Plan> {
    const { make, messages, title = messages.getMessage('stages.read'), stages } = work;
    return this.reading(title, this.tellerOf(work), (update, goOn) => make(folder, update, goOn), stages);
  }

  private tellerOf({ tell, org }: Work<T>): (error: unknown) => Error {
    return tell ?? ((error) => this.tell(error, org.username));
  }

  /** A saved plan is applied only while what it relies on is as it was. */
  private async savedPlan(work: Work<T>, folder: RunFolder, file: string): Promise<Plan> {
    const { org, kind, reliesOn } = work;
    const plan = await this.loadPlan(file, kind, org, folder);
    const now = await reliesOn(plan).catch((error: unknown) => {
      throw this.tellerOf(work)(error);
    });
    if (now !== plan.fingerprint) throw shared.createError('error.planStale');
    return plan;
  }
}

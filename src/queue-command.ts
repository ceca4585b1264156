import { Messages, type Connection } from '@salesforce/core';
import { asFailed, ChannelCommand, shared, tellOrgError, type ApplyFlags, type OclifError } from './channel-command.js';
import { MemberError, QueueExists, QueueNameError, QueueRefused } from './leads/queues/index.js';
import { SetInTheWay } from './leads/queues/prepare/index.js';
import type { OrgIdentity } from './org/read/index.js';
import { shown } from './report/shown.js';
import type { Plan, Receipt, RunFolder } from './runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const queueMessages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.shared');

/** Flags by which a plan is looked at, kept and applied. */
export type PlanFlags = ApplyFlags & { 'dry-run': boolean; 'plan-file'?: string; plan?: string };

/** One command's plan from its making to its end. */
export type Work<R> = {
  conn: Connection;
  org: OrgIdentity;
  flags: PlanFlags;
  /** Messages of the command, with `plan.saved`. */
  messages: Messages<string>;
  /** Kind of its plans. */
  kind: string;
  make: (folder: RunFolder) => Promise<Plan>;
  /** What a saved plan relies on, as the org is now. */
  reliesOn: (plan: Plan) => Promise<string>;
  show: (plan: Plan) => void;
  finish: (run: { org: OrgIdentity; plan: Plan; planFile?: string; receipt?: Receipt }) => Promise<R>;
};

/** Roles above members that are named; the others are counted. */
const MOST_ROLES = 5;

/** What the commands about queues share. */
export abstract class QueueCommand<T> extends ChannelCommand<T> {
  /** Wrong flags end with 1, not with the 2 of a check that found something. */
  protected override async catch(error: OclifError): Promise<never> {
    return super.catch(asFailed(error));
  }

  /** The error to show, whatever went wrong while the org was read. */
  protected tell(error: unknown, username: string): Error {
    return tellQueueError(error, username) ?? tellOrgError(error, username);
  }

  /** Makes or loads the plan, shows it, keeps it, asks, applies it, and says what became of it. */
  protected async carryOut(work: Work<T>): Promise<T> {
    const { conn, org, flags, messages } = work;
    const planFile = flags['plan-file'];
    return this.inRunFolder('queue', async (folder, keep) => {
      const plan =
        flags.plan === undefined ? await this.makePlan(work, folder) : await this.savedPlan(work, folder, flags.plan);
      work.show(plan);
      this.showCosts(plan);
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return work.finish({ org, plan, planFile });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.tellRun(receipt);
      return work.finish({ org, plan, planFile, receipt });
    });
  }

  private makePlan({ make, org, messages }: Work<T>, folder: RunFolder): Promise<Plan> {
    return this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tell(error, org.username),
      () => make(folder)
    );
  }

  private async savedPlan({ org, kind, reliesOn }: Work<T>, folder: RunFolder, file: string): Promise<Plan> {
    const plan = await this.loadPlan(file, kind, org, folder);
    const now = await reliesOn(plan).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    if (now !== plan.fingerprint) throw shared.createError('error.planStale');
    return plan;
  }

  private showCosts(plan: Plan): void {
    if (plan.steps.length === 0) {
      this.log(queueMessages.getMessage('plan.nothing'));
      return;
    }
    for (const { title } of plan.steps) this.log(queueMessages.getMessage('plan.step', [shown(title)]));
    for (const warning of plan.warnings) this.warn(warning);
    this.log(queueMessages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  /** Who may claim though he is no member. */
  protected showAbove(includesBosses: boolean, above: ReadonlyArray<{ role: string; users: string[] }>): void {
    if (!includesBosses) this.log(queueMessages.getMessage('bosses.no'));
    else if (above.length === 0) this.log(queueMessages.getMessage('bosses.none'));
    else {
      const names = above
        .slice(0, MOST_ROLES)
        .map(({ role, users }) => `${role} (${users.join(', ') || 'nobody now'})`);
      if (above.length > MOST_ROLES) names.push(`and ${above.length - MOST_ROLES} more roles`);
      this.log(shown(queueMessages.getMessage('bosses.yes', [names.join(', ')])));
    }
  }

  private tellRun(receipt: Receipt): void {
    const { verification, run, org } = receipt;
    if (verification?.agrees) this.log(queueMessages.getMessage('proof.holds', [shown(verification.method)]));
    else if (verification)
      this.warn(queueMessages.getMessage('proof.differs', [shown(verification.differences[0] ?? '')]));
    this.tellRest(receipt);
    this.log(queueMessages.getMessage('undo', [run, org.username]));
  }
}

/** The error to show, or undefined for one of another kind. */
function tellQueueError(error: unknown, username: string): Error | undefined {
  if (error instanceof MemberError)
    return queueMessages.createError('error.members', [error.problems.join('\n')], [username]);
  if (error instanceof QueueNameError) {
    const known = error.candidates.join(', ');
    return queueMessages.createError('error.queue', [error.queue, known === '' ? 'none' : known], [username]);
  }
  if (error instanceof QueueExists) {
    const { queue, differences } = error;
    return queueMessages.createError('error.exists', [queue, differences.join('; ')], [queue, username]);
  }
  if (error instanceof QueueRefused) return queueMessages.createError('error.refused', [error.reason], [username]);
  if (error instanceof SetInTheWay) return queueMessages.createError('error.setInTheWay', [error.message]);
  return undefined;
}

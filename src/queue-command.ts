import { Messages } from '@salesforce/core';
import { MemberError, QueueExists, QueueNameError, QueueRefused } from './leads/queues/index.js';
import { SetInTheWay } from './leads/queues/prepare/index.js';
import { PlannedCommand, type Work } from './planned-command.js';
import { shown } from './report/shown.js';
import type { Plan, Receipt } from './runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const queueMessages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.shared');

/** Roles above members that are named; the others are counted. */
const MOST_ROLES = 5;

/** What the commands about queues share. */
export abstract class QueueCommand<T> extends PlannedCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    return tellQueueError(error, username) ?? super.tell(error, username);
  }

  /** Carries a plan about queues out, with what all of them say on the screen. */
  protected carryOutQueue(work: Omit<Work<T>, 'word'>): Promise<T> {
    return this.carryOut({
      ...work,
      word: 'queue',
      show: (plan) => {
        work.show(plan);
        this.showCosts(plan);
      },
      finish: (run) => {
        if (run.receipt) this.tellRun(run.receipt);
        return work.finish(run);
      },
    });
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

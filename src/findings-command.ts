import { PackageMissing } from './org/read/index.js';
import { PlannedCommand } from './planned-command.js';
import { sharingMessages, tellSharing } from './sharing-command.js';

/** What the commands share that work with the findings in an org: what can be wrong, in words. */
export abstract class FindingsCommand<T> extends PlannedCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    if (error instanceof PackageMissing) {
      return sharingMessages.createError('error.package', [username, error.reason], [username, username]);
    }
    return tellSharing(error, username) ?? super.tell(error, username);
  }
}

import { PackageMissing } from './org/read/index.js';
import { PlannedCommand } from './planned-command.js';
import { sharingMessages } from './sharing-command.js';
import { tellSharingError } from './sharing/errors.js';

/** What the commands share that work with the findings in an org: what can be wrong, in words. */
export abstract class FindingsCommand<T> extends PlannedCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    if (error instanceof PackageMissing) {
      return sharingMessages.createError('error.package', [username, error.reason], [username, username]);
    }
    const create = (key: string, tokens: string[], actions?: string[]): Error =>
      sharingMessages.createError(key, tokens, actions);
    return tellSharingError(error, username, create) ?? super.tell(error, username);
  }
}

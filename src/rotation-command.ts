import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { FilesDiffer, ROTATION_FOLDER, RotationFilesError } from './leads/rotations/index.js';
import { UnknownMembers } from './leads/rotations/import/index.js';
import { RotationFileError } from './leads/rotation/config/index.js';
import { PackageMissing, readRotation, type StoredRotation } from './leads/rotation/records/index.js';
import { PlannedCommand } from './planned-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const rotationMessages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.shared');

/** The folder of the project's rotations. */
export const folderFlag = {
  folder: Flags.string({ summary: rotationMessages.getMessage('flags.folder.summary'), default: ROTATION_FOLDER }),
};

/** Problems that are shown; who mends them sees the rest the next time. */
const MOST_PROBLEMS = 15;

/** What the commands about rotations share: what can be wrong with files and records, in words. */
export abstract class RotationCommand<T> extends PlannedCommand<T> {
  protected override tell(error: unknown, username: string): Error {
    return tellRotationError(error, username) ?? super.tell(error, username);
  }

  /** A rotation of the org. @param others a sentence that says where to find the keys that there are @throws SfError where it is not there */
  protected async requireStored(conn: Connection, key: string, others: string): Promise<StoredRotation> {
    const stored = await readRotation(conn, key);
    if (!stored) throw rotationMessages.createError('error.unknownRotation', [key, others]);
    return stored;
  }
}

/** The error to show, or undefined for one of another kind. */
function tellRotationError(error: unknown, username: string): Error | undefined {
  if (error instanceof RotationFilesError) return filesError(error.files.length, error.problems);
  if (error instanceof RotationFileError) return filesError(1, error.message.split('\n'));
  if (error instanceof PackageMissing) {
    return rotationMessages.createError('error.package', [username, error.reason], [username, username]);
  }
  if (error instanceof UnknownMembers) {
    const key = error.users ? 'error.unknownUsers' : 'error.unknownQueues';
    return rotationMessages.createError(key, [username, first(error.problems)], [username]);
  }
  if (error instanceof FilesDiffer) {
    const lines = error.files.map(({ file, differences }) => `${file}: ${differences.join('; ')}`);
    return rotationMessages.createError('error.filesDiffer', [error.files.length, first(lines)]);
  }
  return undefined;
}

const filesError = (files: number, problems: readonly string[]): Error =>
  rotationMessages.createError('error.files', [files, first(problems)]);

function first(problems: readonly string[]): string {
  const shown = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > MOST_PROBLEMS) shown.push(`and ${problems.length - MOST_PROBLEMS} more`);
  return shown.join('\n');
}

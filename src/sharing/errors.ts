/** Bad input of a review as keys of messages; what they say is with the command. */
import { DecisionsFileError, OtherOrgError, sentence } from './decisions/index.js';
import { ForeignDecisionsError, UnreadableError } from './decided.js';
import { ManagerError } from './managers.js';
import { ProfileError } from './review.js';

type Create = (key: string, tokens: string[], actions?: string[]) => Error;

/** Problems of a file that are shown; who mends them sees the rest the next time. */
const MOST_PROBLEMS = 10;

const MANAGER: Readonly<Record<ManagerError['key'], string>> = {
  unknown: 'error.unknownManager',
  ambiguous: 'error.ambiguousManager',
  noRole: 'error.managerWithoutRole',
};

/** The error to show, or undefined for one of another kind. */
export function tellSharingError(error: unknown, username: string, create: Create): Error | undefined {
  if (error instanceof ManagerError) {
    return create(
      MANAGER[error.key],
      [error.manager, list(error.candidates)],
      [error.key === 'unknown' ? username : error.manager]
    );
  }
  if (error instanceof ProfileError) return create('error.profile', [error.profile, list(error.known)]);
  if (error instanceof OtherOrgError) return create('error.otherDecisions', [error.file, error.domain], [error.file]);
  if (error instanceof ForeignDecisionsError) {
    const { domain, kind } = error.org;
    return create(
      'error.foreignDecisions',
      [error.file, String(error.line), domain, kind],
      [domain, username, error.file]
    );
  }
  if (error instanceof UnreadableError) return create('error.unreadable', [error.message]);
  if (error instanceof DecisionsFileError) return decisionsError(error, create);
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return create('error.noFile', [(error as Error).message]);
  return undefined;
}

function decisionsError({ file, problems }: DecisionsFileError, create: Create): Error {
  const lines = problems.slice(0, MOST_PROBLEMS).map((problem) => `${file}:${sentence(problem)}`);
  if (problems.length > MOST_PROBLEMS) lines.push(`and ${problems.length - MOST_PROBLEMS} more`);
  return create('error.decisions', [file, lines.join('\n')], [file]);
}

const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

/** What an import looks at before it plans: files, what the org holds of them, and the ids of who they name. */
import type { Connection } from '@salesforce/core';
import { memberKey, type Rotation, type RotationMember } from '../../rotation/model.js';
import {
  readRotations,
  readTargets,
  type StoredMember,
  type StoredRotation,
  type Targets,
} from '../../rotation/records/index.js';
import { memberName } from '../compare.js';
import { requireRotations } from '../files.js';

/** A rotation of a file beside the org's. */
export type Wish = { file: string; rotation: Rotation; stored?: StoredRotation };

export type ImportSnapshot = { wishes: Wish[]; targets: Targets };

/** Members or queues of files that the org does not have. One sentence each that says what to do. */
export class UnknownMembers extends Error {
  public constructor(
    public readonly problems: readonly string[],
    /** Whether users are among them: their names differ between orgs. */
    public readonly users: boolean
  ) {
    super(problems.join('\n'));
    this.name = 'UnknownMembers';
  }
}

/** Reads files and org. @throws RotationFilesError, UnknownMembers, PackageMissing */
export async function readImport(conn: Connection, files: readonly string[]): Promise<ImportSnapshot> {
  const wanted = await requireRotations(files);
  const stored = await readRotations(conn);
  const targets = await readTargets(
    conn,
    wanted.map(({ rotation }) => rotation)
  );
  checkTargets(wanted, targets);
  const known = new Map(stored.map((one) => [one.rotation.key.toLowerCase(), one]));
  return { wishes: wanted.map((wish) => ({ ...wish, stored: known.get(wish.rotation.key.toLowerCase()) })), targets };
}

function checkTargets(wanted: readonly Wish[], targets: Targets): void {
  const problems = new Set<string>();
  let users = false;
  for (const { file, rotation } of wanted) {
    for (const member of rotation.members) {
      const found = targets.of(member);
      if (!found) {
        users ||= member.kind === 'user';
        problems.add(`${file}: ${missing(member.kind, member.name, targets)}`);
      } else if (member.kind === 'queue' && found.problem) problems.add(`${file}: ${found.problem}`);
    }
    const problem = fallbackProblem(rotation, targets);
    if (problem) problems.add(`${file}: ${problem}`);
  }
  if (problems.size > 0) throw new UnknownMembers([...problems], users);
}

function fallbackProblem({ fallback }: Rotation, targets: Targets): string | undefined {
  if (fallback === undefined) return undefined;
  const found = targets.of({ kind: 'queue', name: fallback });
  return found ? found.problem : missing('queue', fallback, targets);
}

function missing(kind: 'queue' | 'user', name: string, targets: Targets): string {
  if (kind === 'queue') return `there is no queue "${name}"`;
  const near = targets.like(name);
  return `there is no user "${name}"${near.length > 0 ? `, but ${near.join(', ')}` : ''}`;
}

/** Users who are named but cannot get leads now; they are imported all the same. */
export function doubts({ wishes, targets }: ImportSnapshot): string[] {
  const found = wishes.flatMap(({ rotation }) =>
    rotation.members.flatMap((member) => {
      const problem = member.kind === 'user' ? targets.of(member)?.problem : undefined;
      return problem === undefined ? [] : [`${memberName(member)} of ${rotation.key}: ${problem}`];
    })
  );
  return [...new Set(found)];
}

/** The stored member that a member of a file is. */
export const storedMember = (
  { stored }: Wish,
  member: Pick<RotationMember, 'kind' | 'name'>
): StoredMember | undefined => stored?.members.find(({ key }) => key === memberKey(member));

/** A rotation out of content that somebody else keeps, such as records: what is wrong is told and left out. */
import { z } from 'zod';
import type { Rotation, RotationMember } from '../model.js';
import { rotationOf, type Refuse } from './check.js';
import type { Path } from './places.js';
import { rotationFileSchema, type RotationFile } from './schema.js';
import { wordsOf } from './words.js';

/** Content in the shape of a file, whose values may be anything. Key and name are there. */
export type RotationContent = Record<string, unknown> & {
  members: Array<Record<string, unknown> & { queue?: string; user?: string }>;
};

/** Records may have no members yet. */
const lenientSchema = rotationFileSchema.extend({ members: z.array(rotationFileSchema.shape.members.element) });

/** The rotation in some content. */
export async function rotationOfContent(content: RotationContent, refuse: Refuse): Promise<Rotation> {
  const rotation = await rotationOf(shaped(content, refuse), refuse, (path) => valueAt(content, path) !== undefined);
  const members = rotation.members.map((member, at) => ({ ...member, ...namedIn(content.members[at]!) }));
  return { ...rotation, key: String(content.key), name: String(content.name), members };
}

/** Who a member is stays as it is written, so that whoever mends it finds it. */
const namedIn = ({ queue, user }: RotationContent['members'][number]): Pick<RotationMember, 'kind' | 'name'> =>
  queue === undefined ? { kind: 'user', name: user ?? '' } : { kind: 'queue', name: queue };

/** Placeholder where a name cannot be used; `namedIn` puts it back. */
const NAMELESS = { key: 'x', name: 'x', queue: 'x', user: 'x' };

function shaped(content: RotationContent, refuse: Refuse): RotationFile {
  const first = lenientSchema.safeParse(content);
  if (first.success) return first.data;
  const mended = structuredClone(content);
  for (const issue of first.error.issues) {
    refuse(issue.path, wordsOf(issue, valueAt(content, issue.path) === undefined));
    mend(mended, issue.path);
  }
  return lenientSchema.parse(mended);
}

/** Drops what is wrong: a field, or the whole list in which it stands. Names get a placeholder. */
function mend(content: RotationContent, path: Path): void {
  const isMember = path[0] === 'members';
  const holder: Record<PropertyKey, unknown> = isMember ? content.members[Number(path[1])]! : content;
  const field = path[isMember ? 2 : 0]!;
  if (field in NAMELESS) holder[field] = NAMELESS[field as keyof typeof NAMELESS];
  else delete holder[field];
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    content
  );
}

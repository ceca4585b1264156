/** Rotations of the org and of files side by side. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { Rotation } from '../rotation/model.js';
import { PackageMissing, readRotations, type StoredRotation } from '../rotation/records/index.js';
import { differences } from './compare.js';
import { readRotationFiles, rotationFilesIn, type ProjectFile } from './files.js';

const entrySchema = z.object({
  /** Absent for a file that cannot be read. */
  key: z.string().optional(),
  name: z.string().optional(),
  active: z.boolean().optional(),
  members: z.number().int().optional(),
  balance: z.enum(['assigned', 'open-leads']).optional(),
  /** `broken`: the file cannot be read. */
  state: z.enum(['same', 'different', 'only-in-org', 'only-in-file', 'broken']),
  file: z.string().optional(),
  /** What an import of the file would change. */
  differences: z.array(z.string()),
  problems: z.array(z.string()),
});

export const rotationListResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
  /** Whether the org has the objects of rotations, and the running user sees them. */
  package: z.boolean(),
  folder: z.string(),
  rotations: z.array(entrySchema),
});

export type RotationListResult = z.infer<typeof rotationListResultSchema>;
export type RotationEntry = z.infer<typeof entrySchema>;

/** Reads both sides. */
export async function listRotations(
  conn: Connection,
  folder: string
): Promise<Pick<RotationListResult, 'package' | 'rotations'>> {
  const files = await readRotationFiles(await rotationFilesIn(folder));
  const stored = await readRotations(conn).catch((error: unknown) => {
    if (error instanceof PackageMissing) return undefined;
    throw error;
  });
  return { package: stored !== undefined, rotations: entriesOf(stored ?? [], files) };
}

/** By key; files that cannot be read come last. */
export function entriesOf(stored: readonly StoredRotation[], files: readonly ProjectFile[]): RotationEntry[] {
  const inOrg = stored.map((one) =>
    besideFile(
      one,
      files.find(({ rotation }) => sameKey(rotation, one.rotation))
    )
  );
  const inFiles = files
    .filter(({ rotation }) => rotation && !stored.some((one) => sameKey(rotation, one.rotation)))
    .map(({ file, rotation, problems }) => ({
      ...shortOf(rotation!),
      state: 'only-in-file' as const,
      file,
      differences: [],
      problems,
    }));
  const broken = files
    .filter(({ rotation }) => !rotation)
    .map(({ file, problems }) => ({ state: 'broken' as const, file, differences: [], problems }));
  return [...[...inOrg, ...inFiles].sort((a, b) => (a.key ?? '').localeCompare(b.key ?? '')), ...broken];
}

function besideFile({ rotation, problems }: StoredRotation, file: ProjectFile | undefined): RotationEntry {
  if (!file?.rotation) return { ...shortOf(rotation), state: 'only-in-org', differences: [], problems };
  const found = differences(rotation, file.rotation);
  const state = found.length > 0 ? 'different' : 'same';
  return { ...shortOf(rotation), state, file: file.file, differences: found, problems };
}

const sameKey = (a: Rotation | undefined, b: Rotation): boolean => a?.key.toLowerCase() === b.key.toLowerCase();

const shortOf = ({
  key,
  name,
  active,
  balance,
  members,
}: Rotation): Omit<RotationEntry, 'state' | 'differences' | 'problems'> => ({
  key,
  name,
  active,
  balance,
  members: members.length,
});

/** The rotations of a project: one YAML file each. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRotationFile, RotationFileError } from '../rotation/config/index.js';
import type { Rotation } from '../rotation/model.js';

/** Where commands look for files. */
export const ROTATION_FOLDER = join('config', 'rotations');

/** A file, and its rotation or why it has none. */
export type ProjectFile = { file: string; rotation?: Rotation; problems: string[] };

/** Files that are refused together, with every problem of each. */
export class RotationFilesError extends Error {
  public constructor(
    public readonly files: readonly string[],
    public readonly problems: readonly string[]
  ) {
    super(problems.join('\n'));
    this.name = 'RotationFilesError';
  }
}

/** Paths of the files in a folder, in order; none where there is no such folder. */
export async function rotationFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads files; what is wrong in one of them, or between them, is told with it. */
export async function readRotationFiles(paths: readonly string[]): Promise<ProjectFile[]> {
  const files: ProjectFile[] = [];
  const seen = new Map<string, string>();
  for (const file of new Set(paths)) {
    const one = await readOne(file);
    const key = one.rotation?.key.toLowerCase();
    const other = key === undefined ? undefined : seen.get(key);
    if (other !== undefined)
      files.push({ file, problems: [`${file}: the rotation "${one.rotation!.key}" is in ${other} already`] });
    else files.push(one);
    if (key !== undefined) seen.set(key, other ?? file);
  }
  return files;
}

/** The rotations of files that must all be in order. @throws RotationFilesError */
export async function requireRotations(paths: readonly string[]): Promise<Array<{ file: string; rotation: Rotation }>> {
  const files = await readRotationFiles(paths);
  const bad = files.filter(({ problems }) => problems.length > 0);
  if (bad.length > 0) {
    throw new RotationFilesError(
      bad.map(({ file }) => file),
      bad.flatMap(({ problems }) => problems)
    );
  }
  return files.flatMap(({ file, rotation }) => (rotation ? [{ file, rotation }] : []));
}

async function readOne(file: string): Promise<ProjectFile> {
  try {
    return { file, rotation: await readRotationFile(file), problems: [] };
  } catch (error) {
    if (error instanceof RotationFileError) return { file, problems: error.message.split('\n') };
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { file, problems: [`${file}: there is no such file`] };
  }
}

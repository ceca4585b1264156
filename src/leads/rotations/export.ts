/** Rotations of the org as files. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { rotationJsonSchema, SCHEMA_FILE, writeRotationFile } from '../rotation/config/index.js';
import type { StoredRotation } from '../rotation/records/index.js';
import { differences } from './compare.js';
import { readRotationFiles, rotationFilesIn, type ProjectFile } from './files.js';

const exportedSchema = z.object({
  key: z.string(),
  file: z.string(),
  /** `unchanged`: the file says the same already, and is left as it is. */
  state: z.enum(['written', 'replaced', 'unchanged']),
  /** What was different in a file that was replaced. */
  differences: z.array(z.string()),
  /** What of the records could not be understood, and is not in the file. */
  problems: z.array(z.string()),
});

export const rotationExportResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
  folder: z.string(),
  rotations: z.array(exportedSchema),
});

export type RotationExportResult = z.infer<typeof rotationExportResultSchema>;
type Exported = z.infer<typeof exportedSchema>;

/** Files that say something else than the org, and would be lost. */
export class FilesDiffer extends Error {
  public constructor(public readonly files: ReadonlyArray<{ file: string; differences: string[] }>) {
    super(files.map(({ file, differences: found }) => `${file}: ${found.join('; ')}`).join('\n'));
    this.name = 'FilesDiffer';
  }
}

type Target = Exported & { text: string };

/** Writes one file each. @throws FilesDiffer before anything is written, unless `force` */
export async function exportRotations(
  rotations: readonly StoredRotation[],
  folder: string,
  force: boolean
): Promise<Exported[]> {
  const files = await readRotationFiles(await rotationFilesIn(folder));
  const targets = rotations.map((stored) => targetOf(stored, folder, files));
  const lost = targets.filter(({ state }) => state === 'replaced');
  if (lost.length > 0 && !force) throw new FilesDiffer(lost);
  if (rotations.length > 0) await mkdir(folder, { recursive: true });
  for (const { file, text, state } of targets) if (state !== 'unchanged') await replace(file, text);
  if (rotations.length > 0) await refreshSchema(join(folder, SCHEMA_FILE));
  return targets.map(({ text: _text, ...shown }) => shown);
}

/** The file that holds the rotation already keeps its name. */
function targetOf({ rotation, problems }: StoredRotation, folder: string, files: readonly ProjectFile[]): Target {
  const { key } = rotation;
  const text = writeRotationFile(rotation);
  const held = files.find((one) => one.rotation?.key.toLowerCase() === key.toLowerCase());
  if (held?.rotation) {
    const found = differences(held.rotation, rotation);
    const state = found.length > 0 ? 'replaced' : 'unchanged';
    return { key, file: held.file, state, differences: found, problems, text };
  }
  const file = join(folder, `${key}.yaml`);
  const inTheWay = files.find((one) => one.file === file);
  const what = inTheWay?.rotation ? `it holds the rotation ${inTheWay.rotation.key}` : 'it cannot be read';
  return { key, file, state: inTheWay ? 'replaced' : 'written', differences: inTheWay ? [what] : [], problems, text };
}

/** At once, so that a crash leaves the former file whole. */
async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}

/** Editors find the schema beside the files. */
async function refreshSchema(file: string): Promise<void> {
  const text = `${JSON.stringify(rotationJsonSchema(), undefined, 2)}\n`;
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== text) await replace(file, text);
}

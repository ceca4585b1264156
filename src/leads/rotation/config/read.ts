/** Reads a rotation's file, or refuses it whole with every problem and its place. */
import { readFile } from 'node:fs/promises';
import type { Rotation } from '../model.js';
import { rotationOf } from './check.js';
import { PlacedYaml } from './places.js';
import { RotationFileError } from './problems.js';
import { rotationFileSchema, type RotationFile } from './schema.js';
import { unknownField, wordsOf } from './words.js';

/** The rotation in a file. @throws RotationFileError, or the file system's error */
export async function readRotationFile(path: string): Promise<Rotation> {
  return parseRotation(await readFile(path, 'utf8'), path);
}

/** The rotation in a text. @param file name for messages @throws RotationFileError */
export async function parseRotation(text: string, file: string): Promise<Rotation> {
  const yaml = new PlacedYaml(text);
  const content = yaml.problems.length > 0 ? undefined : shaped(yaml);
  const rotation =
    content &&
    (await rotationOf(
      content,
      (path, words) => yaml.refuse(path, words),
      (path) => yaml.has(path)
    ));
  if (yaml.problems.length > 0 || !rotation) throw new RotationFileError(file, yaml.sorted());
  return rotation;
}

/** The content where it has the shape of a rotation. */
function shaped(yaml: PlacedYaml): RotationFile | undefined {
  const { data, error } = rotationFileSchema.safeParse(yaml.content ?? undefined);
  for (const issue of error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') {
      for (const field of issue.keys) yaml.refuseField(issue.path, field, unknownField(field, issue.path));
    } else yaml.refuse(issue.path, wordsOf(issue, !yaml.has(issue.path)));
  }
  return data;
}

/** The decisions file on disk. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { DecisionsFile } from './format.js';
import { parseDecisions } from './read.js';
import { formatDecisions } from './write.js';

/** The decisions in a file; undefined where there is none yet. @throws DecisionsFileError */
export async function readDecisionsFile(file: string): Promise<DecisionsFile | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parseDecisions(text, file);
}

/** Replaces the file at once, so that a crash leaves the former one whole. */
export async function writeDecisionsFile(file: string, decisions: DecisionsFile): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, formatDecisions(decisions));
  await rename(draft, file);
}

/** What an assignment rule made of the records of a step: a file with their owners before and after. */
import { rename } from 'node:fs/promises';
import { CsvWriter, readCsv } from '../rows/csv.js';
import type { RunFolder } from '../store/folder.js';

/** A record that was written with the rule. */
export type Assigned = { id: string; before: string; after: string; stamp: string };

/** Where the owners after a step lie. The file is there only as a whole. */
export const assignedFile = (folder: RunFolder, step: string): string => folder.stepFile(step, 'owners.csv');

/** Writes the file. */
export async function writeAssigned(folder: RunFolder, step: string, rows: AsyncGenerator<Assigned>): Promise<void> {
  const file = assignedFile(folder, step);
  await using writer = await CsvWriter.create(`${file}.new`, ['Id', 'OwnerId before', 'OwnerId', 'SystemModstamp']);
  let unwritten = 0;
  for await (const { id, before, after, stamp } of rows) {
    writer.add([id, before, after, stamp]);
    if (++unwritten % 2000 === 0) await writer.flush();
  }
  await writer.close();
  await rename(`${file}.new`, file);
}

/** Records of the file in order of their ids; none where the step did not come so far. */
export async function* readAssigned(folder: RunFolder, step: string): AsyncGenerator<Assigned> {
  try {
    for await (const lines of readCsv(assignedFile(folder, step))) {
      for (const [id = '', before = '', after = '', stamp = ''] of lines) yield { id, before, after, stamp };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

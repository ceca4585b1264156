/** When the records of a step were last changed as the run left them, by the org's clock: later changes are of others. */
import type { RecordsStep } from '../plan.js';
import { CsvWriter, readCsv } from '../rows/csv.js';
import type { RunFolder } from '../store/folder.js';

const fileOf = (folder: RunFolder, step: string): string => folder.stepFile(step, 'after.csv');

/** The file that the proof of a step fills. */
export const createAfterImage = (folder: RunFolder, step: string): Promise<CsvWriter> =>
  CsvWriter.create(fileOf(folder, step), ['Id', 'SystemModstamp']);

/** Times at which steps of a run left records, by id; several where several steps wrote them. Empty without a proof. */
export async function readAfterImages(
  folder: RunFolder,
  steps: ReadonlyArray<Pick<RecordsStep, 'id'>>
): Promise<Map<string, Set<string>>> {
  const stamps = new Map<string, Set<string>>();
  for (const { id: step } of steps) {
    for (const [id = '', stamp = ''] of await linesOf(fileOf(folder, step))) {
      stamps.set(id, (stamps.get(id) ?? new Set()).add(stamp));
    }
  }
  return stamps;
}

/** Lines of a file; a step that was stopped has no proof, and none. */
async function linesOf(file: string): Promise<string[][]> {
  try {
    return (await Array.fromAsync(readCsv(file))).flat();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

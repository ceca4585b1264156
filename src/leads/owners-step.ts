/** The step by which leads get their owners, as all plans about owners have it. */
import { createUpdateStep, type RunFolder, type UpdateRowsStep } from '../runs/index.js';

export const OWNER_STEP = 'owners';

/** Field that its row set is made for. */
export const OWNER_FIELD = 'OwnerId';

export type OwnersStep = {
  title?: string;
  /** Rows that were written into the run folder. */
  count: number;
  /** Latest stamp of the leads that were read. */
  since: string;
  /** Ids of the new owners. */
  values: readonly string[];
};

/** The step for a row set that is complete. */
export const ownersStep = (
  folder: RunFolder,
  { title = 'Change the owners', count, since, values }: OwnersStep
): Promise<UpdateRowsStep> => {
  const about = { id: OWNER_STEP, title, object: 'Lead', field: OWNER_FIELD, since, values: [...values] };
  return createUpdateStep(folder, { ...about, undo: 'exact' }, count);
};

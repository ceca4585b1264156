import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import type { PlanStep } from '../plan.js';
import type { CsvWriter } from '../rows/csv.js';
import type { RunFolder } from '../store/folder.js';

export const UNDO_KIND = 'run.undo';

export type UndoRequest = {
  conn: Connection;
  org: OrgIdentity;
  /** The run to undo. */
  original: RunFolder;
  /** Folder of the new run. */
  folder: RunFolder;
  onProgress: (read: number, total: number) => void;
};

/** What the undo plan says about itself. */
export type UndoDetails = {
  undoes: string;
  written: number;
  restored: number;
  left: number;
  values: Record<string, number>;
};

/** Plans of single steps: what they leave alone goes into `skipped`. */
export type StepUndoRequest = UndoRequest & {
  skipped: CsvWriter;
  /** Objects whose records the undo writes in other steps, too: their stamps tell nothing then, only their values do. */
  alsoWritten?: ReadonlySet<string>;
};

/** A step that takes one back, or why it cannot be. */
export type WayBack = {
  step?: PlanStep;
  /** Rows, components or members that stay as they are. */
  left: number;
  warning?: string;
  /** Rows restored, by the value they get back. */
  values?: Record<string, number>;
};

/** Reasons of rows that are left alone. */
export const CHANGED_SINCE = 'changed since the run';
export const NOT_FOUND = 'not found';
export const ROW_STAYS = 'the record that it tells of is left alone';

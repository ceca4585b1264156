import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
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

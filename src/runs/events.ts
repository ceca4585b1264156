import type { Failure } from './errors.js';

/** What a run tells while it works. Commands hand these to the report. */
export type RunEvent =
  | { type: 'start'; rows: number; pending: number; mode: 'collection' | 'bulk' }
  | { type: 'progress'; done: number; changed: number; failed: number; rows: number }
  | { type: 'again'; reason: 'rows' | Failure; rows: number; delay: number }
  | { type: 'verify' }
  | { type: 'waiting'; open: number; of: number }
  | { type: 'end'; state: RunState };

/**
 * `done`: nothing is left to do. `partly-done`: some rows failed. `stopped`: the run was put down before its end and
 * can be resumed. `running`: a process works on it, or was killed while it did.
 */
export type RunState = 'planned' | 'running' | 'done' | 'partly-done' | 'stopped';

export type RunListener = (event: RunEvent) => void;

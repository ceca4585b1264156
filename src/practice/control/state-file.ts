/** The file by which commands find a practice org that runs in the background. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A running server. `pid` is absent in the file of one that has stopped; its port stays on record. */
export type DaemonState = {
  pid?: number;
  port: number;
  url: string;
  orgId?: string;
  started?: string;
  /** Token of the control API. */
  controlToken?: string;
  /** User of the session below. */
  username?: string;
  /** Session of that user, as `SF_ACCESS_TOKEN` wants it. */
  accessToken?: string;
};

/** The state, or undefined where there is none that can be read. */
export const readState = (file: string): DaemonState | undefined => {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as DaemonState;
    return typeof state.port === 'number' ? state : undefined;
  } catch {
    return undefined;
  }
};

/** Writes the state for its owner's eyes only; a reader never sees half of it. */
export const writeState = (file: string, state: DaemonState): void => {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, file);
};

/** Whether the process of a state is there. */
export const isAlive = (state: DaemonState | undefined): boolean => {
  if (state?.pid === undefined) return false;
  try {
    process.kill(state.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

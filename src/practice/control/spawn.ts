/** Starts a practice org in a process of its own and waits until it answers. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DaemonConfig } from '../daemon.js';
import { isAlive, readState, type DaemonState } from './state-file.js';

const POLL = 50;
/** Lines of the log that a failed start shows. */
const TAIL = 20;

/** The process ended, or did not answer in time; the message has the end of its log. */
export class StartError extends Error {}

/** State file of an org's folder. */
export const stateFileOf = (config: Pick<DaemonConfig, 'folder' | 'stateFile'>): string =>
  config.stateFile ?? join(config.folder, 'daemon.json');

/** The running server of a folder, if there is one. */
export const runningState = (config: Pick<DaemonConfig, 'folder' | 'stateFile'>): DaemonState | undefined => {
  const state = readState(stateFileOf(config));
  return isAlive(state) ? state : undefined;
};

const tailOf = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL).join('\n');

/**
 * Starts the server detached, or returns the one that runs already.
 * @param timeout milliseconds; seeding a million leads takes a while.
 * @throws StartError.
 */
export const spawnPractice = async (config: DaemonConfig, timeout = 120_000): Promise<DaemonState> => {
  const running = runningState(config);
  if (running) return running;
  mkdirSync(config.folder, { recursive: true, mode: 0o700 });
  const configFile = join(config.folder, 'daemon.config.json');
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  const logFile = join(config.folder, 'daemon.log');
  const log = openSync(logFile, 'w', 0o600);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`../daemon.${extension}`, import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, entry, configFile], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let exit: number | string | undefined;
  child.once('exit', (code, signal) => (exit = code ?? signal ?? 'unknown'));
  child.once('error', (error) => (exit = error.message));
  child.unref();
  for (const end = Date.now() + timeout; Date.now() < end; await pause(POLL)) {
    const state = readState(stateFileOf(config));
    if (state?.pid === child.pid && state?.accessToken !== undefined) return state;
    if (exit !== undefined) throw new StartError(`The practice org did not start (${exit}).\n${tailOf(logFile)}`);
  }
  child.kill();
  throw new StartError(`The practice org did not answer within ${timeout / 1000} seconds.\n${tailOf(logFile)}`);
};

/** Runs the built plugin in a process of its own, as a user's shell does. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export type SpawnOutcome = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** @param env variables on top of those of this process; `CHANNEL_TEST_*` load the killing preload */
export function spawnCommand(args: readonly string[], env: Record<string, string> = {}): Promise<SpawnOutcome> {
  const preload = Object.keys(env).some((name) => name.startsWith('CHANNEL_TEST_'))
    ? ['--import', join(root, 'test/helpers/kill-at.mjs')]
    : [];
  const child = spawn(process.execPath, [...preload, join(root, 'bin/run.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: SpawnOutcome = { code: null, signal: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...outcome, code, signal }));
  });
}

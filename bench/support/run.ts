import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Measured = {
  /** Wall time in seconds. */
  seconds: number;
  /** Peak resident memory of the process in MB. */
  rss: number;
  code: number | null;
  stdout: string;
  stderr: string;
};

const preload = fileURLToPath(new URL('measure.mjs', import.meta.url));

/** Runs a Node script to its end and measures it. */
export async function measured(home: string, script: string, args: readonly string[]): Promise<Measured> {
  const rssFile = join(home, `rss-${Math.random().toString(36).slice(2)}`);
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', preload, script, ...args], {
    env: { ...process.env, CHANNEL_BENCH_RSS: rssFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  const rss = Number(await readFile(rssFile, 'utf8').catch(() => 'NaN')) / 1024;
  return { seconds, rss, code, stdout, stderr };
}

/** Prints a table of text cells, the first column to the left. */
export function printTable(rows: ReadonlyArray<readonly string[]>): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
    );
  }
}

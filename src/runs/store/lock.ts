import { open, readFile, rm } from 'node:fs/promises';

/** Somebody else works on the run. */
export class RunLocked extends Error {
  public constructor(public readonly pid: number) {
    super(`Process ${pid} works on this run.`);
    this.name = 'RunLocked';
  }
}

/**
 * Takes the lock file of a run for this process. A lock whose process is gone is taken over.
 * @returns a function that gives it back
 * @throws RunLocked
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}/lock`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder !== process.pid && isAlive(holder)) throw new RunLocked(holder);
      await rm(file, { force: true });
    }
  }
  throw new RunLocked(0);
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether somebody else spreads leads over the same members now. The org keeps the locks, in the package's objects. */
import type { Connection } from '@salesforce/core';
import { lockHolder, type PlanLock } from '../../runs/index.js';
import { asPackageMissing, PackageMissing } from '../rotation/records/index.js';

/** Another run works under the lock. */
export class LockHeld extends Error {
  public constructor(
    public readonly what: string,
    public readonly run: string,
    public readonly holder: string,
    public readonly until: string
  ) {
    super(`${what} is held by ${run}`);
    this.name = 'LockHeld';
  }
}

/** @throws LockHeld; PackageMissing where the org keeps no locks */
export async function requireFree(conn: Connection, lock: PlanLock): Promise<void> {
  const holder = await lockHolder(conn, lock).catch((error: unknown) => {
    throw asPackageMissing(error);
  });
  if (holder) throw new LockHeld(lock.what, holder.run, holder.holder, new Date(holder.until).toISOString());
}

/** The lock where the org keeps such, and undefined where it does not. @throws LockHeld */
export async function lockIfKept(conn: Connection, lock: PlanLock): Promise<PlanLock | undefined> {
  try {
    await requireFree(conn, lock);
    return lock;
  } catch (error) {
    if (error instanceof PackageMissing) return undefined;
    throw error;
  }
}

/**
 * The lock of a run in the org: taken before the first write, renewed while the run works, checked again before each unit.
 * Whoever lost it stops. There is no compare-and-set in REST; two things make up for it. The key is unique, so of two rows
 * only one can have it. And who takes over an ended lease clears its token first, so its former holder sees that.
 */
import type { Connection } from '@salesforce/core';
import { randomUUID } from 'node:crypto';
import { endLease, readLeases, saveLease, type Lease, type Leases } from '../../org/write/leases.js';
import { persist, type Persisting } from '../apply/context.js';
import { codeOf, failureOf, RunStopped } from '../errors.js';
import type { PlanLock } from '../plan.js';
import type { LeaseTimes } from '../tuning.js';

export type LeaseRequest = {
  conn: Connection;
  run: string;
  kind: string;
  lock: PlanLock;
  /** Who works, for those who have to wait. */
  holder: string;
  times: LeaseTimes;
  /** Run whose lock is taken at once: the one that this run takes back. It was killed, or it would have given it back. */
  instead?: string;
  /** How requests about the lock are tried again: one lost reply is no reason to stop a run. */
  persisting: Persisting;
};

/** Asks for the lock without taking it. @returns the row that holds it, where it is not this run's and has not ended */
export async function lockHolder(conn: Connection, lock: PlanLock, run = ''): Promise<Lease | undefined> {
  const { rows, now } = await readLeases(conn, lock.key, run);
  return rows.find((row) => isHeldByOther(row, lock, run) && row.until >= now);
}

const isHeldByOther = (row: Lease, { key }: PlanLock, run: string): boolean =>
  row.lock?.toLowerCase() === key.toLowerCase() && row.run !== run;

/** The lock as this process holds it. */
export class HeldLease {
  private readonly token = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();
  private until = 0;
  private checkedAt = 0;
  private lost: Error | undefined;

  private constructor(private readonly request: LeaseRequest) {}

  /** Takes the lock. @throws RunStopped `lock-held` with the holder's name, or what the org says against it */
  public static async take(request: LeaseRequest): Promise<HeldLease> {
    const { conn, lock, run, times } = request;
    const leases = await persist(request.persisting, () => readLeases(conn, lock.key, run));
    const other = leases.rows.find((row) => isHeldByOther(row, lock, run));
    if (other && other.run !== request.instead && other.until + times.grace >= leases.now) throw heldBy(other, lock);
    if (other) await persist(request.persisting, () => endLease(conn, other.id));
    const lease = new HeldLease(request);
    try {
      await lease.write(leases.now, { kind: request.kind, startedAt: new Date(leases.now).toISOString() });
    } catch (error) {
      throw await lease.tellRival(error);
    }
    lease.startRenewing();
    return lease;
  }

  /** Looks whether the lock is still held, at most every `times.check` ms. @throws RunStopped `lock-lost` */
  public async guard(): Promise<void> {
    if (this.lost) throw new RunStopped('lock-lost', this.lost);
    if (Date.now() - this.checkedAt < this.request.times.check) return;
    await this.check();
  }

  /** Gives the lock back. An org that cannot be reached lets it end by itself. */
  public async release(state: 'done' | 'partly-done' | 'stopped'): Promise<void> {
    this.stopRenewing();
    // A renewal on its way would take the lock again right behind this.
    await this.renewal;
    const { conn, run, persisting } = this.request;
    const words = { done: 'Done', 'partly-done': 'Partly Done', stopped: 'Stopped' } as const;
    const ended = { state: words[state], endedAt: new Date().toISOString() };
    const given = this.lost ? ended : { ...ended, lock: null, token: null, until: null };
    await persist(persisting, () => saveLease(conn, run, given)).catch(() => undefined);
  }

  private startRenewing(): void {
    this.timer = setInterval(() => {
      this.renewal = this.renewal.then(() => this.renewQuietly());
    }, this.request.times.renew);
    this.timer.unref();
  }

  private stopRenewing(): void {
    clearInterval(this.timer);
  }

  private async check(): Promise<void> {
    const { conn, lock, run, persisting } = this.request;
    const leases = await persist(persisting, () => readLeases(conn, lock.key, run));
    const own = leases.rows.find((row) => row.run === run);
    const isOurs = own?.token === this.token && own.lock !== null && leases.now <= own.until;
    if (!isOurs) throw this.lose(leases);
    this.checkedAt = Date.now();
    // A lease that ends soon is renewed at once: the timer may have been held up.
    if (this.until - leases.now < this.request.times.length / 2) await this.renew(leases.now);
  }

  /** Who took the lock between the look and this has it: the key is unique. */
  private async renew(now: number): Promise<void> {
    try {
      await this.write(now);
    } catch (error) {
      if (codeOf(error) !== 'DUPLICATE_VALUE') throw error;
      const { conn, lock, run } = this.request;
      throw this.lose(await readLeases(conn, lock.key, run));
    }
  }

  private async write(now: number, more: { kind?: string; startedAt?: string } = {}): Promise<void> {
    const { conn, run, lock, holder, times, persisting } = this.request;
    const until = now + times.length;
    const values = { ...more, state: 'Running' as const, lock: lock.key, token: this.token, holder, until };
    await persist(persisting, () => saveLease(conn, run, values));
    this.until = until;
    this.checkedAt = Date.now();
  }

  private lose({ rows }: Leases): RunStopped {
    const { lock, run } = this.request;
    const other = rows.find((row) => isHeldByOther(row, lock, run));
    this.lost ??= new Error(
      other ? `${lock.what} is now held by ${nameOf(other)}.` : `The lease of ${lock.what} ended before it was renewed.`
    );
    this.stopRenewing();
    return new RunStopped('lock-lost', this.lost);
  }

  /** A connection that fails now is met by the next unit; only the certain loss counts here. */
  private async renewQuietly(): Promise<void> {
    await this.check().catch(() => undefined);
  }

  /** Somebody was quicker by a moment. */
  private async tellRival(error: unknown): Promise<unknown> {
    if (codeOf(error) !== 'DUPLICATE_VALUE') return error;
    const { conn, lock, run } = this.request;
    const { rows } = await readLeases(conn, lock.key, run);
    const other = rows.find((row) => isHeldByOther(row, lock, run));
    return other ? heldBy(other, lock) : error;
  }
}

const nameOf = ({ run, holder }: Lease): string => `run ${run}${holder ? ` of ${holder}` : ''}`;

const heldBy = (other: Lease, { what }: PlanLock): RunStopped =>
  new RunStopped(
    'lock-held',
    new Error(
      `${what} is held by ${nameOf(other)} until ${new Date(other.until).toISOString()}, and longer while it works.`
    )
  );

/** An error on the way to a lock, as a run ends with it. */
export function lockStopped(error: unknown): RunStopped {
  if (error instanceof RunStopped) return error;
  return new RunStopped(failureOf(error), error);
}

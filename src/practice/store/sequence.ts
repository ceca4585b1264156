/** Record numbers, reserved in blocks so that a batch of inserts does not write the counter for every row. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { makeId } from './ids.js';

const BLOCK = 1000;

type Block = { next: number; end: number; durable: boolean };

/** Hands out ids that never repeat: not after a restart, and not after a transaction was rolled back. */
export class Sequence {
  private readonly blocks = new Map<string, Block>();
  private readonly reserve: StatementSync;

  public constructor(
    db: DatabaseSync,
    private readonly insideTransaction: () => boolean
  ) {
    db.exec('CREATE TABLE IF NOT EXISTS _sequence (prefix TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID');
    this.reserve = db.prepare(
      'INSERT INTO _sequence (prefix, next) VALUES (:prefix, :first + :block) ' +
        'ON CONFLICT (prefix) DO UPDATE SET next = max(next, :first) + :block RETURNING next'
    );
  }

  /** Next id of 18 characters for a key prefix. */
  public nextId(prefix: string): string {
    let block = this.blocks.get(prefix);
    if (!block || block.next >= block.end) block = this.nextBlock(prefix, block?.next ?? 1);
    return makeId(prefix, block.next++);
  }

  /** The blocks reserved so far are on disk now. */
  public committed(): void {
    for (const block of this.blocks.values()) block.durable = true;
  }

  /** Reservations of the transaction are gone from the file: reserve again, behind the numbers already given out. */
  public rolledBack(): void {
    for (const block of this.blocks.values()) if (!block.durable) block.end = block.next;
  }

  private nextBlock(prefix: string, first: number): Block {
    const row = this.reserve.get({ prefix, first, block: BLOCK }) as { next: number };
    const block = { next: row.next - BLOCK, end: row.next, durable: !this.insideTransaction() };
    this.blocks.set(prefix, block);
    return block;
  }
}

/** The SQLite file behind the practice org. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Catalog, ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';
import { CatalogRecords } from './catalog-records.js';
import { Rows } from './rows.js';
import { Sequence } from './sequence.js';
import { ensureTable } from './tables.js';

/** Statements kept prepared. Queries of clients pass through here too, so the number has a bound. */
const STATEMENTS = 500;

class SqliteStore implements Store {
  public readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly rows: Rows;
  private readonly sequence: Sequence;
  private readonly records: CatalogRecords;
  private readonly snapshots = new Set<DatabaseSync>();
  private depth = 0;

  public constructor(
    public readonly file: string,
    catalog: Catalog
  ) {
    this.db = new DatabaseSync(file, { enableForeignKeyConstraints: false, timeout: 5000 });
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000');
    // Pages that many small transactions touch again and again are written back once, not after every few.
    this.db.exec('PRAGMA wal_autocheckpoint = 8000');
    this.rows = new Rows((text) => this.db.prepare(text));
    this.sequence = new Sequence(this.db, () => this.depth > 0);
    this.records = new CatalogRecords(this.db, catalog);
    this.transaction(() => {
      this.records.load();
      for (const def of catalog.objects()) ensureTable(this.db, def);
    });
    catalog.watch((change) => this.transaction(() => this.records.follow(change)));
  }

  public sql(text: string): StatementSync {
    let statement = this.statements.get(text);
    if (!statement) {
      statement = this.db.prepare(text);
      if (this.statements.size >= STATEMENTS) this.statements.delete(this.statements.keys().next().value!);
      this.statements.set(text, statement);
    }
    return statement;
  }

  public transaction<T>(work: () => T): T {
    const level = this.depth;
    const mark = this.records.mark();
    this.sql(level === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT level${level}`).run();
    this.depth++;
    try {
      const result = work();
      this.sql(level === 0 ? 'COMMIT' : `RELEASE level${level}`).run();
      this.depth--;
      if (level === 0) this.settled();
      return result;
    } catch (error) {
      this.depth = level;
      this.rollBack(level, mark);
      throw error;
    }
  }

  public ensureTable(def: ObjectDef): void {
    ensureTable(this.db, def);
  }

  public nextId(prefix: string): string {
    return this.sequence.nextId(prefix);
  }

  public find(def: ObjectDef, id: string, deleted = false, fields?: readonly string[]): Row | undefined {
    return this.rows.find(def, id, deleted, fields);
  }

  public insert(def: ObjectDef, row: Row): void {
    this.rows.insert(def, row);
  }

  public update(def: ObjectDef, id: string, changes: Row): void {
    this.rows.update(def, id, changes);
  }

  public snapshot(): DatabaseSync {
    const snapshot = new DatabaseSync(this.file, { readOnly: true, timeout: 5000 });
    // BEGIN alone is lazy: the moment is fixed by the first read.
    snapshot.exec('PRAGMA cache_size = -8000; BEGIN; SELECT 1 FROM sqlite_master LIMIT 1');
    this.snapshots.add(snapshot);
    return snapshot;
  }

  public close(): void {
    for (const snapshot of this.snapshots) if (snapshot.isOpen) snapshot.close();
    this.snapshots.clear();
    if (this.db.isOpen) this.db.close();
  }

  private settled(): void {
    this.sequence.committed();
    this.records.committed();
    for (const snapshot of this.snapshots) if (!snapshot.isOpen) this.snapshots.delete(snapshot);
  }

  private rollBack(level: number, mark: number): void {
    // SQLite ends a transaction by itself on some errors (disk full); then there is nothing left to roll back.
    if (this.db.isTransaction)
      this.db.exec(level === 0 ? 'ROLLBACK' : `ROLLBACK TO level${level}; RELEASE level${level}`);
    this.sequence.rolledBack();
    this.records.revert(mark);
  }
}

/**
 * Opens the store of a practice org, creating the file and the tables it lacks. Objects that were deployed to the
 * org earlier are put into the catalogue.
 */
export const openStore = (file: string, catalog: Catalog): Store => new SqliteStore(file, catalog);

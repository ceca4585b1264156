/** Objects that a deploy added, kept in the database so that a restart knows them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Catalog, CatalogChange, FieldDef, ObjectDef } from '../catalog/types.js';
import { quoted } from './identifiers.js';
import { ensureTable } from './tables.js';

const toJson = (def: ObjectDef): string => JSON.stringify({ ...def, fields: [...def.fields.values()] });

const fromJson = (text: string): ObjectDef => {
  const stored = JSON.parse(text) as Omit<ObjectDef, 'fields'> & { fields: FieldDef[] };
  return { ...stored, fields: new Map(stored.fields.map((field) => [field.name.toLowerCase(), field])) };
};

/** Follows the catalogue into the database, and takes it back where a transaction is rolled back. */
export class CatalogRecords {
  /** Changes of the open transaction, the latest last. */
  private readonly open: CatalogChange[] = [];
  private reverting = false;

  public constructor(
    private readonly db: DatabaseSync,
    private readonly catalog: Catalog
  ) {
    db.exec('CREATE TABLE IF NOT EXISTS _objects (name TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID');
  }

  /** Puts the stored objects into the catalogue. */
  public load(): void {
    for (const row of this.db.prepare('SELECT definition FROM _objects ORDER BY name').all()) {
      this.catalog.add(fromJson(String(row.definition)));
    }
  }

  /** Writes one change of the catalogue. */
  public follow(change: CatalogChange): void {
    if (this.reverting) return;
    this.open.push(change);
    if (change.def) {
      ensureTable(this.db, change.def);
      this.db
        .prepare('INSERT OR REPLACE INTO _objects (name, definition) VALUES (?, ?)')
        .run(change.def.name, toJson(change.def));
    } else if (change.previous) {
      this.db.prepare('DELETE FROM _objects WHERE name = ?').run(change.previous.name);
      this.db.exec(`DROP TABLE IF EXISTS ${quoted(change.previous.name)}`);
    }
  }

  /** Where the open transaction stands now; `revert` goes back to it. */
  public mark(): number {
    return this.open.length;
  }

  /** Takes back what the catalogue learned since `mark`; the file has been rolled back already. */
  public revert(mark: number): void {
    this.reverting = true;
    try {
      for (const change of this.open.splice(mark).reverse()) {
        if (change.previous) this.catalog.add(change.previous);
        else if (change.def) this.catalog.remove(change.def.name);
      }
    } finally {
      this.reverting = false;
    }
  }

  /** The open transaction is on disk. */
  public committed(): void {
    this.open.length = 0;
  }
}

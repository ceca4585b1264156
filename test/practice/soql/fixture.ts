import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCatalog } from '../../../src/practice/catalog/catalog.js';
import type { Catalog } from '../../../src/practice/catalog/types.js';
import type { QueryEngine, QueryOptions, ResultRecord, Row, Session, Store } from '../../../src/practice/contracts.js';
import { PlatformError } from '../../../src/practice/errors.js';
import { createQueryEngine, type EngineParts } from '../../../src/practice/soql/engine.js';
import { openStore } from '../../../src/practice/store/store.js';

export const NOW = '2026-11-24T10:30:00.000Z';

/** A store in a temporary folder with an engine on it, and short ways to fill and ask it. */
export class Org {
  public readonly catalog: Catalog = buildCatalog();
  public readonly store: Store;
  public readonly engine: QueryEngine;
  public readonly denied = new Set<string>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'channel-soql-'));

  public constructor(parts: Partial<EngineParts> = {}) {
    this.store = openStore(join(this.folder, 'org.db'), this.catalog);
    const clock = { now: () => new Date(NOW), stamp: () => NOW };
    this.engine = createQueryEngine({ store: this.store, catalog: this.catalog, clock, ...parts });
  }

  public options(user = '005gL0000000001UAA'): QueryOptions {
    const session: Session = {
      id: 'x',
      user: { Id: user, Username: 'admin@example.com', ProfileId: '', UserType: 'Standard' },
      has: () => true,
      can: (_, def) => !this.denied.has(def.name),
      view: (def) => def,
    };
    return { session, version: '66.0' };
  }

  public add(type: string, row: Row): string {
    const def = this.catalog.require(type);
    const id = this.store.nextId(def.keyPrefix);
    this.store.insert(def, { Id: id, ...(def.fields.has('isdeleted') ? { IsDeleted: false } : {}), ...row });
    return id;
  }

  public query(soql: string): ResultRecord[] {
    return this.engine.query(soql, this.options()).records;
  }

  /** The values of one field of the result. */
  public list(soql: string, field = 'LastName'): unknown[] {
    return this.query(soql).map((record) => record[field]);
  }

  /** Error code and message of a query that must fail. */
  public refusal(soql: string): string {
    try {
      this.engine.query(soql, this.options());
    } catch (error) {
      if (error instanceof PlatformError) return `${error.errorCode}: ${error.message}`;
      throw error;
    }
    throw new Error(`Not refused: ${soql}`);
  }

  public close(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true });
  }
}

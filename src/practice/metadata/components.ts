/** Components that are kept as they were deployed, in `practice_component`. */
import type { Store } from '../contracts.js';
import type { Author } from '../rules/records.js';
import { prefixOfType } from './prefixes.js';
import type { Body, Component, ComponentStore, NewComponent } from './types.js';

// Names are matched without case, as the platform does.
const TABLE = `CREATE TABLE IF NOT EXISTS practice_component (
  type TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, id TEXT NOT NULL, body TEXT NOT NULL, files TEXT NOT NULL,
  created_by TEXT NOT NULL, created TEXT NOT NULL, modified_by TEXT NOT NULL, modified TEXT NOT NULL,
  PRIMARY KEY (type, name)) WITHOUT ROWID`;

type Stored = {
  type: string;
  name: string;
  id: string;
  body: string;
  files: string;
  created_by: string;
  created: string;
  modified_by: string;
  modified: string;
};

const writeFiles = (files: Record<string, Buffer>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(files).map(([path, data]) => [path, data.toString('base64')])));

const readFiles = (text: string): Record<string, Buffer> =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Record<string, string>).map(([path, data]) => [
      path,
      Buffer.from(data, 'base64'),
    ])
  );

/** An element without content is the same whether it was meant to have text or elements. */
const sorted = (value: object): object | string => {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? Object.fromEntries(entries) : '';
};

const simple = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return sorted(value);
  return value.length === 1 ? simple(value[0]) : (value as unknown[]);
};

/** Text of a body in which the order of elements with different names does not count, nor a list around a single one. */
const canonical = (body: unknown): string => JSON.stringify(body, (_key, value: unknown) => simple(value));

/** Whether two definitions say the same. */
export const isSameBody = (a: Body, b: Body): boolean => canonical(a) === canonical(b);

const toComponent = (row: Stored): Component => ({
  type: row.type,
  fullName: row.name,
  id: row.id,
  body: JSON.parse(row.body) as Body,
  files: readFiles(row.files),
  createdById: row.created_by,
  createdDate: row.created,
  lastModifiedById: row.modified_by,
  lastModifiedDate: row.modified,
});

class SqlComponents implements ComponentStore {
  public constructor(private readonly store: Store) {
    store.db.exec(TABLE);
  }

  public list(type: string): Component[] {
    const rows = this.store.sql('SELECT * FROM practice_component WHERE type = ? ORDER BY name').all(type);
    return (rows as unknown as Stored[]).map(toComponent);
  }

  public find(type: string, fullName: string): Component | undefined {
    const row = this.row(type, fullName);
    return row && toComponent(row);
  }

  public put(author: Author, component: NewComponent): { id: string; created: boolean; changed: boolean } {
    const { type, fullName } = component;
    // The name is the component's own; in files of several parts it stands inside the part too.
    const { fullName: _name, ...content } = component.body;
    const body = JSON.stringify(content);
    const files = writeFiles(component.files ?? {});
    const before = this.row(type, fullName);
    if (!before) return { id: this.insert(author, component, body, files), created: true, changed: true };
    const id = component.id ?? before.id;
    const same =
      canonical(JSON.parse(before.body)) === canonical(content) &&
      before.files === files &&
      before.id === id &&
      before.name === fullName;
    if (!same) this.update(author, { ...before, name: fullName, id, body, files });
    return { id, created: false, changed: !same };
  }

  public remove(type: string, fullName: string): boolean {
    const result = this.store.sql('DELETE FROM practice_component WHERE type = ? AND name = ?').run(type, fullName);
    return Number(result.changes) > 0;
  }

  private row(type: string, fullName: string): Stored | undefined {
    const row = this.store.sql('SELECT * FROM practice_component WHERE type = ? AND name = ?').get(type, fullName);
    return row as Stored | undefined;
  }

  private insert(author: Author, { type, fullName, id }: NewComponent, body: string, files: string): string {
    const made = id ?? this.store.nextId(prefixOfType(type));
    const { userId, now } = author;
    this.store
      .sql('INSERT INTO practice_component VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(type, fullName, made, body, files, userId, now, userId, now);
    return made;
  }

  private update({ userId, now }: Author, row: Stored): void {
    this.store
      .sql(
        'UPDATE practice_component SET name = ?, id = ?, body = ?, files = ?, modified_by = ?, modified = ? ' +
          'WHERE type = ? AND name = ?'
      )
      .run(row.name, row.id, row.body, row.files, userId, now, row.type, row.name);
  }
}

/** Opens the components of an org. */
export const openComponents = (store: Store): ComponentStore => new SqlComponents(store);

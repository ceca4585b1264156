/** Reading and writing single records with statements that are prepared once. */
import type { StatementSync } from 'node:sqlite';
import type { Row, Value } from '../contracts.js';
import type { ObjectDef } from '../catalog/types.js';
import { quoted } from './identifiers.js';
import { to18 } from './ids.js';

type Prepare = (text: string) => StatementSync;

const booleans = new WeakMap<ObjectDef, string[]>();

const booleanFields = (def: ObjectDef): string[] => {
  let names = booleans.get(def);
  if (!names) {
    names = [...def.fields.values()].filter((field) => field.type === 'boolean').map((field) => field.name);
    booleans.set(def, names);
  }
  return names;
};

/** A value as SQLite takes it: booleans become 0 and 1. */
export const toSql = (value: Value | undefined): string | number | null =>
  typeof value === 'boolean' ? Number(value) : (value ?? null);

/** A row of the database with its booleans as booleans. */
export const fromSql = (def: ObjectDef, row: Row): Row => {
  for (const name of booleanFields(def)) {
    const value = row[name];
    if (value !== null && value !== undefined) row[name] = value !== 0;
  }
  return row;
};

/** Writes and reads rows of catalogue objects. One instance belongs to one connection. */
export class Rows {
  private readonly writes = new Map<string, StatementSync>();

  public constructor(private readonly prepare: Prepare) {}

  public find(def: ObjectDef, id: string, deleted: boolean): Row | undefined {
    const live = !deleted && def.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
    const row = this.prepare(`SELECT * FROM ${quoted(def.name)} WHERE "Id" = ?${live}`).get(to18(id));
    return row && fromSql(def, row as Row);
  }

  public insert(def: ObjectDef, row: Row): void {
    const names = Object.keys(row);
    const statement = this.write(`+${def.name}`, names, () => {
      const marks = names.map(() => '?').join(', ');
      return `INSERT INTO ${quoted(def.name)} (${names.map(quoted).join(', ')}) VALUES (${marks})`;
    });
    statement.run(...names.map((name) => toSql(row[name])));
  }

  public update(def: ObjectDef, id: string, changes: Row): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const statement = this.write(`=${def.name}`, names, () => {
      const sets = names.map((name) => `${quoted(name)} = ?`).join(', ');
      return `UPDATE ${quoted(def.name)} SET ${sets} WHERE "Id" = ?`;
    });
    statement.run(...names.map((name) => toSql(changes[name])), id);
  }

  /** Statement by a short key, so that the hot path does not build the SQL text of every row. */
  private write(kind: string, names: string[], text: () => string): StatementSync {
    const key = `${kind}\n${names.join()}`;
    let statement = this.writes.get(key);
    if (!statement) {
      statement = this.prepare(text());
      this.writes.set(key, statement);
    }
    return statement;
  }
}

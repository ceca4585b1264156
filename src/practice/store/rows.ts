/** Reading and writing single records with statements that are prepared once. */
import type { StatementSync } from 'node:sqlite';
import type { Row, Value } from '../contracts.js';
import type { ObjectDef } from '../catalog/types.js';
import { quoted } from './identifiers.js';
import { to18 } from './ids.js';
import { columnsOf } from './tables.js';

type Prepare = (text: string) => StatementSync;

/** A prepared read: the columns come as an array, which is twice as fast as an object made by the driver. */
type Read = { statement: StatementSync; names: string[]; booleans: boolean[] };

/** Stands for every field, as the key of the statement that reads them all. */
const ALL: readonly string[] = [];

/** A value as SQLite takes it: booleans become 0 and 1. */
const toSql = (value: Value | undefined): string | number | null =>
  typeof value === 'boolean' ? Number(value) : (value ?? null);

/** Writes and reads rows of catalogue objects. One instance belongs to one connection. */
export class Rows {
  private readonly writes = new Map<string, StatementSync>();
  private readonly reads = new WeakMap<ObjectDef, WeakMap<readonly string[], Read>>();

  public constructor(private readonly prepare: Prepare) {}

  public find(def: ObjectDef, id: string, deleted: boolean, fields = ALL): Row | undefined {
    const { statement, names, booleans } = this.read(def, fields);
    const values = statement.get(to18(id)) as unknown as Value[] | undefined;
    if (!values) return undefined;
    const row: Row = {};
    for (let i = 0; i < names.length; i++) {
      const value = values[i]!;
      row[names[i]!] = booleans[i] && value !== null ? value !== 0 : value;
    }
    // The last column tells whether the record is in the recycle bin.
    return deleted || values[names.length] !== 1 ? row : undefined;
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

  private read(def: ObjectDef, fields: readonly string[]): Read {
    let known = this.reads.get(def);
    if (!known) this.reads.set(def, (known = new WeakMap<readonly string[], Read>()));
    let read = known.get(fields);
    if (!read) known.set(fields, (read = this.prepareRead(def, fields)));
    return read;
  }

  private prepareRead(def: ObjectDef, fields: readonly string[]): Read {
    const columns = columnsOf(def).filter((field) => fields === ALL || fields.includes(field.name));
    const names = columns.map((field) => field.name);
    const bin = def.fields.has('isdeleted') ? '"IsDeleted"' : '0';
    const statement = this.prepare(
      `SELECT ${[...names.map(quoted), bin].join(', ')} FROM ${quoted(def.name)} WHERE "Id" = ?`
    );
    statement.setReturnArrays(true);
    return { statement, names, booleans: columns.map((field) => field.type === 'boolean') };
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

/** The reading side of the practice org. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Catalog, ObjectDef } from '../catalog/types.js';
import type { Clock, FlatQuery, QueryEngine, QueryOptions, QueryPage, ResultRecord, Store } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { withExpiry } from '../sites/expiry.js';
import { isId } from '../store/ids.js';
import type { Query } from './ast.js';
import { checkBulk, flatQuery } from './bulk.js';
import { compile, type Compiled } from './compile.js';
import type { Context } from './context.js';
import { Cursor, Cursors } from './cursors.js';
import { parseSoql } from './parse.js';
import { toRecord, type Run, type SqlRow } from './shape.js';
import { virtualRows, type QuerySharing } from './virtual.js';

const PAGE = { least: 200, most: 2000 };
const DEFAULT_VERSION = '66.0';

/** What the engine reads from, and the hooks of other rooms. */
export type EngineParts = {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  /** Record-level sharing; without it every record of a readable object is seen. */
  sharing?: QuerySharing;
};

type SqlParams = Array<string | number | null>;

const sqlParams = (compiled: Compiled): SqlParams =>
  compiled.params.map((param) => (typeof param === 'symbol' ? null : param));

class Engine implements QueryEngine {
  private readonly cursors = new Cursors();

  public constructor(private readonly parts: EngineParts) {}

  public query(soql: string, options: QueryOptions): QueryPage {
    const compiled = this.compile(soql, options);
    if (compiled.countOnly) return { totalSize: this.count(compiled), done: true, records: [] };
    const size = Math.min(Math.max(options.batchSize ?? PAGE.most, PAGE.least), PAGE.most);
    const rows = this.first(compiled, compiled.aggregate ? PAGE.most : size);
    if (!rows) return this.firstPage(compiled, size, options);
    const run = this.run(options, (text) => this.parts.store.sql(text));
    return { totalSize: rows.length, done: true, records: rows.map((row) => toRecord(compiled.shape, row, run)) };
  }

  public whole(soql: string, options: QueryOptions): QueryPage {
    const compiled = compile(this.context(soql, options), { ...parseSoql(soql), ...options.slice });
    if (compiled.countOnly) return { totalSize: this.count(compiled), done: true, records: [] };
    const run = this.run(options, (text) => this.parts.store.sql(text));
    const rows = run.all(compiled.sql, sqlParams(compiled));
    return { totalSize: rows.length, done: true, records: rows.map((row) => toRecord(compiled.shape, row, run)) };
  }

  public more(locator: string, options: QueryOptions): QueryPage {
    const { cursor, offset } = this.cursors.find(locator, options.session.user.Id);
    return this.page(cursor, offset);
  }

  public columns(soql: string, options: QueryOptions): ReturnType<QueryEngine['columns']> {
    const { columns, entity, idSelected, grouped } = this.compile(soql, options);
    return { columns, entity: entity.name, idSelected, groupBy: grouped };
  }

  public flat(soql: string, options: QueryOptions): FlatQuery {
    const query = parseSoql(soql);
    const compiled = compile(this.context(soql, options), query);
    checkBulk(compiled, query.offset);
    return flatQuery(this.parts.store, compiled);
  }

  public record(
    def: ObjectDef,
    id: string,
    fields: string[] | undefined,
    options: QueryOptions
  ): ResultRecord | undefined {
    if (!isId(id)) return undefined;
    const names = fields ?? [...options.session.view(def).fields.values()].map((field) => field.name);
    const query: Query = {
      select: names.map((name) => ({ kind: 'value', value: { kind: 'path', parts: name.split('.'), at: 0 } })),
      from: def.name,
      fromAt: 0,
      aliases: new Map(),
      where: {
        kind: 'compare',
        operator: '=',
        at: 0,
        left: { kind: 'path', parts: ['Id'], at: 0 },
        values: [{ kind: 'string', raw: id, at: 0 }],
      },
      groupBy: [],
      orderBy: [],
      allRows: false,
    };
    const compiled = compile(this.context(names.join(','), options), query);
    const run = this.run(options, (text) => this.parts.store.sql(text));
    const [row] = run.all(compiled.sql, sqlParams(compiled));
    return row && toRecord(compiled.shape, row, run);
  }

  private compile(soql: string, options: QueryOptions): Compiled {
    return compile(this.context(soql, options), parseSoql(soql));
  }

  private context(soql: string, options: QueryOptions): Context {
    const { catalog, clock, sharing } = this.parts;
    return {
      soql,
      catalog,
      recordFilter: withExpiry(sharing?.filter ?? (() => undefined), clock),
      session: options.session,
      now: clock.now(),
      all: options.all ?? false,
      tooling: options.tooling ?? false,
      virtualRows: virtualRows(catalog, options.session, sharing),
    };
  }

  private count(compiled: Compiled): number {
    return Number(this.parts.store.sql(`SELECT count(*) AS n FROM (${compiled.sql})`).get(...sqlParams(compiled))!.n);
  }

  /** All rows where they fit one page, else undefined. */
  private first(compiled: Compiled, size: number): SqlRow[] | undefined {
    const statement = this.parts.store.sql(compiled.sql);
    statement.setReturnArrays(true);
    const rows: SqlRow[] = [];
    for (const row of statement.iterate(...sqlParams(compiled))) {
      if (rows.length === size) {
        if (!compiled.aggregate) return undefined;
        throw new PlatformError(
          'EXCEEDED_ID_LIMIT',
          'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch'
        );
      }
      rows.push(row as unknown as SqlRow);
    }
    return rows;
  }

  /** First page of a long result, which goes on from a snapshot. */
  private firstPage(compiled: Compiled, size: number, options: QueryOptions): QueryPage {
    const { store } = this.parts;
    const snapshot = store.snapshot();
    const prepare = this.preparer(snapshot);
    const run = this.run(options, prepare);
    const statement = prepare(compiled.sql);
    statement.setReturnArrays(true);
    const params = sqlParams(compiled);
    const start = (): IterableIterator<SqlRow> => statement.iterate(...params) as unknown as IterableIterator<SqlRow>;
    const toRecords = (rows: SqlRow[]): ResultRecord[] => rows.map((row) => toRecord(compiled.shape, row, run));
    const id = store.nextId('01g');
    const cursor = new Cursor(id, options.session.user.Id, this.count(compiled), size, snapshot, start, toRecords);
    this.cursors.add(cursor);
    return this.page(cursor, 0);
  }

  private page(cursor: Cursor, offset: number): QueryPage {
    const records = cursor.records(cursor.page(offset));
    const next = cursor.after(offset);
    if (next === undefined) cursor.linger(() => this.cursors.close(cursor));
    return {
      totalSize: cursor.totalSize,
      done: next === undefined,
      records,
      ...(next === undefined ? {} : { locator: `${cursor.id}-${next}` }),
    };
  }

  private preparer(connection: DatabaseSync): (text: string) => StatementSync {
    const statements = new Map<string, StatementSync>();
    return (text) => {
      const statement = statements.get(text) ?? connection.prepare(text);
      statements.set(text, statement);
      return statement;
    };
  }

  private run(options: QueryOptions, prepare: (text: string) => StatementSync): Run {
    const service = options.tooling ? 'tooling/sobjects' : 'sobjects';
    return {
      url: `/services/data/v${options.version ?? DEFAULT_VERSION}/${service}`,
      all: (sql, params) => {
        const statement = prepare(sql);
        statement.setReturnArrays(true);
        return statement.all(...params) as unknown as SqlRow[];
      },
    };
  }
}

/** Opens the query engine of an org. */
export const createQueryEngine = (parts: EngineParts): QueryEngine => new Engine(parts);

/** Joins planned rows with what the org holds now. Both are sorted by id, so memory stays flat. */
import type { Connection } from '@salesforce/core';
import {
  bulkQuery,
  IDS_A_QUERY,
  isIn,
  normalStamp,
  queryPages,
  REST_ROWS,
  select,
  type Condition,
} from '../../org/read/index.js';

/** What a record holds now. */
export type Current = { id: string; value: string; stamp: string };

export type JoinRequest = {
  object: string;
  field: string;
  /** Rows at most: many are read in one export. */
  count: number;
  /** Of an export: which records it holds. */
  holding: Condition;
};

/** Each row with what its record holds; without it where the org does not show the record, or an export leaves it out. */
export async function* joined<R extends { id: string }>(
  conn: Connection,
  request: JoinRequest,
  rows: AsyncGenerator<R>
): AsyncGenerator<{ row: R; current?: Current }> {
  if (request.count <= REST_ROWS) {
    yield* joinedByIds(conn, request, rows);
    return;
  }
  const now = currentByBulk(conn, request);
  let next = await now.next();
  for await (const row of rows) {
    while (!next.done && next.value.id < row.id) next = await now.next();
    yield { row, current: !next.done && next.value.id === row.id ? next.value : undefined };
  }
}

async function* joinedByIds<R extends { id: string }>(
  conn: Connection,
  request: JoinRequest,
  rows: AsyncGenerator<R>
): AsyncGenerator<{ row: R; current?: Current }> {
  let chunk: R[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < IDS_A_QUERY) continue;
    yield* await joinChunk(conn, request, chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield* await joinChunk(conn, request, chunk);
}

const fieldsOf = ({ field }: JoinRequest): string[] => ['Id', field, 'SystemModstamp'];

async function joinChunk<R extends { id: string }>(
  conn: Connection,
  request: JoinRequest,
  rows: R[]
): Promise<Array<{ row: R; current?: Current }>> {
  const where = isIn(
    'Id',
    rows.map(({ id }) => id)
  );
  const soql = select({ from: request.object, fields: fieldsOf(request), where });
  const current = new Map<string, Current>();
  for await (const { records } of queryPages<Record<string, string>>(conn, soql)) {
    for (const record of records) {
      const id = record.Id ?? '';
      current.set(id, { id, value: record[request.field] ?? '', stamp: normalStamp(record.SystemModstamp ?? '') });
    }
  }
  return rows.map((row) => ({ row, current: current.get(row.id) }));
}

async function* currentByBulk(conn: Connection, request: JoinRequest): AsyncGenerator<Current> {
  const { object: from, holding: where } = request;
  for await (const page of bulkQuery(conn, select({ from, fields: fieldsOf(request), where, orderBy: ['Id'] }))) {
    for (const [id = '', value = '', stamp = ''] of page) yield { id, value, stamp };
  }
}

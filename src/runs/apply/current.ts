/** What rows hold now, to tell which have changed since the snapshot and what a lost reply has done. */
import { all, normalStamp, compare, isIn, queryPages, select, since, type Condition } from '../../org/read/index.js';
import { COLLECTION_ROWS } from '../../org/write/collections.js';
import type { Row, StepContext } from './context.js';

export type Current = { value: string; stamp: string };

type CurrentRow = { Id: string; SystemModstamp: string } & Record<string, string | null>;

/**
 * Rows that no longer are as the snapshot saw them. Up to 200 rows are read by id; more by one delta query, which
 * returns only rows touched since the snapshot, in the range of ids at hand (row sets are sorted by id).
 */
export async function changedRows(context: StepContext, rows: readonly Row[]): Promise<Set<Row>> {
  const exact = rows.length <= COLLECTION_ROWS;
  const current = exact ? await readRows(context, rows) : await readCurrent(context, touched(context, rows));
  return new Set(
    rows.filter((row) => {
      const now = current.get(row.id);
      return now === undefined ? exact : hasChanged(row, now);
    })
  );
}

/** Current values of up to 200 rows, by id. */
export function readRows(context: StepContext, rows: readonly Row[]): Promise<Map<string, Current>> {
  return readCurrent(
    context,
    isIn(
      'Id',
      rows.map(({ id }) => id)
    )
  );
}

function touched({ step }: StepContext, rows: readonly Row[]): Condition {
  const first = rows[0]!;
  const last = rows[rows.length - 1]!;
  return all(since('SystemModstamp', step.since), compare('Id', '>=', first.id), compare('Id', '<=', last.id));
}

const hasChanged = ({ was, stamp }: Row, now: Current): boolean =>
  now.value !== was || (stamp !== '' && now.stamp !== stamp);

async function readCurrent({ conn, step }: StepContext, where: Condition): Promise<Map<string, Current>> {
  const soql = select({ from: step.object, fields: ['Id', step.field, 'SystemModstamp'], where });
  const current = new Map<string, Current>();
  for await (const { records } of queryPages<CurrentRow>(conn, soql)) {
    for (const record of records) {
      current.set(record.Id, { value: String(record[step.field] ?? ''), stamp: normalStamp(record.SystemModstamp) });
    }
  }
  return current;
}

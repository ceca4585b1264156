/** All changes of owners since a moment, each once, from what tells most of it. In pages; sources come one after another. */
import type { Connection } from '@salesforce/core';
import { all, compare, rowsOf } from '../../org/read/index.js';
import { readAssignments } from '../assignments/index.js';
import type { OwnerEvent } from './event.js';
import { Known, spanOfRecords, type Span } from './known.js';
import type { Names } from './names.js';
import { eventsOfRun, type OwnerRun } from './owner-runs.js';

export type EventsRequest = {
  conn: Connection;
  /** Milliseconds. */
  since: number;
  /** Which sources of the org can be read. */
  sources: { assignments: boolean; history: boolean };
  runs: readonly OwnerRun[];
  names: Names;
  /** Keys of rotations by the ids of their records. */
  rotations: ReadonlyMap<string, string>;
};

/** @throws errors of the org */
export async function* ownerEvents(request: EventsRequest): AsyncGenerator<OwnerEvent[]> {
  const known = new Known();
  const { sources, runs } = request;
  if (sources.assignments) yield* recorded(request, known);
  for (const run of runs) yield* newOfRun(run, known);
  if (sources.history) yield* newOfHistory(request, known);
}

async function* recorded({ conn, since, rotations }: EventsRequest, known: Known): AsyncGenerator<OwnerEvent[]> {
  const spans = new Map<string, Span>();
  for await (const page of readAssignments(conn, compare('CreatedDate', '>=', new Date(since)))) {
    yield page.map(({ lead, run, before: from, after: to, outcome, reason, rotation, at: stamp }) => {
      const at = Date.parse(stamp);
      if (from !== to) known.add(lead, to, grown(spans, run, at), 'assignment');
      const key = rotations.get(rotation) ?? rotation;
      return { lead, at, from, to, source: 'assignment', reason, run, rotation: key, outcome };
    });
  }
}

/** One span for all records of a run; records without one have each their own. */
function grown(spans: Map<string, Span>, run: string, at: number): Span {
  const span = spans.get(run) ?? spanOfRecords(run, at);
  if (run === '') return span;
  span.until = Math.max(span.until, spanOfRecords(run, at).until);
  spans.set(run, span);
  return span;
}

/** What was undone is no event, but the history tells of it, too. */
async function* newOfRun(run: OwnerRun, known: Known): AsyncGenerator<OwnerEvent[]> {
  for await (const page of eventsOfRun(run)) {
    const fresh = page.filter(({ lead, to }) => !known.take(lead, to, run.span, 'run'));
    for (const { lead, to } of fresh) known.add(lead, to, run.span, 'run');
    if (!run.isUndone) yield fresh;
  }
}

const FIELDS = ['LeadId', 'OldValue', 'NewValue', 'CreatedDate', 'CreatedById'];

const ID = /^(005|00G)[A-Za-z0-9]{15}$/;

/** The history notes owners in a row with names and one with ids (as in src/leads/holding); those with ids are looked at. */
async function* newOfHistory({ conn, since, names }: EventsRequest, known: Known): AsyncGenerator<OwnerEvent[]> {
  const where = all(compare('Field', '=', 'Owner'), compare('CreatedDate', '>=', new Date(since)));
  const orderBy = ['CreatedDate', 'Id'];
  for await (const rows of rowsOf(conn, { from: 'LeadHistory', fields: FIELDS, where, orderBy })) {
    const fresh = rows.filter(([lead = '', , to = '', time = '']) => {
      const at = Date.parse(time);
      return ID.test(to) && !known.take(lead, to, { from: at, until: at }, 'history');
    });
    await names.learn(fresh.flatMap(([, from = '', to = '', , by = '']) => [from, to, by]));
    yield fresh.map((row) => noted(row, names));
  }
}

function noted([lead = '', from = '', to = '', time = '', by = '']: string[], names: Names): OwnerEvent {
  const isClaim = from.startsWith('00G') && to === by;
  return {
    lead,
    at: Date.parse(time),
    from,
    to,
    source: 'history',
    reason: isClaim ? `claimed from ${names.of(from)}` : `by ${names.of(by)}`,
    run: '',
    rotation: '',
    outcome: isClaim ? 'Claimed' : '',
  };
}

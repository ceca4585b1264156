/** Makes the report: changes of owners pass by one after another, and only their sums stay. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import type { RunStore } from '../../runs/index.js';
import { AGE_CLASSES, DAY, partnerScope, readSources } from '../holding/index.js';
import { EventsCsv } from './events-csv.js';
import { ownerEvents, type EventsRequest } from './events.js';
import { fairnessOf, rotationsOf } from './fairness.js';
import { readHeldNow, type Held } from './held.js';
import { Names } from './names.js';
import { notesOf } from './notes.js';
import { readOwnerRuns } from './owner-runs.js';
import type { LeadReportResult, ReportedOwner } from './result.js';
import { binsOf, noSums, Sums } from './sums.js';

export type ReportRequest = {
  conn: Connection;
  org: OrgIdentity;
  store: RunStore;
  /** Days back from now. */
  days: number;
  /** File for the changes. */
  csv?: string;
  onProgress: (events: number) => void;
};

/** All but the files that it was written to. @throws errors of the org */
export async function buildLeadReport(request: ReportRequest): Promise<Omit<LeadReportResult, 'files'>> {
  const { conn, org, store, days } = request;
  const now = Date.now();
  const since = now - days * DAY;
  const { sources, notes } = await readSources(conn);
  const rotations = await rotationsOf(conn);
  const { runs, unended } = await readOwnerRuns(await store.list(), org.id, since);
  const names = new Names(conn);
  const readable = { assignments: sources.assignments, history: sources.trackedSince !== undefined };
  const keys = new Map((rotations ?? []).map(({ id, rotation }) => [id, rotation.key]));
  const sums = new Sums(binsOf(since, now, days));
  await sumUp(request, { conn, since, sources: readable, runs, names, rotations: keys }, sums);
  const looked = await lookedAt(conn, sums);
  const ids = [...new Set([...sums.owners.keys(), ...looked])];
  await names.learn(ids);
  const held = await readHeldNow(conn, ids, looked, sources);
  const gaps = { runs, unended, ...readable, hasRotations: rotations !== undefined };
  return {
    org: { id: org.id, domain: org.domain, kind: org.kind },
    days,
    from: new Date(since).toISOString(),
    to: new Date(now).toISOString(),
    events: { total: sums.events, ...sums.told },
    ages: [...AGE_CLASSES],
    owners: ids.map((id) => ownerOf(id, names, sums, held)).sort(byGot),
    series: { unit: sums.bins.unit, from: new Date(sums.bins.from).toISOString() },
    untouched: byAge(held),
    fairness: fairnessOf(rotations, runs),
    notes: notesOf(notes, gaps),
  };
}

async function sumUp({ csv: file, onProgress }: ReportRequest, request: EventsRequest, sums: Sums): Promise<void> {
  await using csv = file === undefined ? undefined : await EventsCsv.create(file);
  for await (const events of ownerEvents(request)) {
    for (const event of events) sums.add(event);
    onProgress(sums.events);
    if (!csv) continue;
    await request.names.learn(events.flatMap(({ from, to }) => [from, to]));
    await csv.add(events, request.names);
  }
  await csv?.close();
}

/** Partners with open leads, and whoever got leads. Queues out of which leads only go may hold any number of them. */
async function lookedAt(conn: Connection, { owners }: Sums): Promise<string[]> {
  const got = [...owners].flatMap(([id, sums]) => (sums.got > 0 ? [id] : []));
  const partners = await partnerScope(conn);
  return [...new Set([...got, ...partners.owners.map(({ id }) => id)])];
}

const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

function ownerOf(id: string, names: Names, { owners, bins }: Sums, { open, converted, looked }: Held): ReportedOwner {
  const found = looked.get(id);
  return {
    id,
    name: names.of(id),
    kind: id.startsWith('00G') ? 'Queue' : 'User',
    ...(owners.get(id) ?? noSums(bins)),
    openNow: open.get(id) ?? 0,
    convertedNow: converted.get(id) ?? 0,
    untouchedNow: found ? total(found.untouched) : null,
    unclearNow: found ? found.unclear : null,
    untouchedByAge: found ? found.untouched : null,
  };
}

const byGot = (a: ReportedOwner, b: ReportedOwner): number =>
  b.got - a.got || b.lost - a.lost || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function byAge({ looked }: Held): LeadReportResult['untouched'] {
  const all = [...looked.values()];
  return AGE_CLASSES.map((age, at) => ({
    age,
    open: total(all.map(({ open }) => open[at] ?? 0)),
    untouched: total(all.map(({ untouched }) => untouched[at] ?? 0)),
  }));
}

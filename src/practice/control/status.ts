import type { Rooms } from '../http/rooms.js';
import type { UnsupportedEntry } from '../log/unsupported.js';
import { quoted } from '../store/identifiers.js';

/** What only the server knows of itself. */
export type ServerFacts = { port: number; url: string; started: string; version: string };

/** Answer of `GET /practice/status`. */
export type PracticeStatus = ServerFacts & {
  pid: number;
  orgId: string;
  now: string;
  /** Records by object, for the objects an operator looks at. */
  counts: Record<string, number>;
  variants: Readonly<Record<string, string>>;
  apiUsage: string;
  /** Number of the last request. */
  requests: number;
  faults: number;
  unsupported: UnsupportedEntry[];
};

const counted = ['Account', 'Contact', 'Lead', 'User', 'Group'];

/** Deleted records do not count. */
const countOf = ({ org }: Rooms, name: string): number => {
  const alive = org.catalog.require(name).fields.has('isdeleted') ? ' WHERE "IsDeleted" IS NOT 1' : '';
  return Number(org.store.sql(`SELECT count(*) AS n FROM ${quoted(name)}${alive}`).get()?.n ?? 0);
};

const counts = (rooms: Rooms): Record<string, number> => {
  const known = counted.filter((name) => rooms.org.catalog.object(name) !== undefined);
  return Object.fromEntries(known.map((name) => [name, countOf(rooms, name)]));
};

export const statusOf = (rooms: Rooms, facts: ServerFacts): PracticeStatus => ({
  ...facts,
  pid: process.pid,
  orgId: rooms.org.id,
  now: rooms.org.clock.now().toISOString(),
  counts: counts(rooms),
  variants: rooms.org.variants,
  apiUsage: rooms.org.limits.usage(),
  requests: rooms.requests.count,
  faults: rooms.faults.state().length,
  unsupported: rooms.unsupported.list(),
});

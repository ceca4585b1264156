/** Starts the practice org's HTTP server. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ApexRoom } from './apex/org/room.js';
import { BulkJobs, type BulkOptions } from './bulk/jobs.js';
import type { PracticeOrg } from './contracts.js';
import type { MovableClock } from './control/clock.js';
import { controlEntry } from './control/routes.js';
import { FaultBook, killThisProcess } from './faults/book.js';
import { parseFaultRules } from './faults/rules.js';
import { buildApp } from './http/app.js';
import { Passwords } from './http/passwords.js';
import type { Rooms } from './http/rooms.js';
import { RequestLog } from './log/request-log.js';
import { UnsupportedList } from './log/unsupported.js';
import { WorkbenchDesk } from './workbench/desk.js';
import { MetadataRoom, type MetadataOptions } from './metadata/room.js';

export type ServerOptions = {
  org: PracticeOrg;
  /** Port on 127.0.0.1; any free one where absent or 0. */
  port?: number;
  /** Fault rules as JSON has them. */
  faults?: unknown;
  /** NDJSON file of the request log; without it only the last requests are kept in memory. */
  logFile?: string;
  /** Token of the control API; a random one where absent. */
  controlToken?: string;
  bulk?: BulkOptions;
  metadata?: MetadataOptions;
  /** Clock of the org, where the control API may move it. */
  clock?: MovableClock;
  /** Closes the org, makes it anew and returns it; the control API's reset calls it. */
  reset?: () => PracticeOrg | Promise<PracticeOrg>;
  /** Called when the control API asks the server to stop; closes the server where absent. */
  onStop?: () => void;
  /** Replaces the end of the process that kill rules order; for tests. */
  die?: () => never;
};

export type PracticeServer = {
  readonly url: string;
  readonly port: number;
  readonly controlToken: string;
  /** Resolves when no Bulk job, deploy or retrieve is being worked on. */
  idle(): Promise<void>;
  /** Stops listening and working. The org stays open; its jobs go on when a server is started on it again. */
  close(): Promise<void>;
};

type Shared = Pick<Rooms, 'faults' | 'requests' | 'unsupported' | 'url' | 'die'>;

type JobOptions = Pick<ServerOptions, 'bulk' | 'metadata'>;

const buildRooms = (org: PracticeOrg, shared: Shared, { bulk, metadata }: JobOptions, rooms: () => Rooms): Rooms => {
  org.outbox.origin = shared.url;
  return {
    ...shared,
    org,
    apex: new ApexRoom(org),
    bulk: new BulkJobs(rooms, org, bulk),
    metadata: new MetadataRoom(rooms, org, metadata),
    passwords: new Passwords(org),
    workbench: new WorkbenchDesk(),
  };
};

/** Stops the work beside the requests; it goes on when it is resumed. */
const closeJobs = async ({ apex, bulk, metadata }: Rooms): Promise<void> => {
  apex.close();
  await bulk.close();
  await metadata.close();
};

const resumeJobs = ({ bulk, metadata }: Rooms): void => {
  bulk.resume();
  metadata.resume();
};

const idleJobs = async ({ bulk, metadata }: Rooms): Promise<void> => {
  await bulk.idle();
  await metadata.idle();
};

/** The rooms around the org, and how a reset replaces them. */
class RoomKeeper {
  public rooms: Rooms;

  public constructor(
    private readonly options: ServerOptions,
    private readonly shared: Shared
  ) {
    this.rooms = this.build(options.org);
  }

  public async reset(): Promise<void> {
    await closeJobs(this.rooms);
    const { logWrites } = this.rooms.org;
    this.rooms = this.build(await this.options.reset!());
    this.rooms.org.logWrites = logWrites;
    resumeJobs(this.rooms);
  }

  private build(org: PracticeOrg): Rooms {
    return buildRooms(org, this.shared, this.options, () => this.rooms);
  }
}

const packageVersion = (): string => {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

/**
 * Serves an org on 127.0.0.1, and goes on with its unfinished jobs.
 * @throws Error where the port is taken or a fault rule is wrong.
 */
export const startPracticeServer = async (options: ServerOptions): Promise<PracticeServer> => {
  const controlToken = options.controlToken ?? randomBytes(24).toString('base64url');
  const started = new Date().toISOString();
  const version = packageVersion();
  const running: { app?: FastifyInstance } = {};
  const port = (): number => (running.app?.server.address() as AddressInfo | null)?.port ?? 0;
  const url = (): string => `http://127.0.0.1:${port()}`;
  const keeper = new RoomKeeper(options, {
    faults: new FaultBook(options.faults === undefined ? [] : parseFaultRules(options.faults)),
    requests: new RequestLog(options.logFile),
    unsupported: new UnsupportedList(),
    url,
    die: options.die ?? killThisProcess,
  });
  const close = async (): Promise<void> => {
    await running.app?.close();
    await closeJobs(keeper.rooms);
    keeper.rooms.requests.close();
  };
  const control = controlEntry({
    token: controlToken,
    rooms: () => keeper.rooms,
    facts: () => ({ port: port(), url: url(), started, version }),
    clock: options.clock,
    reset: options.reset && (() => keeper.reset()),
    stop: () => setImmediate(options.onStop ?? (() => void close())),
  });
  const app = (running.app = buildApp(() => keeper.rooms, control));
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  resumeJobs(keeper.rooms);
  return { url: url(), port: port(), controlToken, idle: () => idleJobs(keeper.rooms), close };
};

/** The retrieves of an org. They are kept until they are fetched, and are made anew after a restart. */
import { setTimeout as pause } from 'node:timers/promises';
import { PlatformError } from '../../errors.js';
import type { Rooms } from '../../http/rooms.js';
import { to18 } from '../../store/ids.js';
import type { MetadataOptions } from '../deploy/deploys.js';
import type { Manifest } from '../manifest.js';
import { writeZip } from '../zip.js';
import { collect, type Collected, type Retrieved } from './collect.js';

export type RetrieveRequest = {
  types: Array<[string, string[]]>;
  version: string;
  userId: string;
  singlePackage: boolean;
};

/** What has come of a retrieve. */
export type RetrieveState = {
  id: string;
  status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed';
  errorMessage?: string;
  zip?: Buffer;
  properties: Retrieved[];
  messages: Collected['messages'];
};

const TABLE = `CREATE TABLE IF NOT EXISTS practice_retrieve (
  id TEXT PRIMARY KEY, request TEXT NOT NULL, status TEXT NOT NULL, result TEXT, zip BLOB) WITHOUT ROWID`;

const PREFIX = '09S';

/** Results that are kept; older ones are dropped. */
const KEPT = 20;

type Result = Pick<RetrieveState, 'errorMessage' | 'properties' | 'messages'>;

const NOTHING: Result = { properties: [], messages: [] };

export class Retrieves {
  private running: Promise<void> | undefined;
  private closed = false;

  public constructor(
    private readonly rooms: () => Rooms,
    private readonly org: Rooms['org'],
    private readonly options: MetadataOptions = {}
  ) {
    org.store.db.exec(TABLE);
  }

  /** @returns id of the retrieve, which is carried out later */
  public start(request: RetrieveRequest): string {
    const { store } = this.org;
    const id = store.nextId(PREFIX);
    store
      .sql("INSERT INTO practice_retrieve (id, request, status) VALUES (?, ?, 'Pending')")
      .run(id, JSON.stringify(request));
    this.wake();
    return id;
  }

  /** @throws PlatformError INVALID_CROSS_REFERENCE_KEY */
  public get(id: string): RetrieveState {
    const row = this.org.store.sql('SELECT * FROM practice_retrieve WHERE id = ?').get(to18(id));
    if (!row) throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`, 500);
    const result = row.result === null ? NOTHING : (JSON.parse(String(row.result)) as Result);
    const zip = row.zip === null ? undefined : Buffer.from(row.zip as Uint8Array);
    return { id: String(row.id), status: row.status as RetrieveState['status'], ...result, zip };
  }

  public resume(): void {
    this.wake();
  }

  public async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  public async close(): Promise<void> {
    this.closed = true;
    await this.idle();
  }

  private wake(): void {
    this.running ??= this.work().finally(() => (this.running = undefined));
  }

  private async work(): Promise<void> {
    const { store } = this.org;
    for (;;) {
      await pause(this.options.delay ?? 0);
      const row = this.closed
        ? undefined
        : store
            .sql(
              "SELECT id, request FROM practice_retrieve WHERE status IN ('Pending', 'InProgress') ORDER BY id LIMIT 1"
            )
            .get();
      if (!row) return;
      await this.carryOut(String(row.id), JSON.parse(String(row.request)) as RetrieveRequest);
    }
  }

  private async carryOut(id: string, request: RetrieveRequest): Promise<void> {
    const { store } = this.org;
    store.sql("UPDATE practice_retrieve SET status = 'InProgress' WHERE id = ?").run(id);
    await pause(this.options.delay ?? 0);
    if (this.closed) return;
    try {
      const { zip, ...result } = await this.make(request);
      this.note(id, 'Succeeded', result, zip);
    } catch (error) {
      if (this.closed) return;
      this.note(id, 'Failed', { ...NOTHING, errorMessage: error instanceof Error ? error.message : String(error) });
    }
    store
      .sql('DELETE FROM practice_retrieve WHERE id NOT IN (SELECT id FROM practice_retrieve ORDER BY id DESC LIMIT ?)')
      .run(KEPT);
  }

  private async make({ types, version, singlePackage }: RetrieveRequest): Promise<Result & { zip: Buffer }> {
    const { tools } = this.rooms().org;
    const manifest: Manifest = { types: new Map(types), version };
    const { files, properties, messages } = collect(tools, manifest, version);
    // One package comes without a folder around it.
    const lead = singlePackage ? '' : 'unpackaged/';
    const placed = new Map([...files].map(([path, data]) => [lead + path, data] as const));
    const zip = await writeZip(placed, tools.clock.now());
    return { zip, messages, properties: properties.map((one) => ({ ...one, fileName: lead + one.fileName })) };
  }

  private note(id: string, status: string, result: Result, zip: Buffer | null = null): void {
    this.org.store
      .sql('UPDATE practice_retrieve SET status = ?, result = ?, zip = ? WHERE id = ?')
      .run(status, JSON.stringify(result), zip, id);
  }
}

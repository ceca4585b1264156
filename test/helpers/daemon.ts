/** A practice org in a process of its own, for tests that kill it or the command. */
import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PracticeControl } from '../../src/practice/control/client.js';
import { spawnPractice } from '../../src/practice/control/spawn.js';
import { isAlive, type DaemonState } from '../../src/practice/control/state-file.js';
import type { DaemonConfig } from '../../src/practice/daemon.js';
import { register } from './practice.js';

export class DaemonOrg {
  private watching = false;

  private constructor(
    private readonly config: DaemonConfig,
    public state: DaemonState
  ) {}

  public static async start(leads: number, config: Partial<DaemonConfig> = {}): Promise<DaemonOrg> {
    const folder = await mkdtemp(join(tmpdir(), 'channel-desk-daemon-'));
    const full = { scenario: { leads }, ...config, folder, logWrites: true };
    const org = new DaemonOrg(full, await spawnPractice(full));
    await org.ready();
    return org;
  }

  public get control(): PracticeControl {
    return new PracticeControl(this.state.url, this.state.controlToken ?? '');
  }

  public get username(): string {
    return this.state.username ?? '';
  }

  /** Rows straight from the database file, so that it can be read while the server is down. */
  public rows<T>(sql: string, ...values: string[]): T[] {
    const db = new DatabaseSync(join(this.config.folder, 'org.db'), { readOnly: true });
    try {
      return db.prepare(sql).all(...values) as T[];
    } finally {
      db.close();
    }
  }

  public get alive(): boolean {
    return isAlive(this.state);
  }

  /** Starts the server again after it was killed, on its data and port. */
  public async restart(): Promise<void> {
    this.state = await spawnPractice({ ...this.config, port: this.state.port });
    await this.ready();
  }

  /** Restarts the server whenever it is gone, until `close`. */
  public supervise(): void {
    this.watching = true;
    void (async () => {
      while (this.watching) {
        if (!this.alive) await this.restart();
        await sleep(20);
      }
    })();
  }

  public async close(): Promise<void> {
    this.watching = false;
    await sleep(50);
    if (this.alive) process.kill(this.state.pid!, 'SIGKILL');
    while (this.alive) await sleep(20);
    await rm(this.config.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    await register(this.state.url, this.username, this.state.accessToken ?? '');
  }
}

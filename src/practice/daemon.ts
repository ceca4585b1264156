/**
 * Entry of a practice org that runs in the background: `node daemon.js config.json`. Writes a state file when it is
 * ready to answer. Nothing comes from the environment. What it prints goes to the log file of whoever started it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BulkOptions } from './bulk/jobs.js';
import type { PracticeOrg } from './contracts.js';
import { MovableClock } from './control/clock.js';
import { stateFileOf } from './control/spawn.js';
import { readState, writeState } from './control/state-file.js';
import { openPracticeOrg, type OrgOptions } from './org.js';
import { startPracticeServer, type PracticeServer } from './server.js';

export type DaemonConfig = {
  /** Folder of the org: its data, job files, request log. */
  folder: string;
  /** Where the state goes; `daemon.json` in the folder where absent. */
  stateFile?: string;
  /** Port to take; without one the port of the last run, where it is free. */
  port?: number;
  variants?: OrgOptions['variants'];
  /** What a new org is seeded with. */
  scenario?: OrgOptions['scenario'];
  syncWrites?: boolean;
  /** Fault rules as JSON has them. */
  faults?: unknown;
  /** Username of the user whose session the state file holds; the administrator where absent. */
  user?: string;
  bulk?: BulkOptions;
  /** Keeps the write log from the first moment on. */
  logWrites?: boolean;
};

const ADMINISTRATOR = 'admin@practice.example.com';

/** Files of the org itself; those of the daemon stay when the org is made anew. */
const isOrgFile = (name: string): boolean => name.startsWith('org.db') || name === 'bulk';

class Daemon {
  private readonly clock = new MovableClock();
  private org: PracticeOrg;
  private server?: PracticeServer;
  private stopping = false;

  public constructor(private readonly config: DaemonConfig) {
    mkdirSync(config.folder, { recursive: true, mode: 0o700 });
    this.org = this.open();
  }

  public async start(): Promise<void> {
    const { port } = this.config;
    const last = readState(stateFileOf(this.config))?.port ?? 0;
    // A port that was asked for must be had; the one of the last run is only a wish.
    this.server = await this.listen(port ?? last).catch((error: unknown) => {
      if (port !== undefined || last === 0) throw error;
      return this.listen(0);
    });
    this.announce();
  }

  public async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await this.server?.close();
    this.org.close();
    const file = stateFileOf(this.config);
    const state = readState(file);
    if (state?.pid !== process.pid) return;
    const { port, url, username } = state;
    writeState(file, { port, url, username });
  }

  private open(): PracticeOrg {
    const { folder, variants, scenario, syncWrites, logWrites = false } = this.config;
    const org = openPracticeOrg({ folder, variants, scenario, syncWrites, clock: this.clock });
    org.logWrites = logWrites;
    return org;
  }

  private listen(port: number): Promise<PracticeServer> {
    return startPracticeServer({
      org: this.org,
      port,
      faults: this.config.faults,
      logFile: join(this.config.folder, 'requests.ndjson'),
      bulk: this.config.bulk,
      clock: this.clock,
      reset: () => this.reset(),
      onStop: () => void this.stop().then(() => process.exit(0)),
    });
  }

  /** Sessions of the old org are gone with it, so the state is written again. */
  private reset(): PracticeOrg {
    this.org.close();
    for (const name of readdirSync(this.config.folder).filter(isOrgFile)) {
      rmSync(join(this.config.folder, name), { recursive: true, force: true });
    }
    this.org = this.open();
    this.announce();
    return this.org;
  }

  private announce(): void {
    const { url, port, controlToken } = this.server!;
    const session = this.org.access.open(this.config.user ?? ADMINISTRATOR);
    writeState(stateFileOf(this.config), {
      pid: process.pid,
      port,
      url,
      orgId: this.org.id,
      started: new Date().toISOString(),
      controlToken,
      username: session.user.Username,
      accessToken: session.id,
    });
  }
}

const main = async (configFile: string | undefined): Promise<void> => {
  if (configFile === undefined) throw new Error('usage: daemon.js config.json');
  const daemon = new Daemon(JSON.parse(readFileSync(configFile, 'utf8')) as DaemonConfig);
  const stop = (): void => void daemon.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await daemon.start();
};

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});

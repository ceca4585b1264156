import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planSchema, type Plan } from '../plan.js';

/** Where a run keeps what it knows. Names of files inside are fixed. */
export class RunFolder {
  public constructor(
    public readonly id: string,
    public readonly path: string
  ) {}

  public get journal(): string {
    return join(this.path, 'journal.ndjson');
  }

  public get plan(): string {
    return join(this.path, 'plan.json');
  }

  public get receipt(): string {
    return join(this.path, 'receipt.json');
  }

  /** Rows that the plan leaves out, with the reason. */
  public get skipped(): string {
    return join(this.path, 'skipped.csv');
  }

  public get report(): string {
    return join(this.path, 'report.html');
  }

  public rows(step: string): string {
    return this.stepFile(step, 'rows.csv');
  }

  /** A file that belongs to a step, by the ending of its name. */
  public stepFile(step: string, ending: string): string {
    return join(this.path, `${step}.${ending}`);
  }

  public outcomes(step: string): string {
    return join(this.path, `${step}.outcomes.csv`);
  }

  /** @throws if the plan is missing or not one this program can read. */
  public async readPlan(): Promise<Plan> {
    return planSchema.parse(JSON.parse(await readFile(this.plan, 'utf8')));
  }

  public async writePlan(plan: Plan): Promise<void> {
    await writeJson(this.plan, plan);
  }

  public async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Writes a JSON file so that a reader sees the old or the new text, never half of it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The runs of one data directory. */
export class RunStore {
  private readonly root: string;

  /** @param dataDir data directory of the plugin */
  public constructor(dataDir: string) {
    this.root = join(dataDir, 'channel', 'runs');
  }

  /** A new, empty run folder; its id begins with the time, so ids sort by age. */
  public async create(word: string, now = new Date()): Promise<RunFolder> {
    const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    const id = `${time}-${word}-${randomBytes(3).toString('hex')}`;
    const folder = new RunFolder(id, join(this.root, id));
    await mkdir(folder.path, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** A run by its id, or by the end of an id that only one run has. */
  public async find(id: string): Promise<RunFolder | undefined> {
    const found = (await this.list()).filter((folder) => folder.id === id || folder.id.endsWith(`-${id}`));
    return found.length === 1 ? found[0] : undefined;
  }

  /** All runs, the newest first. */
  public async list(): Promise<RunFolder[]> {
    const names = await readdir(this.root, { withFileTypes: true }).catch(() => []);
    return names
      .filter((entry) => entry.isDirectory())
      .map((entry) => new RunFolder(entry.name, join(this.root, entry.name)))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  }
}

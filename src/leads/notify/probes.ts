/** What is known of owner mails by the e-mail header of SOAP: whether a mail has arrived in this org (platform-facts D1, addenda). */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeJson } from '../../runs/index.js';

export const probeSchema = z.object({
  run: z.string(),
  /** When the owner was written. */
  at: z.iso.datetime(),
  lead: z.string(),
  to: z.object({ id: z.string(), name: z.string() }),
  /** Mails to users of partners are another question than mails to the company's own people. */
  kind: z.enum(['partner', 'internal']),
  /** Whether the mail arrived; null while nobody has said. */
  received: z.boolean().nullable(),
  /** When that was said. */
  saidAt: z.iso.datetime().nullable(),
});

const fileSchema = z.object({ org: z.string(), probes: z.array(probeSchema) });

export type Probe = z.infer<typeof probeSchema>;

/** A file for each org in the plugin's data directory. */
export class ProbeStore {
  /** @param dataDir data directory of the plugin @param org 18-character id */
  public constructor(
    private readonly dataDir: string,
    private readonly org: string
  ) {}

  /** The oldest first. @throws Error where the file is not one of ours */
  public async list(): Promise<Probe[]> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.file, 'utf8'))).probes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  public async add(probe: Probe): Promise<void> {
    await this.write([...(await this.list()), probe]);
  }

  /** Notes the answer for the newest probe. @returns it, or undefined where there is none */
  public async answer(received: boolean, now = new Date()): Promise<Probe | undefined> {
    const probes = await this.list();
    const last = probes.pop();
    if (!last) return undefined;
    const said = { ...last, received, saidAt: now.toISOString() };
    await this.write([...probes, said]);
    return said;
  }

  private get file(): string {
    return join(this.dataDir, 'channel', 'notify-probes', `${this.org}.json`);
  }

  private async write(probes: readonly Probe[]): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    await writeJson(this.file, { org: this.org, probes });
  }
}

/** Whether the newest answer for a kind of users says that mails arrive. */
export const isProven = (probes: readonly Probe[], kind: Probe['kind']): boolean =>
  probes.findLast((probe) => probe.kind === kind && probe.received !== null)?.received === true;

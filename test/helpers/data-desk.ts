/** A practice org, and a data folder of its own: runs of other tests are not in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desk } from '../practice/sites/support.js';
import type { TestOrgOptions } from './practice.js';

/** What a desk is made of. */
export type Parts = { desk: Desk; folder: string };

/** Opens the org. @param word part of the folder's name */
export const openParts = async (word: string, options?: TestOrgOptions): Promise<Parts> => ({
  desk: await Desk.open(options),
  folder: await mkdtemp(join(tmpdir(), `channel-desk-${word}-`)),
});

export class DataDesk {
  public readonly desk: Desk;
  public readonly folder: string;
  private readonly home = process.env.XDG_DATA_HOME;

  protected constructor({ desk, folder }: Parts) {
    this.desk = desk;
    this.folder = folder;
    process.env.XDG_DATA_HOME = join(folder, 'share');
  }

  public async close(): Promise<void> {
    process.env.XDG_DATA_HOME = this.home;
    await this.desk.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

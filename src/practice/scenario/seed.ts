/** Writes the rows of a scenario straight into the store. The saver is for clients; a scenario is how the org was before. */
import type { Row } from '../contracts.js';
import { insertRecord, type Author } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';
import { Random } from './random.js';

/** Last day of the scenario's history; all dates count back from it, so that a scenario is the same each time. */
export const TODAY = Date.UTC(2026, 8, 1, 8, 0, 0);

const DAY = 86_400_000;

/** A time so many days before the last day, as it is stored. */
export const daysAgo = (days: number): string =>
  new Date(Math.floor((TODAY - days * DAY) / 1000) * 1000).toISOString().replace('Z', '+0000');

/** What the parts of a scenario share. */
export class Seed {
  public readonly random = new Random(20_240_208);
  /** Id of the administrator, who made everything. */
  public readonly adminId: string;

  public constructor(public readonly tools: SaveTools) {
    this.adminId = tools.store.nextId('005');
  }

  public author(days: number): Author {
    return { tools: this.tools, userId: this.adminId, now: daysAgo(days) };
  }

  /** Adds a record that was made so many days ago. */
  public add(object: string, values: Row, days = 900): string {
    return insertRecord(this.author(days), object, values);
  }
}

/** Which member had leads of a company or an e-mail domain, so that it gets the next one too. */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, rowsOf } from '../../../org/read/index.js';
import type { Sticky } from '../../rotation/model.js';
import { stickyKeys } from '../../rotation/sticky.js';

/** Fields of leads that the rules look at, in the order of `Kept.keysOf`. */
export const STICKY_FIELDS = ['Company', 'Email'] as const;

type Held = { member: number; by: Sticky };

export class Kept {
  private readonly members = new Map<string, number>();

  public constructor(private readonly rules: readonly Sticky[]) {}

  /** The member that had leads of the same kind; the first rule that knows one decides. */
  public of(company: string, email: string): Held | undefined {
    for (const { by, key } of stickyKeys(this.rules, company, email)) {
      const member = this.members.get(key);
      if (member !== undefined) return { member, by };
    }
    return undefined;
  }

  public note(company: string, email: string, member: number): void {
    for (const { key } of stickyKeys(this.rules, company, email)) this.members.set(key, member);
  }

  /**
   * Reads the leads that members have or had converted; the youngest of a company decides.
   * @param places of the members, by id of the queue or user; those of partners who count for a queue among them
   */
  public async read(conn: Connection, places: ReadonlyMap<string, number>): Promise<void> {
    if (this.rules.length === 0) return;
    const where = all(isIn('OwnerId', [...places.keys()]), compare('Company', '!=', null));
    const fields = [...STICKY_FIELDS, 'OwnerId'];
    for await (const rows of rowsOf(conn, { from: 'Lead', fields, where, orderBy: ['Id'] })) {
      for (const [company = '', email = '', owner = ''] of rows) {
        const member = places.get(owner);
        if (member !== undefined) this.note(company, email, member);
      }
    }
  }
}

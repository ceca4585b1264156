/** Names of owners, asked for once each. */
import type { Connection } from '@salesforce/core';
import { readOwners, type Owner } from '../owner-names.js';

export class Names {
  private readonly owners = new Map<string, Owner>();

  public constructor(private readonly conn: Connection) {}

  /** Has to be called with ids before their names are asked for. */
  public async learn(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => id !== '' && !this.owners.has(id));
    if (missing.length === 0) return;
    for (const [id, owner] of await readOwners(this.conn, missing)) this.owners.set(id, owner);
  }

  /** The name, or the id of an owner whom the running user may not see. */
  public of(id: string): string {
    return this.owners.get(id)?.name ?? id;
  }
}

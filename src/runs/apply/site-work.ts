/** The work on the members of a site: each look at the org tells what is there, what is refused and what to ask for. */
import type { Connection } from '@salesforce/core';
import { groupState, readSiteGroups, type GroupState, type SiteGroupRow } from '../../org/read/index.js';
import { COLLECTION_ROWS, type RowResult } from '../../org/write/collections.js';
import { addSiteMembers, removeSiteMembers } from '../../org/write/sites.js';
import { isRetriable } from '../errors.js';
import type { SiteMemberChange, SiteMembersStep } from '../plan.js';

/** Why the org did not do it, by the id of the profile or permission set. */
export type Refusals = Map<string, { code: string; message: string }>;

/** What this process has done so far, and what is left. */
export class SiteWork {
  public readonly refusals: Refusals = new Map();
  public open: SiteMemberChange[];
  /** Those that this process has asked for: if the org fails to add them now, it would again. */
  private readonly asked = new Set<string>();
  private states = new Map<string, GroupState>();

  public constructor(
    private readonly conn: Connection,
    private readonly step: SiteMembersStep
  ) {
    this.open = step.changes;
  }

  /** Reads the groups, and asks for what the org has not been asked for. */
  public async go(): Promise<void> {
    const { conn, step } = this;
    const rows = new Map((await readSiteGroups(conn, step.site)).map((row) => [row.ParentId, row]));
    this.states = new Map([...rows].map(([parent, row]) => [parent, groupState(row)]));
    this.open = this.open.filter((change) => !this.isSettled(change));
    await this.add(this.open.filter(({ parent, change }) => change === 'add' && !rows.has(parent)));
    await this.remove(this.open.flatMap((change) => (this.isToGo(change) ? [rows.get(change.parent)!] : [])));
    this.open = this.open.filter(({ parent }) => !this.refusals.has(parent));
  }

  public counts(): { done: number; failed: number } {
    const failed = this.refusals.size;
    return { done: this.step.changes.length - this.open.length - failed, failed };
  }

  public tellOpen(): string {
    const names = this.open.map(({ parent, parentName }) => `${parentName} (${this.states.get(parent) ?? 'gone'})`);
    return `${this.step.siteName} is still working on its members: ${names.join(', ')}.`;
  }

  /** Whether a change is there, or will never be. */
  private isSettled({ parent, parentName, change }: SiteMemberChange): boolean {
    const state = this.states.get(parent);
    if (change === 'remove') {
      if (state === 'stuck') this.refuse(parent, 'FailedRemove', `The org could not remove ${parentName}.`);
      return state === undefined || state === 'stuck';
    }
    const isFinal = this.asked.has(parent) || change === 'wait';
    if (state === 'failed' && isFinal) this.refuse(parent, 'FailedAdd', failedAdd(parentName));
    if (state === 'stuck') this.refuse(parent, 'FailedRemove', `An earlier removal of ${parentName} has failed.`);
    if (state === undefined && change === 'wait')
      this.refuse(parent, 'NotFound', `${parentName} was removed meanwhile.`);
    return state === 'added' || this.refusals.has(parent);
  }

  /** A failed row stays until it is removed, and as long as it is there no other can be added. */
  private isToGo({ parent, change }: SiteMemberChange): boolean {
    const state = this.states.get(parent);
    if (change === 'remove') return state !== undefined && state !== 'removing';
    return change === 'add' && state === 'failed';
  }

  private async add(changes: readonly SiteMemberChange[]): Promise<void> {
    const { conn, step } = this;
    for (const parents of chunks(changes.map(({ parent }) => parent))) {
      const results = await addSiteMembers(conn, step.site, parents);
      results.forEach(({ success }, at) => success && this.asked.add(parents[at]!));
      this.note(results, parents);
    }
  }

  private async remove(rows: readonly SiteGroupRow[]): Promise<void> {
    for (const chunk of chunks(rows)) {
      const ids = chunk.map(({ Id }) => Id);
      this.note(
        await removeSiteMembers(this.conn, ids),
        chunk.map(({ ParentId }) => ParentId)
      );
    }
  }

  /** Keeps what the org refused; what another look may mend is left open. */
  private note(results: readonly RowResult[], parents: readonly string[]): void {
    results.forEach(({ errors: [error] }, at) => {
      if (error && !isRetriable(error.statusCode) && !DONE_BY_OTHERS.has(error.statusCode))
        this.refuse(parents[at]!, error.statusCode, error.message);
    });
  }

  private refuse(parent: string, code: string, message: string): void {
    this.refusals.set(parent, { code, message });
  }
}

/** Somebody else was faster; the next look shows what he did. */
const DONE_BY_OTHERS = new Set(['DUPLICATE_VALUE', 'ENTITY_IS_DELETED']);

const failedAdd = (name: string): string =>
  `The org could not make ${name} a member of the site (Failed Add). Look whether its licence is active and may be used in sites.`;

function chunks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / COLLECTION_ROWS);
  return Array.from({ length: count }, (_, at) => list.slice(at * COLLECTION_ROWS, (at + 1) * COLLECTION_ROWS));
}

/** With whom folders are shared, in `practice_folder_share` (platform-facts B5). */
import type { Store } from '../contracts.js';
import type { FolderAccess, FolderShare, FolderStore } from './types.js';

const TABLE = `CREATE TABLE IF NOT EXISTS practice_folder_share (
  id TEXT PRIMARY KEY, folder TEXT NOT NULL, shared_with TEXT NOT NULL, access TEXT NOT NULL,
  UNIQUE (folder, shared_with)) WITHOUT ROWID`;

/** Key prefix of folder shares. */
const PREFIX = '004';

export class FolderShares implements FolderStore {
  public constructor(private readonly store: Store) {
    store.db.exec(TABLE);
  }

  public shares(folderId: string): FolderShare[] {
    return this.store
      .sql(
        'SELECT id, folder, shared_with AS sharedWith, access FROM practice_folder_share WHERE folder = ? ORDER BY id'
      )
      .all(folderId)
      .map((row) => ({ ...row }) as FolderShare);
  }

  public replace(folderId: string, shares: ReadonlyArray<Omit<FolderShare, 'id' | 'folder'>>): void {
    this.store.transaction(() => {
      const wanted = new Set(shares.map(({ sharedWith }) => sharedWith));
      for (const share of this.shares(folderId)) if (!wanted.has(share.sharedWith)) this.remove(share.id);
      for (const share of shares) this.add(folderId, share);
    });
  }

  /** Somebody the folder is shared with already gets the new access under the same id. */
  public add(folderId: string, { sharedWith, access }: Omit<FolderShare, 'id' | 'folder'>): string {
    const known = this.shares(folderId).find((share) => share.sharedWith === sharedWith);
    if (known) {
      this.change(known.id, access);
      return known.id;
    }
    const id = this.store.nextId(PREFIX);
    this.store
      .sql('INSERT INTO practice_folder_share (id, folder, shared_with, access) VALUES (?, ?, ?, ?)')
      .run(id, folderId, sharedWith, access);
    return id;
  }

  public change(shareId: string, access: FolderAccess): boolean {
    const { changes } = this.store.sql('UPDATE practice_folder_share SET access = ? WHERE id = ?').run(access, shareId);
    return Number(changes) > 0;
  }

  public remove(shareId: string): boolean {
    return Number(this.store.sql('DELETE FROM practice_folder_share WHERE id = ?').run(shareId).changes) > 0;
  }

  /** Ends the shares with a group that is gone. */
  public forgetGroup(groupId: string): void {
    this.store.sql('DELETE FROM practice_folder_share WHERE shared_with = ?').run(groupId);
  }
}

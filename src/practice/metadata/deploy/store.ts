/** Deploys of an org, in its file: `DeployRequest` is what queries see, `practice_deploy` what the work needs. */
import type { Row, Store } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import { insertRecord, updateRecord, type Author } from '../../rules/records.js';
import type { SaveTools } from '../../save/context.js';
import type { DeployOptions } from './options.js';
import type { Message } from './result.js';

export type DeployStatus =
  'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceling' | 'Canceled';

export type Deploy = {
  id: string;
  status: DeployStatus;
  options: DeployOptions;
  version: number;
  createdById: string;
  createdDate: string;
  startDate: string | null;
  completedDate: string | null;
  lastModifiedDate: string;
  canceledById: string | null;
  total: number;
  deployed: number;
  errors: number;
  stateDetail: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  messages: Message[];
  /** The zip; of a quick deploy that of the validation. */
  zip: Buffer;
};

const TABLE = `CREATE TABLE IF NOT EXISTS practice_deploy (
  id TEXT PRIMARY KEY, options TEXT NOT NULL, version INTEGER NOT NULL, messages TEXT NOT NULL DEFAULT '[]',
  zip BLOB NOT NULL) WITHOUT ROWID`;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const toDeploy = (row: Record<string, unknown>): Deploy => ({
  id: String(row.Id),
  status: row.Status as DeployStatus,
  options: JSON.parse(String(row.options)) as DeployOptions,
  version: Number(row.version),
  createdById: String(row.CreatedById),
  createdDate: String(row.CreatedDate),
  startDate: text(row.StartDate),
  completedDate: text(row.CompletedDate),
  lastModifiedDate: String(row.LastModifiedDate),
  canceledById: text(row.CanceledById),
  total: Number(row.NumberComponentsTotal),
  deployed: Number(row.NumberComponentsDeployed),
  errors: Number(row.NumberComponentErrors),
  stateDetail: text(row.StateDetail),
  errorCode: text(row.ErrorStatusCode),
  errorMessage: text(row.ErrorMessage),
  messages: JSON.parse(String(row.messages)) as Message[],
  zip: Buffer.from(row.zip as Uint8Array),
});

const SELECT =
  'SELECT r.*, d.options, d.version, d.messages, d.zip FROM "DeployRequest" r JOIN practice_deploy d ON d.id = r."Id"';

/** Whether nothing will change a deploy any more. */
export const isDone = ({ status }: Deploy): boolean =>
  status === 'Succeeded' || status === 'SucceededPartial' || status === 'Failed' || status === 'Canceled';

export class DeployStore {
  private readonly store: Store;

  public constructor(private readonly tools: SaveTools) {
    this.store = tools.store;
    this.store.db.exec(TABLE);
  }

  public create(userId: string, zip: Buffer, options: DeployOptions, version: number): string {
    return this.store.transaction(() => {
      const { checkOnly, ignoreWarnings, purgeOnDelete, rollbackOnError, singlePackage } = options;
      const id = insertRecord(this.author(userId), 'DeployRequest', {
        Status: 'Pending',
        CheckOnly: checkOnly,
        IgnoreWarnings: ignoreWarnings,
        PurgeOnDelete: purgeOnDelete,
        RollbackOnError: rollbackOnError,
        SinglePackage: singlePackage,
        NumberComponentsTotal: 0,
        NumberComponentsDeployed: 0,
        NumberComponentErrors: 0,
        NumberTestsTotal: 0,
        NumberTestsCompleted: 0,
        NumberTestErrors: 0,
        RunTestsEnabled: false,
      });
      this.store
        .sql('INSERT INTO practice_deploy (id, options, version, zip) VALUES (?, ?, ?, ?)')
        .run(id, JSON.stringify(options), version, zip);
      return id;
    });
  }

  public find(id: string): Deploy | undefined {
    const row = this.store.sql(`${SELECT} WHERE d.id = ?`).get(id);
    return row && toDeploy(row);
  }

  /** @throws PlatformError INVALID_CROSS_REFERENCE_KEY where there is no such deploy. */
  public get(id: string): Deploy {
    const deploy = this.find(id);
    if (!deploy) throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`, 404);
    return deploy;
  }

  /** The oldest deploy that is not done. */
  public next(): Deploy | undefined {
    const open = `r."Status" IN ('Pending', 'InProgress', 'Canceling')`;
    const row = this.store.sql(`${SELECT} WHERE ${open} ORDER BY r."Id" LIMIT 1`).get();
    return row && toDeploy(row);
  }

  public change(deploy: Deploy, values: Row): void {
    updateRecord(this.author(deploy.createdById), 'DeployRequest', deploy.id, values);
  }

  public setMessages(deploy: Deploy, messages: Message[]): void {
    this.store.sql('UPDATE practice_deploy SET messages = ? WHERE id = ?').run(JSON.stringify(messages), deploy.id);
  }

  private author(userId: string): Author {
    return { tools: this.tools, userId, now: this.tools.clock.stamp() };
  }
}

/** What a user may do with single records, out of the conditions that queries go by. */
import type { ObjectDef } from '../catalog/types.js';
import type { Store } from '../contracts.js';
import type { Permissions } from '../save/context.js';
import { quoted } from '../store/identifiers.js';
import { to18 } from '../store/ids.js';
import { isVirtual } from '../store/tables.js';
import type { Conditions } from './conditions.js';
import type { Reach } from './groups.js';
import { isShared } from './objects.js';
import type { Level, Plans } from './plans.js';
import type { RecordAccess } from './types.js';

const LEVELS: readonly Level[] = ['read', 'edit', 'transfer', 'all'];

/** The level of access to the record, object permissions aside. */
type Grounds = Readonly<Record<Level, boolean>>;

/** No access at all. */
export const NO_ACCESS: RecordAccess = { read: false, edit: false, delete: false, transfer: false, all: false };

const EVERY_GROUND: Grounds = { read: true, edit: true, transfer: true, all: true };

/** Permissions that let a user who reads a record give it away. */
const TRANSFERS: Readonly<Record<string, string>> = { Lead: 'TransferAnyLead', Case: 'TransferAnyCase' };

export class AccessReader {
  public constructor(
    private readonly store: Store,
    private readonly permissions: Permissions,
    private readonly plans: Plans,
    private readonly conditions: Conditions
  ) {}

  public one(userId: string, def: ObjectDef, recordId: string): RecordAccess {
    return this.many(userId, def, [recordId]).get(to18(recordId)) ?? NO_ACCESS;
  }

  /** Access by record id in its long form; records that do not exist are missing. */
  public many(userId: string, def: ObjectDef, recordIds: readonly string[]): Map<string, RecordAccess> {
    if (isVirtual(def)) return new Map();
    this.plans.refresh();
    const reach = this.plans.reach(userId);
    const ids = recordIds.map(to18);
    if (!reach?.user.active) return new Map(this.existing(def, ids).map((id) => [id, NO_ACCESS]));
    const grounds = isShared(def)
      ? this.grounds(reach, def, ids)
      : new Map(this.existing(def, ids).map((id) => [id, EVERY_GROUND]));
    return new Map([...grounds].map(([id, ground]) => [id, this.access(userId, def, ground)]));
  }

  private access(userId: string, def: ObjectDef, ground: Grounds): RecordAccess {
    const can = (action: 'read' | 'edit' | 'delete'): boolean => this.permissions.can(userId, action, def);
    const read = ground.read && can('read');
    if (!read) return NO_ACCESS;
    const mayTransfer = [TRANSFERS[def.name], 'TransferAnyEntity'].some(
      (permission) => permission !== undefined && this.permissions.has(userId, permission)
    );
    return {
      read,
      edit: ground.edit && can('edit'),
      delete: ground.all && can('delete'),
      transfer: (ground.transfer || mayTransfer) && can('edit'),
      all: ground.all,
    };
  }

  private existing(def: ObjectDef, ids: string[]): string[] {
    return this.store
      .sql(`SELECT "Id" FROM ${quoted(def.name)} WHERE "Id" IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(ids))
      .map((row) => String(row.Id));
  }

  private grounds(reach: Reach, def: ObjectDef, ids: string[]): Map<string, Grounds> {
    const columns = LEVELS.map((level) => this.conditions.of(reach, def, 't0', level));
    const statement = this.store.sql(
      `SELECT "Id", ${columns.map(({ sql }) => `(${sql}) IS TRUE`).join(', ')} FROM ${quoted(def.name)} AS t0 ` +
        'WHERE "Id" IN (SELECT value FROM json_each(?))'
    );
    statement.setReturnArrays(true);
    const params = columns.flatMap((column) => column.params) as Array<string | number | null>;
    const rows = statement.all(...params, JSON.stringify(ids)) as unknown as Array<[string, ...number[]]>;
    return new Map(
      rows.map(([id, read, edit, transfer, all]) => [
        id,
        { read: read === 1, edit: edit === 1, transfer: transfer === 1, all: all === 1 },
      ])
    );
  }
}

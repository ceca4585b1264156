/** Who may own records: users and queues, looked up once and kept while nothing about them changes. */
import type { ObjectDef } from '../catalog/types.js';
import type { Store, Variants } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Permissions } from '../save/context.js';
import { fail } from '../save/failures.js';
import { isId, prefixOf, to18 } from '../store/ids.js';

/** A user or queue as the owner of records. */
export type Owner = {
  id: string;
  kind: 'user' | 'queue';
  name: string;
  email: string | null;
  active: boolean;
  /** Account of a portal user. */
  accountId: string | null;
  partner: boolean;
  roleId: string | null;
};

const USER = '005';
const GROUP = '00G';

/** Looks owners up for many saves. Entries are dropped as soon as users, queues or permissions change. */
export class OwnerDirectory {
  private readonly checked = new Map<string, Map<string, Owner | PlatformError>>();
  private mark = Number.NaN;

  public constructor(
    private readonly store: Store,
    private readonly permissions: Permissions,
    private readonly variants: Variants,
    private readonly generation: () => number
  ) {}

  /** Drops what is out of date. Called when a save begins. */
  public refresh(): void {
    const mark = this.generation();
    if (mark === this.mark) return;
    this.mark = mark;
    this.checked.clear();
  }

  /**
   * The owner behind an id, for a record of an object that queues may own or not.
   * @throws PlatformError INACTIVE_OWNER_OR_USER, INVALID_CROSS_REFERENCE_KEY, MALFORMED_ID, FIELD_INTEGRITY_EXCEPTION,
   * TRANSFER_REQUIRES_READ (platform-facts D).
   */
  public require(def: ObjectDef, raw: string): Owner {
    let known = this.checked.get(def.name);
    if (!known) this.checked.set(def.name, (known = new Map<string, Owner | PlatformError>()));
    let answer = known.get(raw);
    if (answer === undefined) {
      answer = this.check(def, raw);
      known.set(raw, answer);
    }
    if (answer instanceof PlatformError) throw answer;
    return answer;
  }

  private check(def: ObjectDef, raw: string): Owner | PlatformError {
    const field = def.fields.get('ownerid')!;
    if (!isId(raw)) return fail.malformedReference(field, raw);
    const id = to18(raw);
    const prefix = prefixOf(id);
    if (prefix === USER) return this.checkUser(def, id);
    if (prefix === GROUP && field.referenceTo.includes('Group')) return this.checkQueue(def, id);
    return fail.wrongReference(field, raw);
  }

  private checkUser(def: ObjectDef, id: string): Owner | PlatformError {
    const owner = this.user(id);
    if (!owner) return fail.noTarget('OwnerId');
    if (!owner.active) {
      const object = def.name.toLowerCase();
      return fail.of('INACTIVE_OWNER_OR_USER', `operation performed with inactive user [${id}] as owner of ${object}`, [
        'OwnerId',
      ]);
    }
    if (this.variants.transferRequiresRead === 'enforced' && !this.permissions.can(id, 'read', def)) {
      return fail.of('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', ['OwnerId']);
    }
    return owner;
  }

  private checkQueue(def: ObjectDef, id: string): Owner | PlatformError {
    const row = this.store.sql('SELECT "Type", "Name", "Email" FROM "Group" WHERE "Id" = ?').get(id);
    if (!row) return fail.noTarget('OwnerId');
    const served = this.store
      .sql('SELECT 1 FROM "QueueSobject" WHERE "QueueId" = ? AND "SobjectType" = ?')
      .get(id, def.name);
    if (row.Type !== 'Queue' || !served) {
      return fail.of('INVALID_CROSS_REFERENCE_KEY', 'Queue not associated with this SObject type', ['OwnerId']);
    }
    const email = row.Email === null ? null : String(row.Email);
    return {
      id,
      kind: 'queue',
      name: String(row.Name),
      email,
      active: true,
      accountId: null,
      partner: false,
      roleId: null,
    };
  }

  private user(id: string): Owner | undefined {
    const row = this.store
      .sql('SELECT "Name", "Email", "IsActive", "AccountId", "UserType", "UserRoleId" FROM "User" WHERE "Id" = ?')
      .get(id);
    if (!row) return undefined;
    return {
      id,
      kind: 'user',
      name: String(row.Name),
      email: row.Email === null ? null : String(row.Email),
      active: row.IsActive === 1,
      accountId: row.AccountId === null ? null : String(row.AccountId),
      partner: row.UserType === 'PowerPartner',
      roleId: row.UserRoleId === null ? null : String(row.UserRoleId),
    };
  }
}

/** Permissions of users: those of the profile's own permission set and of the assigned ones, added up. */
import type { ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';
import type { PermissionAction, Permissions } from '../save/context.js';
import { loadClasses, loadCustomPermissions, OPENS_CLASSES } from './classes.js';
import { fieldView, loadFieldGrants, type FieldGrants } from './fields.js';
import { isOpen, permissionObject, systemRule } from './setup-objects.js';

type Granted = {
  system: Set<string>;
  objects: Map<string, Set<PermissionAction>>;
  /** Ids of the sets behind it. */
  sets: string[];
  /** Read when they are asked for. */
  fields?: FieldGrants;
  classes?: Set<string>;
  custom?: Set<string>;
  /** Objects as the user sees them. */
  views: WeakMap<ObjectDef, ObjectDef>;
};

const COLUMNS: Readonly<Record<string, PermissionAction>> = {
  PermissionsRead: 'read',
  PermissionsCreate: 'create',
  PermissionsEdit: 'edit',
  PermissionsDelete: 'delete',
  PermissionsViewAllRecords: 'viewAll',
  PermissionsModifyAllRecords: 'modifyAll',
};

/** Actions that all data permissions bring along. */
const VIEW_ALL: ReadonlySet<PermissionAction> = new Set(['read', 'viewAll']);

const SETS = `SELECT s.* FROM "PermissionSet" s WHERE s."ProfileId" = (SELECT "ProfileId" FROM "User" WHERE "Id" = ?1)
  OR s."Id" IN (SELECT "PermissionSetId" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?1)`;

/** Permissions that bring others along. */
const IMPLIED: Readonly<Record<string, string[]>> = {
  ModifyAllData: ['ViewAllData', 'ViewSetup', 'TransferAnyEntity', 'TransferAnyLead', 'TransferAnyCase'],
  CustomizeApplication: ['ViewSetup'],
  ManageUsers: ['ViewSetup', 'ManageInternalUsers'],
};

class StoredPermissions implements Permissions {
  private readonly granted = new Map<string, Granted>();
  private mark = Number.NaN;

  public constructor(
    private readonly store: Store,
    private readonly generation: () => number
  ) {}

  public has(userId: string, permission: string): boolean {
    return this.of(userId).system.has(permission);
  }

  public can(userId: string, action: PermissionAction, def: ObjectDef): boolean {
    const { system, objects } = this.of(userId);
    if (system.has('ModifyAllData')) return true;
    if (system.has('ViewAllData') && VIEW_ALL.has(action) && !systemRule(def.name, action)) return true;
    const rule = systemRule(def.name, action);
    if (rule) return isOpen(rule) || rule.some((permission) => system.has(permission));
    return objects.get(permissionObject(def.name))?.has(action) ?? false;
  }

  public view(userId: string, def: ObjectDef): ObjectDef {
    const granted = this.of(userId);
    let view = granted.views.get(def);
    if (!view) {
      granted.fields ??= loadFieldGrants(this.store, userId, granted.sets, granted.system.has('ModifyAllData'));
      granted.views.set(def, (view = fieldView(granted.fields, def)));
    }
    return view;
  }

  public customPermissions(userId: string): ReadonlySet<string> {
    const granted = this.of(userId);
    return (granted.custom ??= loadCustomPermissions(this.store, granted.sets));
  }

  public mayUseClass(userId: string, name: string): boolean {
    const granted = this.of(userId);
    if (OPENS_CLASSES.some((permission) => granted.system.has(permission))) return true;
    granted.classes ??= loadClasses(this.store, granted.sets);
    return granted.classes.has(name.toLowerCase());
  }

  private of(userId: string): Granted {
    const mark = this.generation();
    if (mark !== this.mark) {
      this.mark = mark;
      this.granted.clear();
    }
    let granted = this.granted.get(userId);
    if (!granted) this.granted.set(userId, (granted = this.load(userId)));
    return granted;
  }

  private load(userId: string): Granted {
    const granted: Granted = { system: new Set(), objects: new Map(), sets: [], views: new WeakMap() };
    for (const set of this.store.sql(SETS).all(userId)) {
      for (const [column, value] of Object.entries(set)) {
        if (value === 1 && column.startsWith('Permissions')) granted.system.add(column.slice('Permissions'.length));
      }
      granted.sets.push(String(set.Id));
      this.addObjects(granted, String(set.Id));
    }
    for (const [permission, implied] of Object.entries(IMPLIED)) {
      if (granted.system.has(permission)) for (const name of implied) granted.system.add(name);
    }
    return granted;
  }

  private addObjects(granted: Granted, setId: string): void {
    for (const row of this.store.sql('SELECT * FROM "ObjectPermissions" WHERE "ParentId" = ?').all(setId) as Row[]) {
      const name = String(row.SobjectType);
      let actions = granted.objects.get(name);
      if (!actions) granted.objects.set(name, (actions = new Set()));
      for (const [column, action] of Object.entries(COLUMNS)) if (row[column] === 1) actions.add(action);
    }
  }
}

/** Opens the permissions of an org; `generation` tells when what they rest on has changed. */
export const openPermissions = (store: Store, generation: () => number): Permissions =>
  new StoredPermissions(store, generation);

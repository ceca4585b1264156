/** What a user sees of an object: its fields by the permissions on them. */
import { fieldMap } from '../catalog/fields.js';
import { permissionField } from '../catalog/permissionable.js';
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Store } from '../contracts.js';
import { isShare } from '../sharing/objects.js';
import { isVirtual } from '../store/tables.js';
import { systemRule } from './setup-objects.js';

type Right = 'none' | 'read' | 'edit';

/** Permissions on fields of one user. */
export type FieldGrants = {
  /** He sees and writes every field. */
  all: boolean;
  /** His profile opens standard fields without a row. */
  standard: boolean;
  /** Objects of which he reads every field. */
  viewAll: ReadonlySet<string>;
  /** `Lead.Phone` in lower case, to what all sets together allow. */
  rows: ReadonlyMap<string, Right>;
  /** What the profile says itself. A row of a standard field there stands in place of what the profile opens otherwise. */
  own: ReadonlySet<string>;
};

/** Profiles that open nothing by themselves: the platform's own and what is cloned from it keeps the beginning of its name. */
const OPENS_NOTHING = /^Minimum Access\b/;

/** Objects without permissions on fields: those of the setup, and what goes with the permissions of another object. */
const isGuarded = (def: ObjectDef): boolean =>
  !def.setup &&
  !def.tooling &&
  !isShare(def) &&
  !isVirtual(def) &&
  !def.name.endsWith('History') &&
  (def.name === 'Task' || systemRule(def.name, 'read') === undefined);

const ROWS = `SELECT f."Field" AS field, f."PermissionsEdit" AS edit, s."ProfileId" IS NOT NULL AS own
  FROM "FieldPermissions" f JOIN "PermissionSet" s ON s."Id" = f."ParentId"
  WHERE f."PermissionsRead" = 1 AND f."ParentId" IN (SELECT value FROM json_each(?))`;

const VIEW_ALL = `SELECT "SobjectType" AS object FROM "ObjectPermissions"
  WHERE "PermissionsViewAllFields" = 1 AND "ParentId" IN (SELECT value FROM json_each(?))`;

const PROFILE = 'SELECT p."Name" AS name FROM "Profile" p JOIN "User" u ON u."ProfileId" = p."Id" WHERE u."Id" = ?';

/** Reads what the sets of a user allow. @param all whether he may modify all data, which opens every field here */
export const loadFieldGrants = (store: Store, userId: string, setIds: readonly string[], all: boolean): FieldGrants => {
  const [rows, own] = [new Map<string, Right>(), new Set<string>()];
  const ids = JSON.stringify(setIds);
  for (const row of store.sql(ROWS).all(ids)) {
    const name = String(row.field).toLowerCase();
    if (row.edit === 1 || !rows.has(name)) rows.set(name, row.edit === 1 ? 'edit' : 'read');
    if (row.own === 1) own.add(name);
  }
  const viewAll = new Set(
    store
      .sql(VIEW_ALL)
      .all(ids)
      .map(({ object }) => String(object))
  );
  const profile = String(store.sql(PROFILE).get(userId)?.name ?? '');
  return { all, standard: !OPENS_NOTHING.test(profile), viewAll, rows, own };
};

const rightOn = (grants: FieldGrants, def: ObjectDef, field: FieldDef): Right => {
  const deciding = permissionField(def, field);
  if (!deciding) return 'edit';
  const name = `${def.name}.${deciding.name}`.toLowerCase();
  if (grants.standard && !deciding.custom && !grants.own.has(name)) return 'edit';
  return grants.rows.get(name) ?? (grants.viewAll.has(def.name) ? 'read' : 'none');
};

const readOnly = (field: FieldDef): FieldDef =>
  field.createable || field.updateable ? { ...field, createable: false, updateable: false } : field;

/** Narrowed definitions by what is missing in them, so that whoever sees the same gets the same object. */
const narrowed = new WeakMap<ObjectDef, Map<string, ObjectDef>>();

const narrow = (def: ObjectDef, rights: ReadonlyMap<FieldDef, Right>): ObjectDef => {
  const key = [...rights].map(([{ name }, right]) => `${name} ${right}`).join();
  let known = narrowed.get(def);
  if (!known) narrowed.set(def, (known = new Map<string, ObjectDef>()));
  let view = known.get(key);
  if (!view) {
    const fields = [...def.fields.values()].flatMap((field) => {
      const right = rights.get(field);
      return right === undefined ? [field] : right === 'read' ? [readOnly(field)] : [];
    });
    known.set(key, (view = { ...def, fields: fieldMap(fields) }));
  }
  return view;
};

/** The object without the fields that the user does not see; those that he may only read cannot be written. */
export const fieldView = (grants: FieldGrants, def: ObjectDef): ObjectDef => {
  if (grants.all || !isGuarded(def)) return def;
  const rights = new Map<FieldDef, Right>();
  for (const field of def.fields.values()) {
    const right = rightOn(grants, def, field);
    if (right !== 'edit') rights.set(field, right);
  }
  return rights.size === 0 ? def : narrow(def, rights);
};

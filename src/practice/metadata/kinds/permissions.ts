/** Permissions of objects, fields and users, shared by permission sets and profiles. */
import { isPermissionable } from '../../catalog/permissionable.js';
import type { Row } from '../../contracts.js';
import { eraseRecords, insertRecord, textFrom, updateRecord, type Author } from '../../rules/records.js';
import type { SaveTools } from '../../save/context.js';
import { splitName, type Work } from '../kind.js';
import { notFound, Problem } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, flagAt, textOf } from '../xml/read.js';

/** Elements of object permissions to columns. */
const OBJECT_COLUMNS: Readonly<Record<string, string>> = {
  allowCreate: 'PermissionsCreate',
  allowDelete: 'PermissionsDelete',
  allowEdit: 'PermissionsEdit',
  allowRead: 'PermissionsRead',
  modifyAllRecords: 'PermissionsModifyAllRecords',
  viewAllFields: 'PermissionsViewAllFields',
  viewAllRecords: 'PermissionsViewAllRecords',
};

/** What each object permission stands on. [M] */
const NEEDS: ReadonlyArray<readonly [string, string[]]> = [
  ['allowCreate', ['allowRead']],
  ['allowEdit', ['allowRead']],
  ['allowDelete', ['allowRead', 'allowEdit']],
  ['viewAllRecords', ['allowRead']],
  ['modifyAllRecords', ['allowRead', 'allowEdit', 'viewAllRecords']],
];

const objectRow = (tools: SaveTools, body: Body): Row => {
  const name = textOf(body, 'object');
  const def = tools.catalog.object(name);
  if (!def) throw notFound('field', 'CustomObject', name);
  for (const [permission, needed] of NEEDS) {
    const missing = flagAt(body, permission) ? needed.find((one) => !flagAt(body, one)) : undefined;
    if (missing)
      throw new Problem(`Permission ${permission} ${def.name} depends on permission(s): ${missing} ${def.name}`);
  }
  const values = Object.entries(OBJECT_COLUMNS).map(([element, column]) => [column, flagAt(body, element) ?? false]);
  return { SobjectType: def.name, ...(Object.fromEntries(values) as Row) };
};

const fieldRow = (tools: SaveTools, body: Body): Row => {
  const field = textOf(body, 'field');
  const { object, name } = splitName(field);
  const def = tools.catalog.object(object);
  const found = def?.fields.get(name.toLowerCase());
  if (!def || !found) throw notFound('field', 'CustomField', field);
  // Metadata API guide, PermissionSet: required fields and masters have no permissions.
  if (found.custom && !isPermissionable(found)) throw new Problem(`You cannot deploy to a required field: ${field}`);
  const edit = flagAt(body, 'editable') ?? false;
  if (edit && flagAt(body, 'readable') === false) throw new Problem(`Field ${field} is editable but not readable`);
  return {
    SobjectType: def.name,
    Field: `${def.name}.${found.name}`,
    PermissionsEdit: edit,
    PermissionsRead: flagAt(body, 'readable') ?? edit,
  };
};

/** A row that allows nothing is none. */
const allows = (row: Row): boolean => Object.values(row).includes(true);

type Rows = { object: 'ObjectPermissions' | 'FieldPermissions'; key: string; rows: Row[] };

/** Rows that a body asks for. @throws Problem for objects and fields that do not exist */
export const permissionRows = (tools: SaveTools, body: Body): Rows[] => [
  {
    object: 'ObjectPermissions',
    key: 'SobjectType',
    rows: bodiesAt(body, 'objectPermissions').map((item) => objectRow(tools, item)),
  },
  {
    object: 'FieldPermissions',
    key: 'Field',
    rows: bodiesAt(body, 'fieldPermissions').map((item) => fieldRow(tools, item)),
  },
];

const writeRow = (author: Author, setId: string, { object, key }: Rows, row: Row): void => {
  const { tools } = author;
  const id = textFrom(
    tools,
    `SELECT "Id" FROM "${object}" WHERE "ParentId" = ? AND "${key}" = ?`,
    setId,
    String(row[key])
  );
  if (!allows(row)) {
    if (id) eraseRecords(tools, object, 'Id', id);
  } else if (id) updateRecord(author, object, id, row);
  else insertRecord(author, object, { ParentId: setId, ...row });
};

/** Writes the rows of a permission set; `whole` takes away those that the body leaves out. */
export const writePermissionRows = ({ author, tools }: Work, setId: string, all: Rows[], whole: boolean): void => {
  for (const rows of all) {
    if (whole) eraseRecords(tools, rows.object, 'ParentId', setId);
    for (const row of rows.rows) writeRow(author, setId, rows, row);
  }
};

const column = (name: string): string => `Permissions${name}`;

/** Columns of the system permissions in a body. @throws Problem for a permission that does not exist */
export const userPermissionColumns = (tools: SaveTools, body: Body): Row => {
  const { fields } = tools.catalog.require('PermissionSet');
  const entries = bodiesAt(body, 'userPermissions').map((item): [string, boolean] => {
    const name = textOf(item, 'name');
    const field = fields.get(column(name).toLowerCase());
    if (!field) throw new Problem(`Unknown user permission: ${name}`);
    return [field.name, flagAt(item, 'enabled') ?? false];
  });
  return Object.fromEntries(entries);
};

/** All system permission columns, off. */
export const noUserPermissions = (tools: SaveTools): Row =>
  Object.fromEntries(
    [...tools.catalog.require('PermissionSet').fields.values()]
      .filter(({ name, type }) => name.startsWith('Permissions') && type === 'boolean')
      .map(({ name }) => [name, false])
  );

const one = (values: Body[]): Body[string] => (values.length === 1 ? values[0] : values);
const listed = (name: string, values: Body[]): Body => (values.length > 0 ? { [name]: one(values) } : {});

const userPermissions = (tools: SaveTools, set: Row): Body[] =>
  Object.keys(noUserPermissions(tools))
    .filter((name) => set[name] === true)
    .sort()
    .map((name) => ({ enabled: 'true', name: name.slice('Permissions'.length) }));

const objectPermissions = (tools: SaveTools, setId: string): Body[] =>
  tools.store
    .sql('SELECT * FROM "ObjectPermissions" WHERE "ParentId" = ? ORDER BY "SobjectType"')
    .all(setId)
    .map((row) => ({
      ...Object.fromEntries(
        Object.entries(OBJECT_COLUMNS).map(([element, name]) => [element, String(row[name] === 1)])
      ),
      object: String(row.SobjectType),
    }));

const fieldPermissions = (tools: SaveTools, setId: string): Body[] =>
  tools.store
    .sql('SELECT * FROM "FieldPermissions" WHERE "ParentId" = ? ORDER BY "Field"')
    .all(setId)
    .map((row) => ({
      editable: String(row.PermissionsEdit === 1),
      field: String(row.Field),
      readable: String(row.PermissionsRead === 1),
    }));

/** What a permission set allows, as metadata shows it. */
export const permissionsBody = (tools: SaveTools, set: Row): Body => ({
  ...listed('fieldPermissions', fieldPermissions(tools, String(set.Id))),
  ...listed('objectPermissions', objectPermissions(tools, String(set.Id))),
  ...listed('userPermissions', userPermissions(tools, set)),
});

/** Permission sets: a deploy replaces what they allow. */
import type { Row } from '../../contracts.js';
import { eraseRecords, insertRecord, textFrom, updateRecord } from '../../rules/records.js';
import type { SaveTools } from '../../save/context.js';
import { listRecords } from '../listing.js';
import { checkApiName, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound, Problem } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, flagAt, textAt, textOf } from '../xml/read.js';
import { present, recordOf, stored } from './groups.js';
import {
  noUserPermissions,
  permissionRows,
  permissionsBody,
  userPermissionColumns,
  writePermissionRows,
} from './permissions.js';

const ROW = 'SELECT "Id" FROM "PermissionSet" WHERE "Name" = ? AND "IsOwnedByProfile" = 0';

/** Elements that are carried out. Those of `KEPT` are kept for the file, and all others are refused. */
const CARRIED = new Set([
  'description',
  'fieldPermissions',
  'hasActivationRequired',
  'label',
  'license',
  'objectPermissions',
  'userPermissions',
  'classAccesses',
  'customPermissions',
]);

/** Elements about pages and apps: nothing in the org asks for them. */
const KEPT = [
  'applicationVisibilities',
  'classAccesses',
  'customPermissions',
  'flowAccesses',
  'pageAccesses',
  'tabSettings',
];

/** Access to setup entities: element, inner name, object and its name field. */
const ENTITIES = [
  ['classAccesses', 'apexClass', 'ApexClass', 'Name'],
  ['customPermissions', 'name', 'CustomPermission', 'DeveloperName'],
] as const;

const idOf = (tools: SaveTools, name: string): string | undefined => textFrom(tools, ROW, name);

const checkElements = (body: Body): void => {
  const element = Object.keys(body).find((name) => !CARRIED.has(name) && !KEPT.includes(name));
  if (element) throw new Problem(`${element} of permission sets is not supported by the practice org`);
};

const licenceId = (tools: SaveTools, body: Body): string | null => {
  const name = textAt(body, 'license');
  if (!name) return null;
  const id = textFrom(tools, 'SELECT "Id" FROM "UserLicense" WHERE "Name" = ?', name);
  if (!id) throw notFound('license', 'UserLicense', name);
  return id;
};

type Entity = { SetupEntityId: string; SetupEntityType: string };

const entitiesOf = (tools: SaveTools, body: Body): Entity[] =>
  ENTITIES.flatMap(([element, inner, object, field]) =>
    bodiesAt(body, element)
      .filter((item) => flagAt(item, 'enabled') ?? true)
      .map((item) => {
        const name = textOf(item, inner);
        const id = textFrom(tools, `SELECT "Id" FROM "${object}" WHERE "${field}" = ?`, name);
        if (!id) throw notFound(inner, object, name);
        return { SetupEntityId: id, SetupEntityType: object };
      })
  );

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const set = recordOf(tools, 'PermissionSet', idOf(tools, fullName));
  if (!set) return undefined;
  const licence = stored(set, 'LicenseId');
  return {
    ...tools.components.find('PermissionSet', fullName)?.body,
    ...present({
      description: stored(set, 'Description'),
      hasActivationRequired: stored(set, 'HasActivationRequired'),
      label: stored(set, 'Label'),
      license: licence && textFrom(tools, 'SELECT "Name" FROM "UserLicense" WHERE "Id" = ?', licence),
    }),
    ...permissionsBody(tools, set),
  };
};

const write = (work: Work, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  checkApiName(fullName);
  checkElements(body);
  const rows = permissionRows(tools, body);
  const entities = entitiesOf(tools, body);
  const before = JSON.stringify(read(tools, fullName));
  const values: Row = {
    Label: textOf(body, 'label'),
    Description: textAt(body, 'description') ?? null,
    HasActivationRequired: flagAt(body, 'hasActivationRequired') ?? false,
    LicenseId: licenceId(tools, body),
    ...noUserPermissions(tools),
    ...userPermissionColumns(tools, body),
  };
  const known = idOf(tools, fullName);
  const id =
    known ??
    insertRecord(author, 'PermissionSet', { Name: fullName, IsCustom: true, IsOwnedByProfile: false, ...values });
  if (known) updateRecord(author, 'PermissionSet', known, values);
  writePermissionRows(work, id, rows, true);
  eraseRecords(tools, 'SetupEntityAccess', 'ParentId', id);
  for (const entity of entities) insertRecord(author, 'SetupEntityAccess', { ParentId: id, ...entity });
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => KEPT.includes(name)));
  tools.components.put(author, { type: 'PermissionSet', fullName, body: kept, id });
  return { id, created: !known, changed: JSON.stringify(read(tools, fullName)) !== before };
};

const remove = ({ tools }: Work, fullName: string): boolean => {
  const id = idOf(tools, fullName);
  if (!id) return false;
  if (textFrom(tools, 'SELECT "Id" FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ? LIMIT 1', id)) {
    throw new Problem(
      'You can only delete a permission set if it is not assigned to any user',
      undefined,
      'DELETE_FAILED'
    );
  }
  for (const object of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess'])
    eraseRecords(tools, object, 'ParentId', id);
  eraseRecords(tools, 'PermissionSet', 'Id', id);
  tools.components.remove('PermissionSet', fullName);
  return true;
};

export const permissionSet: Kind = {
  name: 'PermissionSet',
  place: { directory: 'permissionsets', suffix: 'permissionset' },
  order: 60,
  needs: ['ManageProfilesPermissionsets', 'ModifyAllData'],
  list: (tools) => listRecords(tools, 'PermissionSet', '"Name"', '"IsOwnedByProfile" = 0'),
  read,
  write,
  remove,
};

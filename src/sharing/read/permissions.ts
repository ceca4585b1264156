/** Profiles of external users and the permission sets that they hold. */
import { all, any, compare, isIn, queryAll, select } from '../../org/read/index.js';
import { OUTSIDE_TYPES, type Assignment, type PermissionSource, type SharingSnapshot } from '../model.js';
import { chunks, type Reader } from './reader.js';

type SetRow = {
  Id: string;
  Name: string;
  Label: string;
  IsOwnedByProfile: boolean;
  ProfileId: string | null;
  Profile: { Name: string; UserType: string } | null;
  PermissionsViewAllData: boolean;
  PermissionsModifyAllData: boolean;
};

type ObjectRow = {
  ParentId: string;
  SobjectType: string;
  PermissionsRead: boolean;
  PermissionsViewAllRecords: boolean;
  PermissionsModifyAllRecords: boolean;
};

const SET = [
  'Id',
  'Name',
  'Label',
  'IsOwnedByProfile',
  'ProfileId',
  'Profile.Name',
  'Profile.UserType',
  'PermissionsViewAllData',
  'PermissionsModifyAllData',
];

type Permissions = Pick<SharingSnapshot, 'permissions' | 'assignments' | 'permissionsKnown'>;

export async function readPermissions(reader: Reader): Promise<Permissions> {
  const source = 'Permissions of external users';
  const known = await reader.attempt(source, read(reader));
  if (known && known.permissions.length > 0) return { ...known, permissionsKnown: true };
  if (known)
    reader.note(
      source,
      'The running user sees no profile of an external licence; everybody is taken to read every object.'
    );
  return { permissions: [], assignments: [], permissionsKnown: false };
}

async function read({ conn }: Reader): Promise<{ permissions: PermissionSource[]; assignments: Assignment[] }> {
  const assignments = await readAssignments(conn);
  const held = [...new Set(assignments.map(({ sourceId }) => sourceId))].sort();
  const outside = isIn('Profile.UserType', [...OUTSIDE_TYPES]);
  const [first = [], ...more] = chunks(held);
  const sets = await queryAll<SetRow>(
    conn,
    select({ from: 'PermissionSet', fields: SET, where: any(outside, isIn('Id', first)) })
  );
  for (const ids of more)
    sets.push(
      ...(await queryAll<SetRow>(conn, select({ from: 'PermissionSet', fields: SET, where: isIn('Id', ids) })))
    );
  const permissions = new Map(sets.map((row) => [row.Id, sourceOf(row)]));
  for (const ids of chunks([...permissions.keys()])) {
    const fields = [
      'ParentId',
      'SobjectType',
      'PermissionsRead',
      'PermissionsViewAllRecords',
      'PermissionsModifyAllRecords',
    ];
    const rows = await queryAll<ObjectRow>(
      conn,
      select({ from: 'ObjectPermissions', fields, where: isIn('ParentId', ids) })
    );
    for (const row of rows) permissions.get(row.ParentId)!.objects[row.SobjectType] = rightsOf(row);
  }
  return { permissions: [...permissions.values()], assignments };
}

async function readAssignments(conn: Reader['conn']): Promise<Assignment[]> {
  const where = all(
    isIn('Assignee.UserType', [...OUTSIDE_TYPES]),
    compare('PermissionSet.IsOwnedByProfile', '=', false)
  );
  const soql = select({ from: 'PermissionSetAssignment', fields: ['AssigneeId', 'PermissionSetId'], where });
  const rows = await queryAll<{ AssigneeId: string; PermissionSetId: string }>(conn, soql);
  return rows.map(({ AssigneeId, PermissionSetId }) => ({ userId: AssigneeId, sourceId: PermissionSetId }));
}

function sourceOf(row: SetRow): PermissionSource {
  const { Id, Name, Label, IsOwnedByProfile, ProfileId, Profile, PermissionsViewAllData, PermissionsModifyAllData } =
    row;
  const profile =
    IsOwnedByProfile && ProfileId && Profile
      ? { id: ProfileId, name: Profile.Name, userType: Profile.UserType }
      : undefined;
  return {
    id: Id,
    name: Name,
    label: Label,
    profile,
    viewAllData: PermissionsViewAllData,
    modifyAllData: PermissionsModifyAllData,
    objects: {},
  };
}

const rightsOf = (row: ObjectRow): PermissionSource['objects'][string] => ({
  read: row.PermissionsRead,
  viewAll: row.PermissionsViewAllRecords,
  modifyAll: row.PermissionsModifyAllRecords,
});

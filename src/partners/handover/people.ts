/** Who hands over to whom, and whether the new manager can own partner accounts. */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, isInQuery, queryAll, select } from '../../org/read/index.js';
import { PartnerNameError, resolveScope } from '../scope.js';
import { HandoverError, type Problem } from './errors.js';

/** One of the two sides. */
export type Side = {
  id: string;
  name: string;
  username: string;
  active: boolean;
  userType: string;
  role: { id: string; name: string } | null;
};

export type Sides = { from: Side; to: Side };

type Row = {
  Id: string;
  Name: string;
  Username: string;
  IsActive: boolean;
  UserType: string;
  UserRoleId: string | null;
  UserRole: { Name: string } | null;
};

const FIELDS = ['Id', 'Name', 'Username', 'IsActive', 'UserType', 'UserRoleId', 'UserRole.Name'];

/** Both sides, by id, username or name. @throws PartnerNameError, HandoverError where both are the same */
export async function readSides(conn: Connection, texts: { from: string; to: string }): Promise<Sides> {
  const [from, to] = [await idOf(conn, texts.from), await idOf(conn, texts.to)];
  const rows = await queryAll<Row>(conn, select({ from: 'User', fields: FIELDS, where: isIn('Id', [from, to]) }));
  const side = (id: string): Side => sideOf(rows.find(({ Id }) => Id === id)!);
  if (from === to) throw new HandoverError('samePerson', [], side(to).name);
  return { from: side(from), to: side(to) };
}

/** People of the company come first; others are found as well, so that they are refused for what they are. */
async function idOf(conn: Connection, text: string): Promise<string> {
  try {
    return (await resolveScope(conn, { manager: [text] })).manager![0]!;
  } catch (error) {
    if (!(error instanceof PartnerNameError) || error.key !== 'unknown') throw error;
    const others = await resolveScope(conn, { user: [text] }).catch(() => undefined);
    if (!others?.user) throw error;
    return others.user[0]!;
  }
}

const sideOf = ({ Id, Name, Username, IsActive, UserType, UserRoleId, UserRole }: Row): Side => ({
  id: Id,
  name: Name,
  username: Username,
  active: IsActive,
  userType: UserType,
  role: UserRoleId === null ? null : { id: UserRoleId, name: UserRole?.Name ?? UserRoleId },
});

export type OwnedObject = 'Account' | 'Lead';

/** Objects that a user may read, or undefined where the running user may not see permissions. */
export async function readableObjects(conn: Connection, userId: string): Promise<Set<OwnedObject> | undefined> {
  const objects: OwnedObject[] = ['Account', 'Lead'];
  try {
    const readable = await Promise.all(objects.map((object) => mayRead(conn, userId, object)));
    return new Set(objects.filter((_, at) => readable[at]));
  } catch (error) {
    if (/INVALID_TYPE|INSUFFICIENT_ACCESS/.test((error as { errorCode?: string }).errorCode ?? '')) return undefined;
    throw error;
  }
}

/** Each user has an assignment to the permission set of the profile too. */
async function mayRead(conn: Connection, userId: string, object: OwnedObject): Promise<boolean> {
  const reads = all(compare('SobjectType', '=', object), compare('PermissionsRead', '=', true));
  const sets = select({ from: 'ObjectPermissions', fields: ['ParentId'], where: reads });
  const where = all(compare('AssigneeId', '=', userId), isInQuery('PermissionSetId', sets));
  const rows = await queryAll(conn, select({ from: 'PermissionSetAssignment', fields: ['Id'], where, limit: 1 }));
  return rows.length > 0;
}

/**
 * Why a user cannot take over: inactive, not of the company, without a role (platform-facts, fact 7), or without read
 * access (platform-facts D: TRANSFER_REQUIRES_READ).
 */
export function whyNot(to: Side, readable: ReadonlySet<OwnedObject> | undefined, leads: boolean): Problem[] {
  const { name } = to;
  const problems: Problem[] = [];
  if (to.userType !== 'Standard') return [{ key: 'notInternal', name, detail: to.userType }];
  if (!to.active) problems.push({ key: 'inactive', name, detail: to.username });
  if (to.role === null) problems.push({ key: 'noRole', name, detail: to.username });
  if (!readable || !to.active) return problems;
  if (!readable.has('Account')) problems.push({ key: 'cannotReadAccount', name, detail: to.username });
  if (leads && !readable.has('Lead')) problems.push({ key: 'cannotReadLead', name, detail: to.username });
  return problems;
}

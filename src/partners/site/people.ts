/** People of a site: who is a member, whom profiles and permission sets cover, and which profiles are missing. */
import type { Connection } from '@salesforce/core';
import { all, compare, groupState, isIn, isInQuery, select, type Condition } from '../../org/read/index.js';
import { Batch, rowsOrNone, type Answer, type Rows } from '../batch.js';
import type { Group, Parent, SiteFacts } from './model.js';

/** Ids of active users: members of the site, and those whom each profile or permission set covers. */
export type People = { members: Set<string>; covered: Map<string, Set<string>> };

type UserRow = { Id: string; ProfileId: string };
type AssignmentRow = { AssigneeId: string; PermissionSetId: string };

const membersOf = (batch: Batch, site: SiteFacts): Answer<{ MemberId: string }> =>
  batch.add('members of sites', {
    from: 'NetworkMember',
    fields: ['MemberId'],
    where: all(compare('NetworkId', '=', site.id), compare('Member.IsActive', '=', true)),
  });

/** Reads who is a member of a site now, and whom the parents cover; or why that is not known. */
export async function readPeople(
  conn: Connection,
  site: SiteFacts,
  parents: readonly string[]
): Promise<{ known: true; value: People } | { known: false; reason: string }> {
  const batch = new Batch();
  const members = membersOf(batch, site);
  const active = compare('IsActive', '=', true);
  const users = batch.addFor<UserRow>(
    'users',
    { from: 'User', fields: ['Id', 'ProfileId'] },
    'ProfileId',
    parents,
    active
  );
  const assigned = batch.addFor<AssignmentRow>(
    'permission set assignments',
    { from: 'PermissionSetAssignment', fields: ['AssigneeId', 'PermissionSetId'] },
    'PermissionSetId',
    parents,
    compare('Assignee.IsActive', '=', true)
  );
  await batch.ask(conn);
  const answers: Array<Rows<object>> = [members(), users(), assigned()];
  for (const answer of answers) if (!answer.known) return { known: false, reason: answer.reason };
  const covered = new Map<string, Set<string>>(parents.map((id) => [id, new Set()]));
  for (const { Id, ProfileId } of rowsOrNone(users())) covered.get(ProfileId)?.add(Id);
  for (const { AssigneeId, PermissionSetId } of rowsOrNone(assigned())) covered.get(PermissionSetId)?.add(AssigneeId);
  return { known: true, value: { members: new Set(rowsOrNone(members()).map(({ MemberId }) => MemberId)), covered } };
}

type PersonRow = { Id: string; ProfileId: string; Profile: { Name: string } | null };

/**
 * Profiles of active partner users and of channel managers, who own partner accounts, that should be members and are
 * not: somebody with the profile is no member yet. What cannot be seen suggests nothing.
 */
export async function suggestProfiles(conn: Connection, site: SiteFacts, groups: readonly Group[]): Promise<Parent[]> {
  const batch = new Batch();
  const members = membersOf(batch, site);
  const active = compare('IsActive', '=', true);
  const owners = select({ from: 'Account', fields: ['OwnerId'], where: compare('IsPartner', '=', true) });
  const ask = (what: string, where: Condition): Answer<PersonRow> =>
    batch.add<PersonRow>(what, {
      from: 'User',
      fields: ['Id', 'ProfileId', 'Profile.Name'],
      where: all(active, where),
    });
  const partners = ask('partner users', isIn('UserType', ['PowerPartner']));
  const managers = ask('owners of partner accounts', isInQuery('Id', owners));
  await batch.ask(conn);
  const inside = new Set(rowsOrNone(members()).map(({ MemberId }) => MemberId));
  const settled = new Set(groups.filter(({ status }) => isOnItsWay(status)).map(({ parent }) => parent));
  const outside = [...rowsOrNone(partners()), ...rowsOrNone(managers())].filter(
    ({ Id, ProfileId }) => !inside.has(Id) && !settled.has(ProfileId)
  );
  const found = outside.map(({ ProfileId, Profile }) => [ProfileId, Profile?.Name ?? ProfileId] as const);
  return [...new Map(found)].map(([id, name]) => ({ id, kind: 'profile', name }));
}

const isOnItsWay = (status: string): boolean => {
  const state = groupState({ AssignmentStatus: status });
  return state === 'added' || state === 'adding';
};

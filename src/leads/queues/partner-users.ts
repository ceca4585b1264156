/** Partner users who can take leads out of queues: named there, or through their role, a public group or all partners. */
import type { Connection } from '@salesforce/core';
import { compare, readRecords, rowsOf } from '../../org/read/index.js';

/** Queues of partner users, by user id. */
export type QueuesOfUsers = ReadonlyMap<string, ReadonlySet<string>>;

type MemberRow = { GroupId: string; UserOrGroupId: string };
type GroupRow = { Id: string; Type: string; RelatedId: string | null };

/** Types of groups that hold roles below one, partner roles among them. */
const WITH_SUBORDINATES = new Set(['RoleAndSubordinates']);

/** All partner users of the org. */
const ALL_PARTNERS = 'PRMOrganization';

/** What stands in queues, by queue: ids of users, roles, roles with those below them, and whether all partners do. */
class Holders {
  public readonly users = new Map<string, Set<string>>();
  public readonly roles = new Map<string, Set<string>>();
  public readonly above = new Map<string, Set<string>>();
  public readonly everybody = new Set<string>();

  public add(kind: 'users' | 'roles' | 'above', id: string, queues: Iterable<string>): void {
    const known = this[kind].get(id) ?? new Set();
    for (const queue of queues) known.add(queue);
    this[kind].set(id, known);
  }
}

/** @param queues ids of queues */
export async function readQueuesOfPartners(conn: Connection, queues: readonly string[]): Promise<QueuesOfUsers> {
  if (queues.length === 0) return new Map();
  const holders = await readHolders(conn, queues);
  const parents = holders.above.size > 0 ? await readParents(conn) : new Map<string, string>();
  const found = new Map<string, Set<string>>();
  const where = compare('UserType', '=', 'PowerPartner');
  for await (const rows of rowsOf(conn, { from: 'User', fields: ['Id', 'UserRoleId'], where, orderBy: ['Id'] })) {
    for (const [id = '', role = ''] of rows) {
      const own = queuesOf(id, role, holders, parents);
      if (own.size > 0) found.set(id, own);
    }
  }
  return found;
}

function queuesOf(user: string, role: string, holders: Holders, parents: ReadonlyMap<string, string>): Set<string> {
  const own = new Set([...holders.everybody, ...(holders.users.get(user) ?? []), ...(holders.roles.get(role) ?? [])]);
  for (let at: string | undefined = role; at !== undefined && at !== ''; at = parents.get(at)) {
    for (const queue of holders.above.get(at) ?? []) own.add(queue);
  }
  return own;
}

/** Walks down from the queues through public groups. */
async function readHolders(conn: Connection, queues: readonly string[]): Promise<Holders> {
  const holders = new Holders();
  const reach = new Map(queues.map((queue) => [queue, new Set([queue])]));
  for (let open = [...queues]; open.length > 0;) {
    const members = await readRecords<MemberRow>(conn, {
      ...{ from: 'GroupMember', fields: ['GroupId', 'UserOrGroupId'] },
      ...{ by: 'GroupId', values: open },
    });
    const inside = Map.groupBy(members, ({ UserOrGroupId }) => UserOrGroupId);
    const groups = await readRecords<GroupRow>(conn, {
      ...{ from: 'Group', fields: ['Id', 'Type', 'RelatedId'] },
      ...{ by: 'Id', values: [...inside.keys()].filter((id) => id.startsWith('00G')) },
    });
    const typeOf = new Map(groups.map((group) => [group.Id, group]));
    open = [];
    for (const [id, rows] of inside) {
      const through = new Set(rows.flatMap(({ GroupId }) => [...(reach.get(GroupId) ?? [])]));
      if (note(holders, id, typeOf.get(id), through) && widen(reach, id, through)) open.push(id);
    }
  }
  return holders;
}

/** Notes a user or a group that stands for users. @returns whether it is a public group, to be looked into */
function note(holders: Holders, id: string, group: GroupRow | undefined, queues: ReadonlySet<string>): boolean {
  if (id.startsWith('005')) holders.add('users', id, queues);
  else if (group?.Type === 'Regular') return true;
  else if (group?.Type === ALL_PARTNERS) for (const queue of queues) holders.everybody.add(queue);
  else if (group?.RelatedId)
    holders.add(WITH_SUBORDINATES.has(group.Type) ? 'above' : 'roles', group.RelatedId, queues);
  return false;
}

/** @returns whether the group is reached from a queue from which it was not before */
function widen(reach: Map<string, Set<string>>, id: string, queues: ReadonlySet<string>): boolean {
  const known = reach.get(id) ?? new Set();
  const before = known.size;
  for (const queue of queues) known.add(queue);
  reach.set(id, known);
  return known.size > before;
}

/** Roles and those above them. */
async function readParents(conn: Connection): Promise<Map<string, string>> {
  const parents = new Map<string, string>();
  for await (const rows of rowsOf(conn, { from: 'UserRole', fields: ['Id', 'ParentRoleId'], orderBy: ['Id'] })) {
    for (const [id = '', parent = ''] of rows) parents.set(id, parent);
  }
  return parents;
}

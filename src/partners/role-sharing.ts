/** Reads what sharing rests on, as far as roles and groups decide it. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import { emptySnapshot, type SharingSnapshot } from '../sharing/model.js';
import { readGroups, readMemberships } from '../sharing/read/groups.js';
import { readDefinitions } from '../sharing/read/metadata.js';
import { readPeople, readRoles } from '../sharing/read/people.js';
import { Reader } from '../sharing/read/reader.js';

/** Roles, users, groups, sharing rules and folders. `notes` of the snapshot say what could not be read. */
export async function readRoleSharing(conn: Connection, org: OrgIdentity): Promise<SharingSnapshot> {
  const reader = new Reader(conn);
  const { id, name, domain, kind, createdDate } = org;
  const [roles, people, groups, memberships] = await Promise.all([
    readRoles(reader),
    readPeople(reader),
    readGroups(reader),
    readMemberships(reader),
  ]);
  const definitions = await readDefinitions(reader);
  return {
    ...emptySnapshot({ id, name, domain, kind, createdDate }),
    roles,
    people,
    groups,
    memberships,
    ...definitions,
    notes: reader.notes,
  };
}

/** Who is a member of which site (platform-facts E), and the welcome mail that goes with it (C7). */
import type { Row } from '../contracts.js';
import { mailWelcome } from '../sites/mails.js';
import { eraseRecords, insertRecord, type Author } from './records.js';

/** Profile of a user and the permission sets assigned to him: what membership groups name. */
const PARENTS = `SELECT "ProfileId" FROM "User" WHERE "Id" = ?1
  UNION SELECT "PermissionSetId" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?1`;

const entitled = (author: Author, userId: string): Set<string> => {
  const rows = author.tools.store
    .sql(
      `SELECT DISTINCT g."NetworkId" AS id FROM "NetworkMemberGroup" g
       WHERE g."AssignmentStatus" = 'Added' AND g."ParentId" IN (${PARENTS})`
    )
    .all(userId);
  return new Set(rows.map((row) => String(row.id)));
};

/**
 * Brings the memberships of one user in line with his profile and permission sets.
 * @param mail whether new memberships may send the welcome mail of the site.
 */
export const refreshMembership = (author: Author, userId: string, mail: boolean): void => {
  const { tools } = author;
  const wanted = entitled(author, userId);
  const rows = tools.store.sql('SELECT "Id", "NetworkId" FROM "NetworkMember" WHERE "MemberId" = ?').all(userId);
  const present = new Set(rows.map((row) => String(row.NetworkId)));
  for (const row of rows)
    if (!wanted.has(String(row.NetworkId))) eraseRecords(tools, 'NetworkMember', 'Id', String(row.Id));
  for (const networkId of wanted) {
    if (present.has(networkId)) continue;
    insertRecord(author, 'NetworkMember', { NetworkId: networkId, MemberId: userId });
    if (mail) mailWelcome(tools, networkId, userId);
  }
};

/** Users that a profile or permission set covers. */
const covered = (author: Author, parentId: string): string[] =>
  author.tools.store
    .sql(
      'SELECT "Id" FROM "User" WHERE "ProfileId" = ?1 UNION ' +
        'SELECT "AssigneeId" FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ?1 ORDER BY 1'
    )
    .all(parentId)
    .map((row) => String(row.Id));

/** Finishes what a NetworkMemberGroup row began: adds its users, or removes them and the row. */
export const settleMembership = (author: Author, groupRow: Row): void => {
  const users = covered(author, String(groupRow.ParentId));
  if (groupRow.AssignmentStatus === 'WaitingForRemove')
    eraseRecords(author.tools, 'NetworkMemberGroup', 'Id', String(groupRow.Id));
  for (const userId of users) refreshMembership(author, userId, true);
};

/** C7: members get their welcome mail when the site is activated, if it had not been before. */
export const welcomeMembers = (author: Author, networkId: string): void => {
  const members = author.tools.store
    .sql('SELECT "MemberId" FROM "NetworkMember" WHERE "NetworkId" = ? ORDER BY "Id"')
    .all(networkId);
  for (const row of members) mailWelcome(author.tools, networkId, String(row.MemberId));
};

/** The job behind a NetworkMemberGroup row: WaitingForAdd, AddCalculated, Added; or WaitingForRemove, gone (facts E). */
import type { Row } from '../contracts.js';
import type { SaveTools } from '../save/context.js';
import { settleMembership } from './membership.js';
import { updateRecord, type Author } from './records.js';

/** Kind of the background work that takes a row one step further. */
export const MEMBERSHIP_WORK = 'network-member-group';

/** The licence behind a profile, or the one that a permission set is bound to. */
const LICENCE = `SELECT l."Status" AS status, p."UserType" AS type FROM "Profile" p
    JOIN "UserLicense" l ON l."Id" = p."UserLicenseId" WHERE p."Id" = ?1
  UNION ALL SELECT l."Status", NULL FROM "PermissionSet" s JOIN "UserLicense" l ON l."Id" = s."LicenseId" WHERE s."Id" = ?1`;

/** Guests are nobody's members, and a licence that is switched off lets nobody in. [M] */
const mayJoin = (tools: SaveTools, parentId: string): boolean => {
  const licence = tools.store.sql(LICENCE).get(parentId);
  return licence === undefined || (licence.status !== 'Disabled' && licence.type !== 'Guest');
};

const nextStatus = (tools: SaveTools, row: Row): string => {
  if (row.AssignmentStatus === 'AddCalculated') return 'Added';
  return mayJoin(tools, String(row.ParentId)) ? 'AddCalculated' : 'FailedAdd';
};

/** Takes the row one step further; its users become members with the last. */
export const advanceMembership = (tools: SaveTools, recordId: string): void => {
  const row: Row | undefined = tools.store.find(tools.catalog.require('NetworkMemberGroup'), recordId);
  if (!row) return;
  const author: Author = { tools, userId: String(row.CreatedById), now: tools.clock.stamp() };
  if (row.AssignmentStatus === 'WaitingForRemove') return settleMembership(author, row);
  const AssignmentStatus = nextStatus(tools, row);
  updateRecord(author, 'NetworkMemberGroup', recordId, { AssignmentStatus });
  if (AssignmentStatus === 'AddCalculated') tools.background.later(MEMBERSHIP_WORK, recordId, 200);
  if (AssignmentStatus === 'Added') settleMembership(author, row);
};

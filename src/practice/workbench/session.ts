/** What the page is told at its start: who is logged in, what that user may do, and whom one could log in as. */
import { PlatformError } from '../errors.js';
import type { Rooms } from '../http/rooms.js';
import { localeOf } from '../ui-api/values.js';
import type { Visitor } from './desk.js';

/** Users to choose from: administrators, those with the set for managers, users of partners who are members of a Live site. */
const USERS = `
  SELECT u."Id", u."Name", u."Username",
    CASE WHEN u."ContactId" IS NOT NULL THEN 'partner' WHEN s."Name" = 'Channel_Manager' THEN 'manager' ELSE 'admin' END AS kind
  FROM "User" u
  JOIN "PermissionSetAssignment" a ON a."AssigneeId" = u."Id"
  JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId"
  WHERE u."IsActive" = 1 AND s."Name" IN ('Channel_Admin', 'Channel_Manager', 'Partner_Leads')
    AND NOT EXISTS (SELECT 1 FROM "UserLogin" l WHERE l."UserId" = u."Id" AND l."IsFrozen" = 1)
    AND (u."ContactId" IS NULL OR EXISTS (
      SELECT 1 FROM "NetworkMember" m JOIN "Network" n ON n."Id" = m."NetworkId"
      WHERE m."MemberId" = u."Id" AND n."Status" = 'Live'))
  GROUP BY u."Id" ORDER BY kind, u."Name" LIMIT 60`;

const SITE = `SELECT n."Name" AS name FROM "NetworkMember" m JOIN "Network" n ON n."Id" = m."NetworkId"
  WHERE m."MemberId" = ? AND n."Status" = 'Live' LIMIT 1`;

/** Permissions of the platform that components may ask for by `@salesforce/userPermission`. */
const PERMISSIONS = ['ViewSetup', 'ManagePartners', 'TransferAnyLead', 'ModifyAllData'];

const userOf = (row: Record<string, unknown>): { id: string; name: string; username: string; kind: string } => ({
  id: String(row.Id),
  name: String(row.Name),
  username: String(row.Username),
  kind: String(row.kind),
});

/**
 * Logs a visitor in as a user: the one asked for, else the last one, else the first manager.
 * @throws PlatformError INVALID_LOGIN where that user may not log in, or nobody can
 */
export const openSession = ({ org }: Rooms, visitor: Visitor, wanted: string | undefined): object => {
  const { store } = org.tools;
  const users = store.sql(USERS).all().map(userOf);
  const id = wanted ?? visitor.userId;
  const user = users.find((one) => one.id === id) ?? (id === undefined ? first(users) : undefined);
  if (!user) throw new PlatformError('INVALID_LOGIN', 'Nobody to log in as: is the package installed?', 401);
  visitor.userId = user.id;
  const session = org.access.openBrowser(user.id);
  const isPartner = user.kind === 'partner';
  const { name: locale, timeZone } = localeOf(org, session);
  const site = isPartner ? store.sql(SITE).get(user.id) : undefined;
  return {
    token: session.id,
    user: { ...user, isPartner, locale, timeZone },
    users,
    siteName: site === undefined ? null : String(site.name),
    customPermissions: [...org.tools.permissions.customPermissions(user.id)],
    userPermissions: PERMISSIONS.filter((name) => session.has(name)),
  };
};

const first = <T extends { kind: string }>(users: readonly T[]): T | undefined =>
  users.find(({ kind }) => kind === 'manager') ?? users[0];

/**
 * Every profile has a permission set of its own, and every user an assignment to that of his profile, as queries on
 * PermissionSetAssignment show (Salesforce knowledge article 000230980).
 */
import { insertRecord, textFrom, type Author } from './records.js';

/** Gives a user the assignment to the permission set of his profile, in place of one to that of another profile. */
export const followProfile = (author: Author, userId: string): void => {
  const { tools } = author;
  const setId = textFrom(
    tools,
    `SELECT s."Id" FROM "PermissionSet" s JOIN "User" u ON u."ProfileId" = s."ProfileId" WHERE u."Id" = ?`,
    userId
  );
  tools.store
    .sql(
      `DELETE FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?
         AND "PermissionSetId" IN (SELECT "Id" FROM "PermissionSet" WHERE "IsOwnedByProfile" = 1)`
    )
    .run(userId);
  if (setId)
    insertRecord(author, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId, IsActive: true });
};

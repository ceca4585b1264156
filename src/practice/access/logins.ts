/** Licences that are paid by login count one for each user and day (platform-facts C4). */
import type { Store } from '../contracts.js';

const CREATE = `CREATE TABLE IF NOT EXISTS practice_login_day (
  user TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (user, day)) WITHOUT ROWID`;

const COUNT = `UPDATE "UserLicense" SET "MonthlyLoginsUsed" = (
    SELECT count(*) FROM practice_login_day d JOIN "User" u ON u."Id" = d.user JOIN "Profile" p ON p."Id" = u."ProfileId"
    WHERE p."UserLicenseId" = "UserLicense"."Id" AND d.day LIKE ?2)
  WHERE "MonthlyLoginsEntitlement" IS NOT NULL
    AND "Id" = (SELECT p."UserLicenseId" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?1)`;

/** Makes the table. */
export const prepareLogins = (store: Store): void => store.db.exec(CREATE);

/** Notes a login at a time such as `2026-10-01T09:00:00.000+0000`. */
export const countLogin = (store: Store, userId: string, stamp: string): void => {
  store.sql('INSERT OR IGNORE INTO practice_login_day (user, day) VALUES (?, ?)').run(userId, stamp.slice(0, 10));
  store.sql(COUNT).run(userId, `${stamp.slice(0, 7)}-%`);
};

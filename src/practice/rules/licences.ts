/** Licences: seats are taken by active users of the profiles that belong to them (platform-facts C3, C4). */
import type { SaveTools } from '../save/context.js';
import { fail } from '../save/failures.js';

export type Licence = {
  profileName: string;
  userType: string;
  licenceId: string;
  name: string;
  key: string;
  total: number;
  used: number;
  /** Paid by login, not by seat. */
  byLogin: boolean;
};

/** Licence behind a profile, or undefined where the profile does not exist. */
export const licenceOf = (tools: SaveTools, profileId: string): Licence | undefined => {
  const row = tools.store
    .sql(
      'SELECT p."Name" AS profile, p."UserType" AS type, l."Id" AS id, l."Name" AS name, l."LicenseDefinitionKey" AS key, ' +
        'l."TotalLicenses" AS total, l."UsedLicenses" AS used, l."MonthlyLoginsEntitlement" AS logins ' +
        'FROM "Profile" p JOIN "UserLicense" l ON l."Id" = p."UserLicenseId" WHERE p."Id" = ?'
    )
    .get(profileId);
  if (!row) return undefined;
  return {
    profileName: String(row.profile),
    userType: String(row.type),
    licenceId: String(row.id),
    name: String(row.name),
    key: String(row.key),
    total: Number(row.total),
    used: Number(row.used),
    byLogin: row.logins !== null,
  };
};

/** @throws PlatformError LICENSE_LIMIT_EXCEEDED (C5) where no seat is left. */
export const requireSeat = (tools: SaveTools, licence: Licence): void => {
  if (licence.used < licence.total) return;
  if (licence.byLogin && tools.variants.loginLicenceSeats === 'unlimited') return;
  throw fail.of('LICENSE_LIMIT_EXCEEDED', `License Limit Exceeded - ${licence.name}`);
};

/** Counts one more or one fewer active user. */
export const countSeat = (tools: SaveTools, licenceId: string, change: 1 | -1): void => {
  tools.store.sql('UPDATE "UserLicense" SET "UsedLicenses" = "UsedLicenses" + ? WHERE "Id" = ?').run(change, licenceId);
};

/** Sandboxes of a production org, as SandboxProcess lists them (platform-facts, Addenda). */
import type { PracticeOrg } from '../contracts.js';
import { insertRecord } from '../rules/records.js';

/**
 * Adds a sandbox to a production org. No org has one unless it is added.
 * @param orgId id of the sandbox; 15 characters are kept
 * @returns id of the row
 * @throws PlatformError INVALID_TYPE in an org that is a sandbox itself
 */
export const addSandbox = ({ tools, clock }: PracticeOrg, orgId: string, name: string): string => {
  const admin = tools.store.sql('SELECT "Id" FROM "User" ORDER BY "Id" LIMIT 1').get();
  const now = clock.stamp();
  return insertRecord({ tools, userId: String(admin?.Id), now }, 'SandboxProcess', {
    SandboxName: name,
    SandboxOrganization: orgId.slice(0, 15),
    Status: 'Completed',
    CopyProgress: 100,
    LicenseType: 'DEVELOPER',
    StartDate: now,
    EndDate: now,
  });
};

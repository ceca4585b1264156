/** An org with the package, and three people who look at it: the administrator, a channel manager and a partner. */
import { installPackage } from '../../helpers/package.js';
import { as, made, toMinimumAccess, withoutSets, type As } from '../access/grants.js';
import { startFixture, type Fixture } from '../http/fixture.js';

export type People = {
  fixture: Fixture;
  admin: As;
  /** On the profile that opens nothing, with the permission set Channel_Manager and nothing else. */
  manager: As;
  /** A partner user of the scenario, with no permission set of ours. */
  partner: As;
  managerId: string;
  partnerId: string;
  close(): Promise<void>;
};

const MANAGER = 'nora.fieldgate@practice.example.com';

/** Starts one, with so many leads. */
export const openPeople = async (leads: number): Promise<People> => {
  const fixture = await startFixture({}, { scenario: { leads } });
  const { org, server, token } = fixture;
  await installPackage({ url: server.url, token });
  const one = (sql: string, ...values: string[]): string => String(org.store.db.prepare(sql).get(...values)!.id);
  const managerId = await toMinimumAccess(fixture, MANAGER);
  await withoutSets(fixture, managerId);
  await made(fixture, 'PermissionSetAssignment', {
    AssigneeId: managerId,
    PermissionSetId: one(`SELECT "Id" AS id FROM "PermissionSet" WHERE "Name" = 'Channel_Manager'`),
  });
  const partner = org.store.db
    .prepare(
      `SELECT u."Id" AS id, u."Username" AS name FROM "User" u JOIN "Lead" l ON l."OwnerId" = u."Id"
       WHERE u."UserType" = 'PowerPartner' AND u."IsActive" = 1 AND l."IsConverted" = 0 GROUP BY u."Id" ORDER BY u."Id" LIMIT 1`
    )
    .get()!;
  return {
    fixture,
    admin: await as(fixture, 'admin@practice.example.com'),
    manager: await as(fixture, MANAGER, true),
    partner: await as(fixture, String(partner.name)),
    managerId,
    partnerId: String(partner.id),
    close: () => fixture.close(),
  };
};

/** The company of the practice org (design, "Scenario"), or an org in which nothing has happened yet. */
import { followProfile } from '../rules/profile-assignment.js';
import type { SaveTools } from '../save/context.js';
import { seedAccounts } from './accounts.js';
import { seedGroups } from './groups.js';
import { seedLeads } from './leads.js';
import { seedOrganization } from './organization.js';
import { seedPartners } from './partners.js';
import { seedPeople } from './people.js';
import { seedQueues } from './queues.js';
import { Seed } from './seed.js';
import { seedSites } from './site.js';
import { seedTasks } from './tasks.js';

/** Size of a scenario: so many leads, or `empty` for an org with nothing but its administrator. */
export type Scenario = { leads: number } | 'empty';

/** C3, C4: seats in use are the active users of the profiles of a licence. */
const countSeats = (tools: SaveTools): void => {
  tools.store
    .sql(
      'UPDATE "UserLicense" SET "UsedLicenses" = (SELECT count(*) FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" ' +
        'WHERE p."UserLicenseId" = "UserLicense"."Id" AND u."IsActive" = 1)'
    )
    .run();
};

/** Everybody is assigned the permission set of the own profile. */
const assignProfiles = (seed: Seed): void => {
  for (const { Id } of seed.tools.store.sql('SELECT "Id" FROM "User" ORDER BY "Id"').all()) {
    followProfile(seed.author(900), String(Id));
  }
};

const setPreferences = (tools: SaveTools): void => {
  tools.preferences.set('Communities.enableNetworksEnabled', true);
  tools.preferences.set('Communities.enableEnablePRM', true);
  tools.preferences.set('Partner.rolesPerAccount', 3);
};

const seedCompany = (seed: Seed, profiles: Map<string, string>, leads: number): void => {
  setPreferences(seed.tools);
  const company = seedPeople(seed, profiles);
  seedGroups(seed, company);
  const accounts = seedAccounts(seed, company);
  const partners = seedPartners(seed, profiles, accounts);
  seedSites(seed, profiles);
  const queues = seedQueues(seed, company, partners);
  const people = [
    'Nora Fieldgate',
    'Stellan Moor',
    'Esme Larchwood',
    'Wim Overbeek',
    'Jory Penrose',
    'Cass Elderberry',
  ];
  const owners = {
    unassigned: queues.unassigned,
    queues: queues.partner,
    people: people.map((name) => company.users.get(name)!),
    partners,
    accounts: accounts.map(({ id }) => id),
  };
  seedLeads(seed, owners, leads);
  seedTasks(seed);
};

/** Fills a new org, in one transaction. The same scenario has the same ids and values each time. */
export const seedScenario = (tools: SaveTools, scenario: Scenario): void => {
  tools.store.transaction(() => {
    const seed = new Seed(tools);
    const profiles = seedOrganization(seed);
    if (scenario !== 'empty') seedCompany(seed, profiles, scenario.leads);
    countSeats(tools);
    assignProfiles(seed);
  });
};

/** The company of the practice org (design, "Scenario"), or an org in which nothing has happened yet. */
import { LEAD_HISTORY } from '../rules/lead-history.js';
import { followProfile } from '../rules/profile-assignment.js';
import type { SaveTools } from '../save/context.js';
import { seedAccounts } from './accounts.js';
import { seedAssignmentRules } from './assignment-rules.js';
import { seedBusiness } from './business.js';
import { seedCircles, seedObjectPermissions } from './circles.js';
import { addCustomObjects } from './custom-objects.js';
import { seedFolders } from './folders.js';
import { seedGroups } from './groups.js';
import { seedLeads } from './leads.js';
import { seedListViews } from './list-views.js';
import { seedMenus } from './menus.js';
import { seedOrganization, seedEventsProfile, type Seats } from './organization.js';
import { seedLaterPartners, seedPartners } from './partners.js';
import { seedPeople } from './people.js';
import { seedQueues } from './queues.js';
import { Seed } from './seed.js';
import { seedSharing } from './sharing.js';
import { seedOfflineSite, seedSites } from './site.js';
import { seedTasks } from './tasks.js';

/**
 * A company with so many leads, or `empty` for an org with nothing but its administrator.
 * `partners: false`: nobody is a partner user yet, so that there are no portal roles either and every exposure waits.
 * `prm: false`: the switch of partner relationship management is off; Digital Experiences is on all the same.
 * `seats: { PID_Partner_Community: 5000 }`: the org has bought so many seats of a licence, in place of the 60 or so it has
 * otherwise, so that thousands of users can be made. Nothing else changes, ids neither.
 * `history: true`: owner and status of leads are tracked from the start.
 */
export type Scenario = { leads: number; partners?: boolean; prm?: boolean; seats?: Seats; history?: boolean } | 'empty';

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

const setPreferences = (tools: SaveTools, prm: boolean): void => {
  tools.preferences.set('Communities.enableNetworksEnabled', true);
  tools.preferences.set('Communities.enableEnablePRM', prm);
  tools.preferences.set('Sharing.enableExternalSharingModel', true);
  tools.preferences.set('Partner.rolesPerAccount', 3);
};

type Company = Exclude<Scenario, 'empty'>;

const seedCompany = (seed: Seed, profiles: Map<string, string>, scenario: Company): void => {
  setPreferences(seed.tools, scenario.prm ?? true);
  if (scenario.history) seed.tools.preferences.set(LEAD_HISTORY, true);
  const company = seedPeople(seed, profiles);
  seedGroups(seed, company);
  const accounts = seedAccounts(seed, company);
  const partners = scenario.partners === false ? [] : seedPartners(seed, profiles, accounts);
  seedSites(seed, profiles);
  const queues = seedQueues(seed, company, partners);
  const staff = ['Nora Fieldgate', 'Stellan Moor', 'Esme Larchwood', 'Wim Overbeek', 'Jory Penrose', 'Cass Elderberry'];
  const owners = {
    unassigned: queues.unassigned,
    queues: queues.partner,
    people: staff.map((name) => company.users.get(name)!),
    partners,
    accounts: accounts.map(({ id }) => id),
  };
  seedLeads(seed, owners, scenario.leads);
  seedTasks(seed);
  // What came later stands behind, so that the ids of what was there before stay.
  const people = { company, accounts };
  addCustomObjects(seed);
  seedObjectPermissions(seed);
  const { deals } = seedCircles(seed, people, partners);
  seedBusiness(seed, { company, partners, accounts: owners.accounts }, { cases: queues.cases, deals });
  seedSharing(seed, people, partners);
  seedFolders(seed, people);
  seedListViews(seed);
  const events = seedEventsProfile(seed);
  if (scenario.partners !== false) {
    seedLaterPartners(seed, new Map(profiles).set('Example Partner Events', events), accounts);
  }
  seedOfflineSite(seed, events);
  seedAssignmentRules(seed);
  seedMenus(seed);
};

/** Fills a new org, in one transaction. The same scenario has the same ids and values each time. */
export const seedScenario = (tools: SaveTools, scenario: Scenario): void => {
  tools.store.transaction(() => {
    const seed = new Seed(tools);
    const profiles = seedOrganization(seed, scenario === 'empty' ? {} : scenario.seats);
    if (scenario !== 'empty') seedCompany(seed, profiles, scenario);
    countSeats(tools);
    assignProfiles(seed);
  });
};

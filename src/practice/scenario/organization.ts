/** The org itself: Organization, licences, profiles with what they allow, lead statuses. */
import type { Row } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Seed } from './seed.js';

/** [key, name, seats, monthly logins]; keys of platform-facts C4. */
const LICENCES: ReadonlyArray<readonly [string, string, number, number | null]> = [
  ['SFDC', 'Salesforce', 40, null],
  ['PID_Partner_Community', 'Partner Community', 60, null],
  ['PID_Partner_Community_Login', 'Partner Community Login', 20, 400],
  ['PID_STRATEGIC_PRM', 'Gold Partner', 5, null],
];

type Profile = {
  name: string;
  licence: string;
  type: string;
  /** System permissions; `*` is all of them. */
  system: string[];
  /** Objects with letters: Read Create Edit Delete ViewAll(V) ModifyAll(M). */
  objects: Record<string, string>;
};

const PARTNER_OBJECTS = { Lead: 'RCE', Account: 'R', Contact: 'RCE', Opportunity: 'RCE' };
const PARTNER_SYSTEM = ['ApiEnabled', 'LightningExperienceUser', 'EditTask'];

const partner = (name: string, licence = 'PID_Partner_Community'): Profile => ({
  name,
  licence,
  type: 'PowerPartner',
  system: PARTNER_SYSTEM,
  objects: PARTNER_OBJECTS,
});

const ORDINARY = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity'];
const all = (letters: string): Record<string, string> => Object.fromEntries(ORDINARY.map((name) => [name, letters]));

const PROFILES: Profile[] = [
  { name: 'System Administrator', licence: 'SFDC', type: 'Standard', system: ['*'], objects: all('RCEDVM') },
  {
    name: 'Standard User',
    licence: 'SFDC',
    type: 'Standard',
    system: [
      'ApiEnabled',
      'LightningExperienceUser',
      'EditTask',
      'RunReports',
      'ViewSetup',
      'ViewRoles',
      'ConvertLeads',
    ],
    objects: all('RCED'),
  },
  {
    name: 'Minimum Access - Salesforce',
    licence: 'SFDC',
    type: 'Standard',
    system: ['LightningExperienceUser'],
    objects: {},
  },
  {
    name: 'Channel Reader (Example)',
    licence: 'SFDC',
    type: 'Standard',
    system: ['ApiEnabled', 'LightningExperienceUser'],
    objects: { Lead: 'R', Account: 'R', Contact: 'R' },
  },
  partner('Partner Community User'),
  partner('Example Partner'),
  partner('Example Partner Offsite'),
  partner('Partner Community Login User', 'PID_Partner_Community_Login'),
  partner('Example Partner Login', 'PID_Partner_Community_Login'),
];

const LETTERS: Readonly<Record<string, string>> = {
  R: 'PermissionsRead',
  C: 'PermissionsCreate',
  E: 'PermissionsEdit',
  D: 'PermissionsDelete',
  V: 'PermissionsViewAllRecords',
  M: 'PermissionsModifyAllRecords',
};

const permissionFields = (seed: Seed, object: string, system: string[]): Row => {
  const row: Row = {};
  for (const field of seed.tools.catalog.require(object).fields.values()) {
    if (!field.name.startsWith('Permissions')) continue;
    row[field.name] = system.includes('*') || system.includes(field.name.slice('Permissions'.length));
  }
  return row;
};

/** Grants objects by letters: Read Create Edit Delete ViewAll(V) ModifyAll(M). */
export const grantObjects = (seed: Seed, setId: string, objects: Record<string, string>): void => {
  for (const [SobjectType, letters] of Object.entries(objects)) {
    const granted = Object.fromEntries([...letters].map((letter) => [LETTERS[letter]!, true]));
    seed.add('ObjectPermissions', { ParentId: setId, SobjectType, ...granted });
  }
};

/** Adds a permission set with its object permissions. */
export const addPermissionSet = (
  seed: Seed,
  values: Row,
  system: string[],
  objects: Record<string, string>
): string => {
  const setId = seed.add('PermissionSet', { ...permissionFields(seed, 'PermissionSet', system), ...values });
  grantObjects(seed, setId, objects);
  return setId;
};

/** Seats by the key of a licence, such as `PID_Partner_Community`, in place of the usual ones. */
export type Seats = Readonly<Record<string, number>>;

const checkSeats = (seats: Seats): void => {
  for (const [key, number] of Object.entries(seats)) {
    const known = LICENCES.map(([name]) => name);
    if (!known.includes(key)) {
      throw new PlatformError('INVALID_ARGUMENT', `Unknown licence ${key}; known: ${known.join(', ')}.`);
    }
    if (!Number.isSafeInteger(number) || number < 0) {
      throw new PlatformError('INVALID_ARGUMENT', `Seats of ${key} must be a whole number, not ${number}.`);
    }
  }
};

const addLicences = (seed: Seed, seats: Seats): Map<string, string> =>
  new Map(
    LICENCES.map(([LicenseDefinitionKey, Name, usual, MonthlyLoginsEntitlement]) => [
      LicenseDefinitionKey,
      seed.add('UserLicense', {
        LicenseDefinitionKey,
        Name,
        MasterLabel: Name,
        TotalLicenses: seats[LicenseDefinitionKey] ?? usual,
        UsedLicenses: 0,
        Status: 'Active',
        MonthlyLoginsEntitlement,
        MonthlyLoginsUsed: MonthlyLoginsEntitlement === null ? null : 0,
      }),
    ])
  );

const addProfile = (seed: Seed, profile: Profile, licenceId: string): string => {
  const profileId = seed.add('Profile', {
    ...permissionFields(seed, 'Profile', profile.system),
    Name: profile.name,
    UserLicenseId: licenceId,
    UserType: profile.type,
  });
  const own = {
    Name: `X${profileId}`,
    Label: profileId,
    ProfileId: profileId,
    IsOwnedByProfile: true,
    IsCustom: false,
    LicenseId: licenceId,
  };
  addPermissionSet(seed, own, profile.system, profile.objects);
  return profileId;
};

const STATUSES = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'];

const addLeadStatuses = (seed: Seed): void => {
  STATUSES.forEach((name, index) => {
    seed.add('LeadStatus', {
      ApiName: name,
      MasterLabel: name,
      SortOrder: index + 1,
      IsDefault: index === 0,
      IsConverted: name === 'Closed - Converted',
    });
  });
};

/** An Enterprise org, a sandbox of a production org that was made before 2024 (platform-facts B1). */
const addOrganization = (seed: Seed): string =>
  seed.add(
    'Organization',
    {
      Name: 'Example Lighting Group',
      OrganizationType: 'Enterprise Edition',
      IsSandbox: true,
      InstanceName: 'PRAC1S',
      TrialExpirationDate: null,
      NamespacePrefix: null,
      DefaultLeadAccess: 'None',
      DefaultAccountAccess: 'None',
      DefaultContactAccess: 'ControlledByParent',
      DefaultOpportunityAccess: 'None',
      DefaultCaseAccess: 'None',
      DefaultCampaignAccess: 'Read',
      DefaultLocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      TimeZoneSidKey: 'Europe/London',
      Country: 'United Kingdom',
      City: 'Leeds',
      PrimaryContact: 'Mara Castellan',
    },
    2600
  );

const addAdmin = (seed: Seed, profileId: string): void => {
  seed.add('User', {
    Id: seed.adminId,
    Username: 'admin@practice.example.com',
    FirstName: 'Mara',
    LastName: 'Castellan',
    Name: 'Mara Castellan',
    Alias: 'admin',
    Email: 'admin@example.com',
    CommunityNickname: 'admin',
    ProfileId: profileId,
    UserType: 'Standard',
    IsActive: true,
    TimeZoneSidKey: 'Europe/London',
    LocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
  seed.add('UserLogin', { UserId: seed.adminId });
};

/** Adds the profile of partners who are members of the site that is down only. */
export const seedEventsProfile = (seed: Seed): string => {
  const sql = 'SELECT "Id" FROM "UserLicense" WHERE "LicenseDefinitionKey" = ?';
  const profile = partner('Example Partner Events');
  return addProfile(seed, profile, String(seed.tools.store.sql(sql).get(profile.licence)!.Id));
};

/**
 * Adds the org with its administrator. Returns the ids of the profiles by name.
 * @throws PlatformError INVALID_ARGUMENT for seats of a licence that the org does not have.
 */
export const seedOrganization = (seed: Seed, seats: Seats = {}): Map<string, string> => {
  checkSeats(seats);
  addOrganization(seed);
  const licences = addLicences(seed, seats);
  const profiles = new Map(
    PROFILES.map((profile) => [profile.name, addProfile(seed, profile, licences.get(profile.licence)!)])
  );
  addAdmin(seed, profiles.get('System Administrator')!);
  addLeadStatuses(seed);
  // The group that stands for everyone inside.
  seed.add('Group', { Type: 'Organization', DeveloperName: 'AllInternalUsers', Name: null, OwnerId: null });
  return profiles;
};

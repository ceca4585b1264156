/** Roles and the company's own people. */
import type { Row } from '../contracts.js';
import { takeElsewhere } from '../rules/other-orgs.js';
import { createRoleGroups } from '../rules/portal.js';
import { developerNameOf } from '../rules/records.js';
import { addPermissionSet } from './organization.js';
import { daysAgo, type Seed } from './seed.js';

/** [name, parent] from the top down. */
const ROLES: ReadonlyArray<readonly [string, string | null]> = [
  ['CEO', null],
  ['VP Channel', 'CEO'],
  ['Channel Director', 'VP Channel'],
  ['Channel Manager North', 'Channel Director'],
  ['Channel Manager South', 'Channel Director'],
  ['Channel Manager East', 'Channel Director'],
  ['Channel Manager West', 'Channel Director'],
  ['VP Sales', 'CEO'],
  ['Sales Manager Europe', 'VP Sales'],
  ['Sales Manager Americas', 'VP Sales'],
  ['Sales Rep Europe', 'Sales Manager Europe'],
  ['Sales Rep Americas', 'Sales Manager Americas'],
  ['VP Support', 'CEO'],
  ['Support Manager', 'VP Support'],
  ['Support Agent', 'Support Manager'],
];

type Person = { name: string; role: string | null; profile?: string; active?: boolean };

const PEOPLE: Person[] = [
  { name: 'Orla Winterfeld', role: 'CEO' },
  { name: 'Theo Brandwell', role: 'VP Channel' },
  { name: 'Ilse Marchetti', role: 'Channel Director' },
  { name: 'Nora Fieldgate', role: 'Channel Manager North' },
  { name: 'Stellan Moor', role: 'Channel Manager South' },
  { name: 'Esme Larchwood', role: 'Channel Manager East' },
  { name: 'Wim Overbeek', role: 'Channel Manager West' },
  { name: 'Petra Silverlake', role: 'VP Sales' },
  { name: 'Milo Hartwick', role: 'Sales Manager Europe' },
  { name: 'Anka Riverstone', role: 'Sales Manager Americas' },
  { name: 'Jory Penrose', role: 'Sales Rep Europe' },
  { name: 'Lene Ashdown', role: 'Sales Rep Europe' },
  { name: 'Marek Coldwater', role: 'Sales Rep Europe', active: false },
  { name: 'Cass Elderberry', role: 'Sales Rep Americas' },
  { name: 'Dunja Rowan', role: 'Sales Rep Americas' },
  { name: 'Otto Greenhalgh', role: 'Sales Rep Americas', active: false },
  { name: 'Faye Summerton', role: 'VP Support' },
  { name: 'Ruben Tallis', role: 'Support Manager' },
  { name: 'Sanne Whitlock', role: 'Support Agent' },
  { name: 'Joel Bramble', role: 'Support Agent' },
  { name: 'Kaja Fernhill', role: null },
  { name: 'Vito Lockhart', role: null },
  { name: 'Rhea Quillon', role: 'Channel Director', profile: 'Channel Reader (Example)' },
  { name: 'Basil Norwood', role: null, profile: 'Minimum Access - Salesforce' },
  { name: 'Integration Account', role: null, profile: 'System Administrator', active: false },
];

/** Usernames of people who have users in other orgs: contacts of the first partner accounts, and an administrator. */
export const ELSEWHERE = [
  'admin@example.com',
  'contact.2@example.com',
  'contact.4@example.com',
  'contact.5@example.com',
];

/** Fields that every user must have. */
const LOCALE: Row = {
  TimeZoneSidKey: 'Europe/London',
  LocaleSidKey: 'en_GB',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
};

/** A user of the scenario with the login record that belongs to him. */
export const addUser = (seed: Seed, name: string, domain: string, values: Row, days: number): string => {
  const [first, ...rest] = name.split(' ');
  const last = rest.join(' ');
  const local = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
  const id = seed.add(
    'User',
    {
      ...LOCALE,
      FirstName: first!,
      LastName: last,
      Name: name,
      Username: `${local}@${domain}`,
      Email: `${local}@example.com`,
      Alias: (first![0]! + last.replace(/[^A-Za-z]/g, '')).toLowerCase().slice(0, 8),
      CommunityNickname: local.slice(0, 40),
      IsActive: true,
      UserType: 'Standard',
      ...values,
    },
    days
  );
  seed.add('UserLogin', { UserId: id }, days);
  return id;
};

const seedRoles = (seed: Seed): Map<string, string> => {
  const roles = new Map<string, string>();
  for (const [Name, parent] of ROLES) {
    const DeveloperName = developerNameOf(Name);
    const values = {
      Name,
      DeveloperName,
      ParentRoleId: parent === null ? null : roles.get(parent)!,
      PortalType: 'None',
      OpportunityAccessForAccountOwner: 'Edit',
    };
    roles.set(Name, seed.add('UserRole', values, 2500));
    const types = ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'];
    createRoleGroups(seed.author(2500), roles.get(Name)!, DeveloperName, types);
  }
  return roles;
};

/** Role and user ids by name. */
export type Company = { roles: Map<string, string>; users: Map<string, string> };

const grantChannelTools = (seed: Seed, users: Map<string, string>): void => {
  const setId = addPermissionSet(
    seed,
    { Name: 'Example_Channel_Tools', Label: 'Example Channel Tools', IsCustom: true },
    ['ManagePartners', 'TransferAnyLead', 'ManageNetworks', 'ViewSetup'],
    { Lead: 'RCEVM', Account: 'RCEV' }
  );
  const managers = PEOPLE.filter(({ role, profile }) => role?.startsWith('Channel') && profile === undefined);
  for (const { name } of managers) {
    seed.add('PermissionSetAssignment', { AssigneeId: users.get(name)!, PermissionSetId: setId, IsActive: true });
  }
};

/** Adds roles, users and the channel managers' permission set. */
export const seedPeople = (seed: Seed, profiles: Map<string, string>): Company => {
  const roles = seedRoles(seed);
  const users = new Map<string, string>();
  for (const { name, role, profile = 'Standard User', active = true } of PEOPLE) {
    const values = {
      ProfileId: profiles.get(profile)!,
      UserRoleId: role === null ? null : roles.get(role)!,
      IsActive: active,
      LastLoginDate: active ? daysAgo(seed.random.below(20) + 1) : null,
    };
    users.set(name, addUser(seed, name, 'practice.example.com', values, 1500));
  }
  seed.tools.store.update(seed.tools.catalog.require('User'), seed.adminId, { UserRoleId: roles.get('CEO')! });
  grantChannelTools(seed, users);
  for (const username of ELSEWHERE) takeElsewhere(seed.tools.store, username);
  return { roles, users };
};

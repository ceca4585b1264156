/** Groups, queues and permissions that came with the partner programme, some of which open more than they should. */
import { isPermissionable } from '../catalog/permissionable.js';
import { developerNameOf } from '../rules/records.js';
import { CUSTOM_OBJECTS } from './custom-objects.js';
import { addPermissionSet, grantObjects } from './organization.js';
import type { PartnerUser } from './partners.js';
import { addQueue } from './queues.js';
import type { Seed } from './seed.js';
import { groupOf, type People } from './somebody.js';

/** [group, members]; see `groupOf`. */
const GROUPS: ReadonlyArray<readonly [string, string[]]> = [
  ['Deal Desk', ['RoleAndSubordinatesInternal:VP Sales', 'User:Ilse Marchetti']],
  ['Field Marketing', ['Role:Channel Director', 'User:Petra Silverlake']],
  ['Partner Programme', ['PRMOrganization', 'Group:Field Marketing']],
];

/** Objects that partners work with, with the letters of `addPermissionSet`. */
const FOR_PARTNERS: Readonly<Record<string, string>> = {
  Campaign: 'R',
  Case: 'RCE',
  Co_Marketing_Request__c: 'RCE',
  Deal_Registration__c: 'RCE',
  Marketing_Asset__c: 'R',
  Price_Agreement__c: 'R',
};

const FOR_STAFF: Readonly<Record<string, string>> = Object.fromEntries(CUSTOM_OBJECTS.map((name) => [name, 'RCED']));

const profileSets = (seed: Seed, userType: string): string[] =>
  seed.tools.store
    .sql(
      'SELECT s."Id" FROM "PermissionSet" s JOIN "Profile" p ON p."Id" = s."ProfileId" ' +
        'WHERE p."UserType" = ? AND p."Name" NOT LIKE \'%(Example)\' AND p."Name" NOT LIKE \'Minimum%\' ORDER BY s."Id"'
    )
    .all(userType)
    .map(({ Id }) => String(Id));

/** Custom fields need a permission each, whatever the profile. */
const grantFields = (seed: Seed, setId: string): void => {
  for (const SobjectType of CUSTOM_OBJECTS) {
    const { fields } = seed.tools.catalog.require(SobjectType);
    for (const field of [...fields.values()].filter((one) => one.custom && isPermissionable(one))) {
      const rights = { PermissionsRead: true, PermissionsEdit: true };
      seed.add('FieldPermissions', { ParentId: setId, SobjectType, Field: `${SobjectType}.${field.name}`, ...rights });
    }
  }
};

/** Lets the profiles work with the objects that were added later. */
export const seedObjectPermissions = (seed: Seed): void => {
  for (const setId of profileSets(seed, 'PowerPartner')) grantObjects(seed, setId, FOR_PARTNERS);
  for (const setId of profileSets(seed, 'Standard')) grantObjects(seed, setId, FOR_STAFF);
  for (const type of ['PowerPartner', 'Standard'])
    for (const setId of profileSets(seed, type)) grantFields(seed, setId);
};

/** A partner who sees all opportunities: reporting was easier that way. */
const seedReporting = (seed: Seed, partners: PartnerUser[]): void => {
  const names = { Name: 'Example_Partner_Reporting', Label: 'Example Partner Reporting', IsCustom: true };
  const setId = addPermissionSet(seed, names, ['RunReports'], { Opportunity: 'RV' });
  for (const { id } of partners.filter(({ state }) => state === 'ready').slice(1, 3)) {
    seed.add('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: setId, IsActive: true }, 200);
  }
};

const seedPublicGroups = (seed: Seed, people: People, partners: PartnerUser[]): void => {
  seed.add(
    'Group',
    { Type: 'AllCustomerPortal', DeveloperName: 'AllCustomerPortalUsers', Name: null, OwnerId: null },
    1200
  );
  for (const [Name, members] of GROUPS) {
    const values = { Type: 'Regular', Name, DeveloperName: developerNameOf(Name), OwnerId: seed.adminId };
    const GroupId = seed.add('Group', { ...values, DoesIncludeBosses: true }, 700);
    for (const member of members)
      seed.add('GroupMember', { GroupId, UserOrGroupId: groupOf(seed, people, member)! }, 700);
  }
  const values = { Type: 'Regular', Name: 'Partner Advisory Board', DeveloperName: 'Partner_Advisory_Board' };
  const GroupId = seed.add('Group', { ...values, OwnerId: seed.adminId, DoesIncludeBosses: false }, 650);
  for (const { id } of partners.filter(({ state }) => state === 'ready').slice(0, 4)) {
    seed.add('GroupMember', { GroupId, UserOrGroupId: id }, 650);
  }
};

const seedQueues = (seed: Seed, people: People): { deals: string } => {
  const member = (text: string): string => groupOf(seed, people, text)!;
  addQueue(seed, 'Partner Overflow', 'Lead', [member('RoleAndSubordinates:Channel Manager East')], null);
  addQueue(seed, 'Inside Sales', 'Lead', [member('RoleAndSubordinatesInternal:VP Sales')], null);
  const desk = [member('Role:Channel Director'), member('Group:Deal Desk')];
  return { deals: addQueue(seed, 'Channel Deal Desk', 'Deal_Registration__c', desk, null) };
};

/** Who reports to whom in sales, so that groups of managers have somebody in them. */
const REPORTS: ReadonlyArray<readonly [string, string]> = [
  ['Jory Penrose', 'Milo Hartwick'],
  ['Lene Ashdown', 'Milo Hartwick'],
  ['Milo Hartwick', 'Petra Silverlake'],
  ['Cass Elderberry', 'Anka Riverstone'],
  ['Anka Riverstone', 'Petra Silverlake'],
];

const seedManagers = (seed: Seed, { users }: People['company']): void => {
  const def = seed.tools.catalog.require('User');
  for (const [name, manager] of REPORTS) {
    seed.tools.store.update(def, users.get(name)!, { ManagerId: users.get(manager)! });
  }
  seed.tools.preferences.set('Sharing.enableManagerGroups', true);
};

/** Adds them. Returns the queue of the deal desk. */
export const seedCircles = (seed: Seed, people: People, partners: PartnerUser[]): { deals: string } => {
  seedManagers(seed, people.company);
  seedPublicGroups(seed, people, partners);
  seedReporting(seed, partners);
  return seedQueues(seed, people);
};

/** A large org as plain data for the benchmark of the sharing review: the same numbers each time. */
import { emptySnapshot, type SharingSnapshot, type Target } from '../../src/sharing/model.js';

export type Size = { rules: number; groups: number; roles: number; partners: number; people: number };

export const OBJECTS = [
  'Lead',
  'Account',
  'Contact',
  'Opportunity',
  'Case',
  'Campaign',
  'Deal__c',
  'Claim__c',
  'Site__c',
];

/** Small generator of numbers that are the same each time. */
function numbers(): (below: number) => number {
  let state = 12345;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * below) % below;
  };
}

/** Every fifth group holds a role with its subordinates; groups nest up to ten deep and hold people. */
export function largeOrg({ rules, groups, roles, partners, people }: Size): SharingSnapshot {
  const next = numbers();
  const org = { id: '00D', name: 'Large', domain: 'large', kind: 'sandbox', createdDate: '2019-01-01' };
  const snapshot = emptySnapshot(org);
  for (let index = 0; index < roles; index++)
    addRole(snapshot, `R${index}`, index === 0 ? undefined : `R${next(index)}`);
  for (let index = 0; index < people; index++) addPerson(snapshot, `u${index}`, 'Standard', `R${next(roles)}`);
  for (let index = 0; index < partners / 3; index++) {
    for (const level of ['Executive', 'Manager', 'User']) {
      const parent = { Executive: `R${next(roles)}`, Manager: `A${index}Executive`, User: `A${index}Manager` }[level]!;
      addRole(snapshot, `A${index}${level}`, parent, level, `A${index}`);
      addPerson(snapshot, `p${index}${level}`, 'PowerPartner', `A${index}${level}`, `A${index}`);
    }
  }
  for (let index = 0; index < groups; index++) addGroup(snapshot, index, roles, people, next);
  for (let index = 0; index < rules; index++) addRule(snapshot, index, groups, roles, next);
  const reads = Object.fromEntries(OBJECTS.map((name) => [name, { read: true, viewAll: false, modifyAll: false }]));
  const profile = { id: 'profile', name: 'Partner', userType: 'PowerPartner' };
  snapshot.permissions.push({
    id: 'ps',
    name: 'X',
    label: '',
    profile,
    viewAllData: false,
    modifyAllData: false,
    objects: reads,
  });
  for (const object of OBJECTS)
    snapshot.counts.owners[object] = Object.fromEntries(snapshot.people.map(({ id }) => [id, next(50)]));
  return snapshot;
}

function addRole(
  snapshot: SharingSnapshot,
  name: string,
  parent?: string,
  portalRole?: string,
  accountId?: string
): void {
  const portal = portalRole ? 'Partner' : 'None';
  snapshot.roles.push({
    id: `r:${name}`,
    name,
    developerName: name,
    parentId: parent && `r:${parent}`,
    portal,
    portalRole,
    accountId,
  });
  for (const type of ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'])
    snapshot.groups.push({
      id: `${type}:${name}`,
      type,
      name,
      developerName: name,
      relatedId: `r:${name}`,
      includesBosses: true,
    });
}

function addPerson(snapshot: SharingSnapshot, name: string, userType: string, role: string, accountId?: string): void {
  const username = `${name}@large.example.com`;
  snapshot.people.push({
    id: `u:${name}`,
    name,
    username,
    userType,
    active: true,
    roleId: `r:${role}`,
    accountId,
    profileId: 'profile',
  });
}

function addGroup(
  snapshot: SharingSnapshot,
  index: number,
  roles: number,
  people: number,
  next: (below: number) => number
): void {
  const id = `g:${index}`;
  const name = `G${index}`;
  snapshot.groups.push({ id, type: 'Regular', name, developerName: name, includesBosses: index % 2 === 0 });
  const add = (memberId: string): number => snapshot.memberships.push({ groupId: id, memberId });
  if (index % 5 === 0) add(`RoleAndSubordinates:R${next(roles)}`);
  // Blocks of ten groups nested up to nine deep, and every hundredth group around whole blocks.
  if (index % 10 > 0) add(`g:${index - 1 - next(index % 10)}`);
  if (index % 100 === 99) for (let block = 1; block < 10; block++) add(`g:${index - block * 10}`);
  for (let count = 0; count < 5; count++) add(`u:u${next(people)}`);
}

function addRule(
  snapshot: SharingSnapshot,
  index: number,
  groups: number,
  roles: number,
  next: (below: number) => number
): void {
  const role = `R${next(roles)}`;
  const to: Target =
    index % 3 === 0
      ? { element: 'group', names: [`G${next(groups)}`] }
      : {
          element: index % 3 === 1 ? 'roleAndSubordinates' : 'roleAndSubordinatesInternal',
          names: [`R${next(roles)}`],
        };
  const object = OBJECTS[index % OBJECTS.length]!;
  const from = { element: 'roleAndSubordinates', names: [role] };
  const owner = index % 10 !== 0;
  const base = {
    object,
    name: `Rule_${index}`,
    label: `Rule ${index}`,
    access: 'Read',
    to,
    criteria: [],
    allOwners: true,
  };
  snapshot.rules.push(owner ? { ...base, kind: 'owner', from } : { ...base, kind: 'criteria' });
}

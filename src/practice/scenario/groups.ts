/** Public groups, three deep, some of which lead outside the company (platform-facts B6). */
import { developerNameOf } from '../rules/records.js';
import type { Company } from './people.js';
import type { Seed } from './seed.js';

/** [group, members]: `role:` a role's group of that type, `user:` a person, else another group. */
const GROUPS: ReadonlyArray<readonly [string, string[]]> = [
  ['Launch Team', ['user:Nora Fieldgate', 'user:Jory Penrose', 'user:Sanne Whitlock']],
  ['Channel North Circle', ['RoleAndSubordinates:Channel Manager North', 'user:Ilse Marchetti']],
  ['Channel South Circle', ['RoleAndSubordinates:Channel Manager South']],
  ['Channel Internal', ['RoleAndSubordinatesInternal:VP Channel']],
  ['Channel Circles', ['Channel North Circle', 'Channel South Circle']],
  ['Regional Readers', ['Channel Circles', 'user:Milo Hartwick']],
  ['Support Desk', ['Role:Support Agent', 'Role:Support Manager']],
  ['Company Readers', ['Support Desk', 'Channel Internal']],
];

const roleGroup = (seed: Seed, type: string, roleId: string): string => {
  const row = seed.tools.store.sql('SELECT "Id" FROM "Group" WHERE "Type" = ? AND "RelatedId" = ?').get(type, roleId);
  return String(row!.Id);
};

/** Adds the groups and their members. Returns ids by name. */
export const seedGroups = (seed: Seed, { roles, users }: Company): Map<string, string> => {
  const groups = new Map<string, string>();
  for (const [Name, members] of GROUPS) {
    const values = { Type: 'Regular', Name, DeveloperName: developerNameOf(Name), OwnerId: seed.adminId };
    const id = seed.add('Group', { ...values, DoesIncludeBosses: true }, 1200);
    groups.set(Name, id);
    for (const member of members) {
      const [kind, name] = member.split(':') as [string, string | undefined];
      const memberId =
        name === undefined
          ? groups.get(kind)!
          : kind === 'user'
            ? users.get(name)!
            : roleGroup(seed, kind, roles.get(name)!);
      seed.add('GroupMember', { GroupId: id, UserOrGroupId: memberId }, 1200);
    }
  }
  // The platform's own groups of all partners and all customers.
  seed.add('Group', { Type: 'PRMOrganization', DeveloperName: 'AllPartnerUsers', Name: null, OwnerId: null }, 1200);
  return groups;
};

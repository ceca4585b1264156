/** Small orgs by name instead of by id, for hand-worked examples. */
import { emptySnapshot, type Rule, type SharingSnapshot, type Target } from '../../src/sharing/model.js';

export const OLD = '2019-03-01T00:00:00.000+0000';
export const NEW = '2024-06-01T00:00:00.000+0000';

export class SmallOrg {
  public readonly snapshot: SharingSnapshot;

  public constructor(createdDate = OLD) {
    const org = { id: '00D000000000001AAA', name: 'Small', domain: 'small', kind: 'sandbox', createdDate };
    this.snapshot = emptySnapshot(org, '2026-01-01T00:00:00.000Z');
    this.snapshot.settings = {
      digitalExperiences: true,
      externalSharingModel: true,
      partnerRelationshipManagement: true,
      partnerSuperUser: false,
      accountRelationships: false,
      externalAccountHierarchy: false,
      portalUserVisibility: false,
      siteUserVisibility: false,
    };
  }

  /** Role and its three groups; ids are the names. */
  public role(name: string, parent?: string): this {
    this.snapshot.roles.push({
      id: `role:${name}`,
      name,
      developerName: name,
      parentId: parent && `role:${parent}`,
      portal: 'None',
    });
    return this.groupsOf(name);
  }

  /** Portal roles of a partner account below its manager's role, the highest first. */
  public portal(account: string, manager: string, levels: readonly string[] = ['Executive', 'User']): this {
    let parentId = `role:${manager}`;
    for (const portalRole of levels) {
      const name = `${account}_${portalRole}`;
      this.snapshot.roles.push({
        id: `role:${name}`,
        name,
        developerName: name,
        parentId,
        portal: 'Partner',
        portalRole,
        accountId: account,
      });
      this.groupsOf(name);
      parentId = `role:${name}`;
    }
    return this;
  }

  private groupsOf(name: string): this {
    for (const type of ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'])
      this.snapshot.groups.push({
        id: `${type}:${name}`,
        type,
        name,
        developerName: name,
        relatedId: `role:${name}`,
        includesBosses: true,
      });
    return this;
  }

  /** A public group; members are ids such as `Group:Inner`, `RoleAndSubordinates:North` or `user:ada`. */
  public group(name: string, members: readonly string[], includesBosses = true, type = 'Regular'): this {
    const id = `${type === 'Regular' ? 'Group' : type}:${name}`;
    this.snapshot.groups.push({ id, type, name, developerName: name, includesBosses });
    for (const memberId of members) this.snapshot.memberships.push({ groupId: id, memberId });
    return this;
  }

  public queue(name: string, objects: string[], members: readonly string[]): this {
    this.snapshot.queueObjects[`Queue:${name}`] = objects;
    return this.group(name, members, true, 'Queue');
  }

  public user(name: string, role?: string): this {
    return this.person(name, 'Standard', role);
  }

  public partner(name: string, account: string, level = 'User', active = true): this {
    return this.person(name, 'PowerPartner', `${account}_${level}`, account, active);
  }

  public person(name: string, userType: string, role?: string, accountId?: string, active = true): this {
    this.snapshot.people.push({
      id: `user:${name}`,
      name,
      username: `${name}@small.example.com`,
      userType,
      active,
      roleId: role && `role:${role}`,
      accountId,
      profileId: `profile:${userType}`,
      nickname: name,
    });
    return this;
  }

  /** The profile of a user type, with the objects it may read. */
  public reads(userType: string, ...objects: string[]): this {
    this.snapshot.permissions.push({
      id: `ps:${userType}`,
      name: `X${userType}`,
      label: userType,
      profile: { id: `profile:${userType}`, name: `${userType} Profile`, userType },
      viewAllData: false,
      modifyAllData: false,
      objects: Object.fromEntries(objects.map((object) => [object, { read: true, viewAll: false, modifyAll: false }])),
    });
    return this;
  }

  public ownerRule(object: string, name: string, from: Target, to: Target, more: Partial<Rule> = {}): this {
    const rule: Rule = {
      object,
      name,
      label: name.replaceAll('_', ' '),
      kind: 'owner',
      access: 'Read',
      to,
      from,
      criteria: [],
      allOwners: true,
    };
    this.snapshot.rules.push({ ...rule, ...more });
    return this;
  }

  public criteriaRule(object: string, name: string, to: Target, records?: number): this {
    this.snapshot.rules.push({
      object,
      name,
      label: name,
      kind: 'criteria',
      access: 'Edit',
      to,
      criteria: [],
      allOwners: true,
    });
    if (records !== undefined) this.snapshot.counts.rules[`${object}.${name}`] = records;
    return this;
  }

  /** Records by owner. */
  public owns(object: string, counts: Record<string, number>): this {
    this.snapshot.counts.owners[object] = counts;
    return this;
  }
}

export const to = (element: string, ...names: string[]): Target => ({ element, names });

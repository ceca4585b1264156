/** What is asked about partner users: five questions about the org, and a few for each 500 users. */
import { all, compare, countOf, type Select } from '../org/read/index.js';
import type { Answer, Batch } from './batch.js';
import {
  ACCOUNT_FIELDS,
  type AccountRow,
  type AssignmentRow,
  type CountRow,
  type GrantRow,
  type LoginRow,
  type MemberGroupRow,
  type MemberRow,
  type NetworkRow,
  type OwnPermissionsRow,
  type ProfileRow,
  type UserRow,
} from './rows.js';

/** What is known of the org. */
export type OrgAnswers = {
  /** Profiles of partner users with their licences. */
  profiles: Answer<ProfileRow>;
  networks: Answer<NetworkRow>;
  groups: Answer<MemberGroupRow>;
  /** Profiles and permission sets that let leads be read. */
  grants: Answer<GrantRow>;
  /** What the running user is allowed. */
  own: Answer<OwnPermissionsRow>;
};

/** What is known of users. */
export type UserAnswers = {
  logins: Answer<LoginRow>;
  assignments: Answer<AssignmentRow>;
  members: Answer<MemberRow>;
  accounts: Answer<AccountRow>;
  contacts: Answer<{ Id: string }>;
};

/** Questions about the org. @param viewer username of the running user */
export function askOrg(batch: Batch, viewer: string): OrgAnswers {
  return {
    profiles: batch.add<ProfileRow>('user licences', {
      from: 'Profile',
      fields: ['Id', 'UserLicense.LicenseDefinitionKey', 'UserLicense.Status'],
      where: compare('UserType', '=', 'PowerPartner'),
    }),
    networks: batch.add<NetworkRow>('sites', { from: 'Network', fields: ['Id', 'Name', 'Status'], orderBy: ['Name'] }),
    groups: batch.add<MemberGroupRow>('member groups of sites', {
      from: 'NetworkMemberGroup',
      fields: ['NetworkId', 'ParentId', 'AssignmentStatus'],
    }),
    grants: batch.add<GrantRow>('object permissions', {
      from: 'ObjectPermissions',
      fields: ['ParentId', 'Parent.ProfileId'],
      where: all(compare('SobjectType', '=', 'Lead'), compare('PermissionsRead', '=', true)),
    }),
    own: batch.add<OwnPermissionsRow>('permission set assignments', ownPermissions(viewer)),
  };
}

/** Who may see all sites and records; for others a row that is missing means nothing. */
export const ownPermissions = (viewer: string): Select => ({
  from: 'PermissionSetAssignment',
  fields: ['ViewAllData', 'ModifyAllData', 'ManageNetworks'].map((name) => `PermissionSet.Permissions${name}`),
  where: compare('Assignee.Username', '=', viewer),
});

/** Questions about users, their accounts and contacts. */
export function askUsers(batch: Batch, users: readonly UserRow[]): UserAnswers {
  const ids = users.map(({ Id }) => Id);
  const accounts = distinct(users.map(({ AccountId }) => AccountId));
  const contacts = distinct(users.map(({ ContactId }) => ContactId));
  return {
    logins: batch.addFor<LoginRow>('logins', { from: 'UserLogin', fields: ['UserId', 'IsFrozen'] }, 'UserId', ids),
    assignments: batch.addFor<AssignmentRow>(
      'permission set assignments',
      { from: 'PermissionSetAssignment', fields: ['AssigneeId', 'PermissionSetId'] },
      'AssigneeId',
      ids
    ),
    members: batch.addFor<MemberRow>(
      'members of sites',
      { from: 'NetworkMember', fields: ['NetworkId', 'MemberId'] },
      'MemberId',
      ids
    ),
    accounts: batch.addFor<AccountRow>('partner accounts', { from: 'Account', fields: ACCOUNT_FIELDS }, 'Id', accounts),
    contacts: batch.addFor<{ Id: string }>('contacts', { from: 'Contact', fields: ['Id'] }, 'Id', contacts),
  };
}

/** Asks for the open leads of each user; one question a few hundred users. */
export const askLeads = (batch: Batch, users: readonly UserRow[]): Answer<CountRow> =>
  batch.addFor<CountRow>(
    'leads',
    { from: 'Lead', fields: ['OwnerId', countOf('Id', 'total')], groupBy: ['OwnerId'] },
    'OwnerId',
    users.map(({ Id }) => Id),
    compare('IsConverted', '=', false)
  );

const distinct = (ids: ReadonlyArray<string | null>): string[] => [
  ...new Set(ids.flatMap((id) => (id === null ? [] : [id]))),
];

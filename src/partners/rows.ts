/** Rows of the queries that facts about partner users are made from. */
export type UserRow = {
  Id: string;
  Name: string;
  Username: string;
  IsActive: boolean;
  UserType: string;
  LastLoginDate: string | null;
  ProfileId: string;
  Profile: { Name: string } | null;
  ContactId: string | null;
  AccountId: string | null;
};

export const USER_FIELDS = [
  'Id',
  'Name',
  'Username',
  'IsActive',
  'UserType',
  'LastLoginDate',
  'ProfileId',
  'Profile.Name',
  'ContactId',
  'AccountId',
];

export type AccountRow = {
  Id: string;
  Name: string;
  IsPartner: boolean;
  OwnerId: string;
  Owner: { Name: string; IsActive: boolean; UserRoleId: string | null } | null;
};

export const ACCOUNT_FIELDS = [
  'Id',
  'Name',
  'IsPartner',
  'OwnerId',
  'Owner.Name',
  'Owner.IsActive',
  'Owner.UserRoleId',
];

export type ProfileRow = { Id: string; UserLicense: { LicenseDefinitionKey: string; Status: string } | null };
export type NetworkRow = { Id: string; Name: string; Status: string };
export type MemberGroupRow = { NetworkId: string; ParentId: string; AssignmentStatus: string };
export type MemberRow = { NetworkId: string; MemberId: string };
export type GrantRow = { ParentId: string; Parent: { ProfileId: string | null } | null };
export type AssignmentRow = { AssigneeId: string; PermissionSetId: string | null };
export type LoginRow = { UserId: string; IsFrozen: boolean };
export type CountRow = { OwnerId: string; total: number };
export type OwnPermissionsRow = {
  PermissionSet: {
    PermissionsViewAllData: boolean;
    PermissionsModifyAllData: boolean;
    PermissionsManageNetworks: boolean;
  } | null;
};

/** Which system permission opens an object that no ObjectPermissions row can grant. */
import type { PermissionAction } from '../save/context.js';

/** Permissions of which one is enough; an empty list means every user. */
type Rule = { read: string[]; write: string[] };

const EVERYONE: string[] = [];
const USERS = ['ManageUsers', 'ManageInternalUsers'];
const SITES = ['ManageNetworks', 'ViewAllData', 'ModifyAllData'];
const PERMISSIONS = ['AssignPermissionSets', 'ManageProfilesPermissionsets', 'ManageUsers'];

/** Objects of the platform itself. */
const RULES: Readonly<Record<string, Rule>> = {
  User: { read: EVERYONE, write: [...USERS, 'ManagePartners'] },
  UserLogin: { read: ['ViewSetup'], write: [...USERS] },
  Group: { read: EVERYONE, write: USERS },
  GroupMember: { read: EVERYONE, write: USERS },
  QueueSobject: { read: EVERYONE, write: USERS },
  UserRole: { read: EVERYONE, write: ['ManageRoles', ...USERS] },
  // C4: licences need View Setup.
  UserLicense: { read: ['ViewSetup'], write: ['ModifyAllData'] },
  UserPackageLicense: { read: ['ViewSetup'], write: USERS },
  Profile: { read: EVERYONE, write: ['ManageProfilesPermissionsets'] },
  PermissionSet: { read: ['ViewSetup', ...PERMISSIONS], write: ['ManageProfilesPermissionsets'] },
  PermissionSetAssignment: { read: ['ViewSetup', ...PERMISSIONS], write: ['AssignPermissionSets', 'ManageUsers'] },
  ObjectPermissions: { read: ['ViewSetup', ...PERMISSIONS], write: ['ManageProfilesPermissionsets'] },
  FieldPermissions: { read: ['ViewSetup', ...PERMISSIONS], write: ['ManageProfilesPermissionsets'] },
  SetupEntityAccess: { read: ['ViewSetup', ...PERMISSIONS], write: ['ManageProfilesPermissionsets'] },
  // E: sites are seen with View or Modify All Data, or Create and Set Up Experiences.
  NavigationLinkSet: { read: SITES, write: ['ManageNetworks', 'ModifyAllData'] },
  NavigationMenuItem: { read: SITES, write: ['ManageNetworks', 'ModifyAllData'] },
  Network: { read: SITES, write: ['ManageNetworks', 'ModifyAllData'] },
  NetworkMember: { read: SITES, write: ['ManageNetworks', 'ModifyAllData'] },
  NetworkMemberGroup: { read: SITES, write: ['ManageNetworks', 'ModifyAllData'] },
  Organization: { read: EVERYONE, write: ['CustomizeApplication'] },
  AssignmentRule: { read: EVERYONE, write: ['CustomizeApplication'] },
  LeadStatus: { read: EVERYONE, write: ['CustomizeApplication'] },
  RecordType: { read: EVERYONE, write: ['CustomizeApplication'] },
  ListView: { read: EVERYONE, write: ['CustomizeApplication'] },
  Folder: { read: EVERYONE, write: ['CustomizeApplication', 'ModifyAllData'] },
  Report: { read: ['RunReports'], write: ['CreateCustomizeReports'] },
  Dashboard: { read: ['RunReports'], write: ['CreateCustomizeReports'] },
  Document: { read: EVERYONE, write: ['EditPublicDocuments'] },
  EmailTemplate: { read: EVERYONE, write: ['EditPublicTemplates'] },
  BackgroundOperation: { read: EVERYONE, write: ['ModifyAllData'] },
  BusinessHours: { read: EVERYONE, write: ['CustomizeApplication'] },
  Domain: { read: ['ViewSetup'], write: [] },
  Holiday: { read: EVERYONE, write: ['CustomizeApplication'] },
  ProcessInstance: { read: EVERYONE, write: ['ModifyAllData'] },
  OrgWideEmailAddress: { read: EVERYONE, write: ['ModifyAllData'] },
  CustomPermission: { read: ['ViewSetup'], write: ['CustomizeApplication'] },
  ApexClass: { read: ['ViewSetup', 'AuthorApex'], write: ['AuthorApex'] },
  Task: { read: EVERYONE, write: ['EditTask'] },
  DeployRequest: { read: ['ViewSetup', 'ModifyMetadata', 'AuthorApex'], write: [] },
  SandboxProcess: { read: ['ViewSetup'], write: [] },
  UserRecordAccess: { read: EVERYONE, write: [] },
  EntityDefinition: { read: EVERYONE, write: [] },
  FieldDefinition: { read: EVERYONE, write: [] },
  Name: { read: EVERYONE, write: [] },
};

/** Objects whose permission is that of another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  AccountShare: 'Account',
  CampaignShare: 'Campaign',
  CaseShare: 'Case',
  ContactShare: 'Contact',
  LeadHistory: 'Lead',
  LeadShare: 'Lead',
  OpportunityShare: 'Opportunity',
  CampaignMember: 'Campaign',
  EmailMessage: 'Case',
};

/** The object whose ObjectPermissions decide. */
export const permissionObject = (name: string): string => SAME_AS[name] ?? name;

/** System permissions of which one opens the object, or undefined where ObjectPermissions decide. */
export const systemRule = (name: string, action: PermissionAction): string[] | undefined => {
  const rule = RULES[name];
  if (!rule) return undefined;
  return action === 'read' ? rule.read : rule.write.length > 0 ? rule.write : ['ModifyAllData'];
};

/** Whether every user may do it. */
export const isOpen = (rule: string[]): boolean => rule === EVERYONE;

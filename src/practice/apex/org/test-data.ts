/**
 * Tests do not see the data of the org (Apex Developer Guide, Isolation of Test Data from Organization Data in Unit Tests):
 * only users, metadata, and what they make themselves.
 */
import type { ObjectDef } from '../../catalog/types.js';
import type { PracticeOrg } from '../../contracts.js';
import { quoted } from '../../store/identifiers.js';
import { isVirtual } from '../../store/tables.js';

/** Objects that manage the org and stay visible besides those that the catalogue calls setup. */
const VISIBLE = new Set([
  'ApexClass',
  'AssignmentRule',
  'BusinessHours',
  'CustomPermission',
  'EmailTemplate',
  'Folder',
  'Holiday',
  'LeadStatus',
  'ListView',
  'NavigationLinkSet',
  'NavigationMenuItem',
  'Network',
  'NetworkMember',
  'NetworkMemberGroup',
  'OrgWideEmailAddress',
  'Organization',
  'Profile',
  'RecordType',
  'SetupEntityAccess',
  'User',
  'UserLicense',
  'UserLogin',
  'UserPackageLicense',
  'UserShare',
]);

const isData = (def: ObjectDef): boolean => !def.setup && !def.tooling && !isVirtual(def) && !VISIBLE.has(def.name);

/** Takes the data away; inside a transaction that is rolled back. */
export function hideData({ catalog, store }: PracticeOrg): void {
  for (const def of catalog.objects()) if (isData(def)) store.sql(`DELETE FROM ${quoted(def.name)}`).run();
}

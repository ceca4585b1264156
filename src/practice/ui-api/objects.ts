/** Which objects the API of the user interface knows, and the record type that every record has. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';
import { notFound } from '../http/call.js';

/**
 * Standard objects among those that the guide names (User Interface API Developer Guide, All Supported Objects), as far as
 * the practice org has them. That users and groups are among them is read from what queries of owners show. [M]
 */
const SUPPORTED = new Set([
  'Account',
  'Campaign',
  'CampaignMember',
  'Case',
  'Contact',
  'Group',
  'Lead',
  'Opportunity',
  'Task',
  'User',
]);

/** Record type of records of objects without record types. */
export const MASTER = '012000000000000AAA';

/** Whether the API of the user interface shows the object to this user. */
export const isShown = (def: ObjectDef, session: Session): boolean =>
  (def.custom || SUPPORTED.has(def.name)) && def.queryable && session.can('read', def);

/** The object as the user sees it. @throws PlatformError NOT_FOUND where there is none for him */
export const shownObject = (org: PracticeOrg, session: Session, name: string): ObjectDef => {
  const def = org.catalog.object(name);
  if (!def || !isShown(def, session)) throw notFound(`Object ${name} is not supported in UI API`);
  return session.view(def);
};

/** The field that names a record. */
export const nameField = (def: ObjectDef): FieldDef | undefined =>
  [...def.fields.values()].find((field) => field.nameField);

/** Names of the fields that make up the name: first and last name where it is composed. */
export const nameFields = (def: ObjectDef): string[] => {
  const name = nameField(def);
  if (!name) return [];
  const parts = ['FirstName', 'LastName'].filter((one) => def.fields.has(one.toLowerCase()));
  return parts.length === 2 ? [...parts, name.name] : [name.name];
};

/** The parent relationship of an object by its name in any case. */
export const relationshipField = (def: ObjectDef, name: string): FieldDef | undefined =>
  [...def.fields.values()].find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());

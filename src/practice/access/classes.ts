/** Access to Apex classes and custom permissions by profile and permission sets (`SetupEntityAccess`). */
import type { Store } from '../contracts.js';

const granted = (entity: string, field: string): string =>
  `SELECT c."${field}" AS name FROM "SetupEntityAccess" a JOIN "${entity}" c ON c."Id" = a."SetupEntityId"
  WHERE a."ParentId" IN (SELECT value FROM json_each(?))`;

const CLASSES = granted('ApexClass', 'Name');
const CUSTOM = granted('CustomPermission', 'DeveloperName');

const namesOf = (store: Store, sql: string, setIds: readonly string[]): string[] =>
  store
    .sql(sql)
    .all(JSON.stringify(setIds))
    .map(({ name }) => String(name));

/** Names of the classes that permission sets open, in lower case. */
export const loadClasses = (store: Store, setIds: readonly string[]): Set<string> =>
  new Set(namesOf(store, CLASSES, setIds).map((name) => name.toLowerCase()));

/** Names of the custom permissions that permission sets give. */
export const loadCustomPermissions = (store: Store, setIds: readonly string[]): Set<string> =>
  new Set(namesOf(store, CUSTOM, setIds));

/** System permissions of which one opens every class. */
export const OPENS_CLASSES = ['AuthorApex', 'ModifyAllData'] as const;

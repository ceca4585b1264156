/** Access to Apex classes and custom permissions by profile and permission sets (`SetupEntityAccess`). */
import type { Store } from '../contracts.js';

const GRANTED = `SELECT c."Name" AS name FROM "SetupEntityAccess" a JOIN "ApexClass" c ON c."Id" = a."SetupEntityId"
  WHERE a."ParentId" IN (SELECT value FROM json_each(?))`;

/** Names of the classes that permission sets open, in lower case. */
export const loadClasses = (store: Store, setIds: readonly string[]): Set<string> =>
  new Set(
    store
      .sql(GRANTED)
      .all(JSON.stringify(setIds))
      .map(({ name }) => String(name).toLowerCase())
  );

const CUSTOM = `SELECT c."DeveloperName" AS name FROM "SetupEntityAccess" a JOIN "CustomPermission" c ON c."Id" = a."SetupEntityId"
  WHERE a."ParentId" IN (SELECT value FROM json_each(?))`;

/** Names of the custom permissions that permission sets give. */
export const loadCustomPermissions = (store: Store, setIds: readonly string[]): Set<string> =>
  new Set(
    store
      .sql(CUSTOM)
      .all(JSON.stringify(setIds))
      .map(({ name }) => String(name))
  );

/** System permissions of which one opens every class. */
export const OPENS_CLASSES = ['AuthorApex', 'ModifyAllData'] as const;

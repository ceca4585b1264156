/** Database.QueryLocator: the query of a batch. */
import type { Sharing } from '../../runtime/objects.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import type { Access } from '../transaction.js';

/** A query with the access and the sharing mode it is asked with. */
export type Find = { soql: string; access: Access; sharing: Sharing };

export const LOCATOR = 'Database.QueryLocator';

export const locatorQuery = (value: Value): Find | undefined =>
  value instanceof ApexNative && value.typeName === LOCATOR ? (value.data as Find) : undefined;

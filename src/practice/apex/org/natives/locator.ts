/** Queries whose text is made while the program runs, and Database.QueryLocator, which carries one to a batch. */
import type { Sharing } from '../../runtime/objects.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import { apiQuery, type ApiQuery } from '../query-text.js';
import type { Access } from '../transaction.js';

/** A query with the access and the sharing mode it is asked with. */
export type Find = { soql: string; access: Access; sharing: Sharing };

/** The query as the API takes it; an access that is given besides counts before that of the text. */
export function queryOf({ soql, access }: Find): ApiQuery {
  const query = apiQuery(soql, []);
  return { ...query, access: access ?? query.access };
}

export const LOCATOR = 'Database.QueryLocator';

export const locatorFind = (value: Value): Find | undefined =>
  value instanceof ApexNative && value.typeName === LOCATOR ? (value.data as Find) : undefined;

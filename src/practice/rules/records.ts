/** Records that the platform writes by itself: groups of roles, logins of users, members of sites. */
import type { Row } from '../contracts.js';
import type { SaveTools } from '../save/context.js';
import { systemRow } from '../save/defaults.js';
import { quoted } from '../store/identifiers.js';

/** Who the platform names as the author, and when. */
export type Author = { tools: SaveTools; userId: string; now: string };

/** Adds a record and returns its id; the id may be given. */
export const insertRecord = ({ tools, userId, now }: Author, object: string, values: Row): string => {
  const def = tools.catalog.require(object);
  const id = typeof values.Id === 'string' ? values.Id : tools.store.nextId(def.keyPrefix);
  tools.store.insert(def, systemRow(def, { ...values, Id: id }, userId, now));
  return id;
};

/** Changes a record; its modification fields follow. */
export const updateRecord = ({ tools, userId, now }: Author, object: string, id: string, values: Row): void => {
  const def = tools.catalog.require(object);
  const audit: Row = {};
  if (def.fields.has('lastmodifieddate')) audit.LastModifiedDate = now;
  if (def.fields.has('lastmodifiedbyid')) audit.LastModifiedById = userId;
  if (def.fields.has('systemmodstamp')) audit.SystemModstamp = now;
  tools.store.update(def, id, { ...values, ...audit });
};

/** Removes records for good, where a field of theirs holds a value. */
export const eraseRecords = (tools: SaveTools, object: string, field: string, value: string): void => {
  tools.store.sql(`DELETE FROM ${quoted(object)} WHERE ${quoted(field)} = ?`).run(value);
};

/** One value of the first row of a query, as text, or undefined. */
export const textFrom = (tools: SaveTools, sql: string, ...parameters: string[]): string | undefined => {
  const row = tools.store.sql(sql).get(...parameters);
  const value = row && Object.values(row)[0];
  return value === null || value === undefined ? undefined : String(value);
};

/** An API name made of a label: letters, digits and single underscores. */
export const developerNameOf = (label: string): string => {
  const name = label.replace(/[^0-9A-Za-z]+/g, '_').replace(/^_+|_+$/g, '');
  return (/^[A-Za-z]/.test(name) ? name : `X${name}`).slice(0, 80);
};

/** Lists of components that are records. */
import type { SaveTools } from '../save/context.js';
import { quoted } from '../store/identifiers.js';
import type { Listed } from './kind.js';
import type { Component } from './types.js';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const AUDIT = ['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate'] as const;

/** Records of an object as components, ordered by name. `name` is the SQL expression of the full name. */
export const listRecords = (
  tools: SaveTools,
  object: string,
  name: string,
  where: string,
  ...parameters: string[]
): Listed[] => {
  const def = tools.catalog.require(object);
  // Roles have no creation fields.
  const columns = AUDIT.map((field) =>
    def.fields.has(field.toLowerCase()) ? field : field.replace('Created', 'LastModified')
  );
  const sql = `SELECT ${name} AS name, "Id" AS id, ${columns
    .map(quoted)
    .map((column, i) => `${column} AS c${i}`)
    .join(', ')} FROM ${quoted(object)} WHERE ${where} ORDER BY 1`;
  return tools.store
    .sql(sql)
    .all(...parameters)
    .map((row) => ({
      fullName: text(row.name),
      id: text(row.id),
      createdById: text(row.c0),
      createdDate: text(row.c1),
      lastModifiedById: text(row.c2),
      lastModifiedDate: text(row.c3),
    }));
};

/** Kept components as lists show them. */
export const listComponents = (tools: SaveTools, type: string): Listed[] =>
  tools.components.list(type).map(({ body: _body, files: _files, type: _type, ...listed }: Component) => listed);

/** What lists say of things that came with the org. */
export const fromTheStart = (tools: SaveTools, fullName: string, id = ''): Listed => {
  const [org] = listRecords(tools, 'Organization', '"Name"', '1');
  return { ...org!, fullName, id };
};

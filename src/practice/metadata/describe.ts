/** Lists of types and components, as `describeMetadata` and `listMetadata` answer. */
import { PlatformError } from '../errors.js';
import type { SaveTools } from '../save/context.js';
import { hasNetworks, type Kind, type Listed } from './kind.js';
import { fileOfPart, kindOf, kinds } from './registry.js';
import { listOf } from './read-component.js';
import { pathOf } from './retrieve/collect.js';

/** Queries of one listMetadata call. */
const MOST_QUERIES = 3;

const describeType = ({ name, place, parts }: Kind): object => ({
  childXmlNames: [...new Set(Object.values(parts ?? {}))].sort(),
  directoryName: place!.directory,
  inFolder: place!.inFolder ?? false,
  metaFile: place!.metaFile ?? false,
  suffix: place!.suffix,
  xmlName: name,
});

/** The types that the org supports. Folder types go by the type of their content and are not listed. */
export const describeMetadata = (tools: SaveTools): object => ({
  metadataObjects: kinds()
    .filter(({ place, folderOf, needsNetworks }) => place && !folderOf && (!needsNetworks || hasNetworks(tools)))
    .map(describeType)
    .sort((a, b) => ((a as { xmlName: string }).xmlName < (b as { xmlName: string }).xmlName ? -1 : 1)),
  organizationNamespace: '',
  partialSaveAllowed: true,
  testRequired: false,
});

/** Full name of a user; empty where he is gone. */
const userName = (tools: SaveTools, id: string): string => {
  const row = tools.store.sql('SELECT "Name" FROM "User" WHERE "Id" = ?').get(id);
  return row ? String(row.Name) : '';
};

/** FileProperties of a component. */
export const fileProperties = (tools: SaveTools, listed: Listed, type: string, fileName: string): object => ({
  createdById: listed.createdById,
  createdByName: userName(tools, listed.createdById),
  createdDate: listed.createdDate,
  fileName,
  fullName: listed.fullName,
  id: listed.id,
  lastModifiedById: listed.lastModifiedById,
  lastModifiedByName: userName(tools, listed.lastModifiedById),
  lastModifiedDate: listed.lastModifiedDate,
  type,
});

const fileOf = (kind: Kind, fullName: string): string =>
  kind.parent ? pathOf(kindOf(kind.parent)!, fileOfPart(kind, fullName)) : pathOf(kind, fullName);

export type ListQuery = { type: string; folder?: string };

/** Contents of folders that the org does not keep: it has none of them. */
const isEmptyType = (type: string): boolean => !kindOf(type) && kinds().some(({ folderOf }) => folderOf === type);

const list = (tools: SaveTools, { type, folder }: ListQuery): object[] => {
  if (isEmptyType(type)) return [];
  const kind = kindOf(type);
  if (!kind) throw new PlatformError('INVALID_TYPE', `Unknown type:${type}`, 500);
  return listOf(tools, kind)
    .filter(({ fullName }) => !kind.place?.inFolder || fullName.startsWith(`${folder ?? ''}/`))
    .map((listed) => fileProperties(tools, listed, type, fileOf(kind, listed.fullName)));
};

/** Components of up to three types. @throws PlatformError INVALID_TYPE, or LIMIT_EXCEEDED for more. */
export const listMetadata = (tools: SaveTools, queries: ListQuery[]): object[] => {
  if (queries.length > MOST_QUERIES) {
    throw new PlatformError(
      'LIMIT_EXCEEDED',
      `Maximum of ${MOST_QUERIES} queries allowed, found ${queries.length}`,
      500
    );
  }
  return queries.flatMap((query) => list(tools, query));
};

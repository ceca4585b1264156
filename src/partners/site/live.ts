/** The deploy that makes a site Live: its file as it was read, with the status changed and the members that the plan adds. */
import type { Connection } from '@salesforce/core';
import { listMetadata, retrieve, textsOf, type MetadataBody, type RetrievedFile } from '../../org/read/index.js';
import type { Deployment } from '../../runs/index.js';
import { SiteInputError } from './errors.js';
import type { Parent, SiteFacts } from './model.js';

/** The definition of a site as the org sent it. */
export type SiteFile = Pick<RetrievedFile, 'fullName' | 'path' | 'body'>;

/** Reads it whole. @throws SiteInputError where the org does not return it */
export async function readSiteFile(conn: Connection, { name }: SiteFacts): Promise<SiteFile> {
  const { Network: listed = [] } = await listMetadata(conn, ['Network']);
  const fullName = listed.find((one) => decoded(one) === name);
  if (fullName === undefined) throw new SiteInputError('siteFile', [name, 'the org does not list it']);
  const { files, problems } = await retrieve(conn, { Network: [fullName] });
  const file = files.find(({ type }) => type === 'Network');
  if (file) return { fullName, path: file.path, body: file.body };
  throw new SiteInputError('siteFile', [name, problems[0]?.message ?? 'the org returned no file']);
}

/** Names in metadata have other characters than letters and digits as their code. */
function decoded(fullName: string): string {
  try {
    return decodeURIComponent(fullName);
  } catch {
    return fullName;
  }
}

/**
 * The deployment that gives a site a status. The file lists all members, and those that it leaves out would be removed:
 * so those that the plan adds are in it. All else goes back as it was read.
 */
export function deploymentFor(file: SiteFile, status: string, added: readonly Parent[]): Deployment {
  const networkMemberGroups = membersWith(file.body.networkMemberGroups, added);
  const body = { ...file.body, ...(networkMemberGroups ? { networkMemberGroups } : {}), status };
  return { files: [{ path: file.path, root: 'Network', body }], members: { Network: [file.fullName] } };
}

function membersWith(groups: MetadataBody[string], added: readonly Parent[]): MetadataBody | undefined {
  const before: MetadataBody = typeof groups === 'object' && !Array.isArray(groups) ? groups : {};
  const permissionSet = union(textsOf(before, 'permissionSet'), namesOf(added, 'permission-set'));
  const profile = union(textsOf(before, 'profile'), namesOf(added, 'profile'));
  if (permissionSet.length + profile.length === 0) return undefined;
  return {
    ...before,
    ...(permissionSet.length > 0 ? { permissionSet } : {}),
    ...(profile.length > 0 ? { profile } : {}),
  };
}

const namesOf = (parents: readonly Parent[], kind: Parent['kind']): string[] =>
  parents.flatMap((parent) => (parent.kind === kind ? [parent.fullName ?? parent.name] : []));

/** Names in metadata differ in more than case. */
function union(before: readonly string[], added: readonly string[]): string[] {
  const known = new Set(before.map((name) => name.toLowerCase()));
  return [...before, ...added.filter((name) => !known.has(name.toLowerCase()))];
}

/** Where a site goes back to: the state before, but never to preview (platform-facts E). */
export const statusBack = ({ status }: SiteFacts): string =>
  status === 'UnderConstruction' ? 'DownForMaintenance' : status;

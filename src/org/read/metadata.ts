/** Reading metadata: what components there are, and their definitions as plain data. */
import type { Connection } from '@salesforce/core';
import { unzipSync } from 'fflate';
import { parseMetadata, type MetadataBody } from './metadata-xml.js';
import { pollUntil } from './poll.js';

/** Queries that one listMetadata call may carry. */
const QUERIES_A_CALL = 3;

/** Most unpacked bytes taken from a retrieved zip (platform-facts H). */
const MOST_BYTES = 600 * 1024 * 1024;

/** One file of a retrieve. */
export type RetrievedFile = {
  /** Root element: the metadata type, such as `SharingRules` or `ReportFolder`. */
  type: string;
  /** Name of the component by its path, such as `Lead` or `Parent/Child`. */
  fullName: string;
  /** Path in the zip, without the leading `unpackaged/`. */
  path: string;
  body: MetadataBody;
};

/** Components that could not be retrieved, in the org's words. */
export type RetrieveProblem = { path: string; message: string };

export type Retrieved = { files: RetrievedFile[]; problems: RetrieveProblem[] };

type RetrieveRequest = Parameters<Connection['metadata']['retrieve']>[0];
type ListedComponent = { fullName: string; type: string };
type RetrieveStatus = {
  done: boolean | string;
  success?: boolean | string;
  status?: string;
  errorMessage?: string | null;
  zipFile?: string;
  messages?: Message | Message[];
};
type Message = { fileName: string; problem: string };

/** A retrieve that the org ended without success. */
export class RetrieveError extends Error {
  public constructor(detail: string) {
    super(`The org did not retrieve the metadata: ${detail}`);
    this.name = 'RetrieveError';
  }
}

/** Full names of the components of each type, sorted. Types are asked for three a call. */
export async function listMetadata(conn: Connection, types: readonly string[]): Promise<Record<string, string[]>> {
  const names = Object.fromEntries(types.map((type): [string, string[]] => [type, []]));
  for (let at = 0; at < types.length; at += QUERIES_A_CALL) {
    const queries = types.slice(at, at + QUERIES_A_CALL).map((type) => ({ type }));
    const listed = arrayOf(await conn.metadata.list(queries, conn.version)) as ListedComponent[];
    for (const { fullName, type } of listed) names[type]?.push(fullName);
  }
  for (const list of Object.values(names)) list.sort();
  return names;
}

/** Definitions of the named components; members that do not exist are left out. @throws RetrieveError */
export async function retrieveMetadata(
  conn: Connection,
  members: Record<string, readonly string[]>
): Promise<RetrievedFile[]> {
  return (await retrieve(conn, members)).files;
}

/** Like `retrieveMetadata`, with what the org says about members it did not return. @throws RetrieveError */
export async function retrieve(conn: Connection, members: Record<string, readonly string[]>): Promise<Retrieved> {
  const { zip, problems } = await retrieveZip(conn, members);
  const files = Object.entries(unpack(zip)).flatMap(([path, bytes]) => fileOf(path, bytes));
  return { files, problems };
}

/**
 * The zip of a retrieve as the org sends it.
 * @param members full names by type; types without any are left out
 * @throws RetrieveError
 */
export async function retrieveZip(
  conn: Connection,
  members: Record<string, readonly string[]>
): Promise<{ zip: Uint8Array; problems: RetrieveProblem[] }> {
  const types = Object.entries(members)
    .filter(([, names]) => names.length > 0)
    .map(([name, names]) => ({ members: [...names], name }));
  const request = { apiVersion: conn.version, unpackaged: { types, version: conn.version } };
  // The client's type wants every element that a manifest may have, and the version as a number.
  const { id } = await conn.metadata.retrieve(request as unknown as RetrieveRequest);
  const look = async (): Promise<RetrieveStatus | undefined> => {
    const status = (await conn.metadata.checkRetrieveStatus(id)) as unknown as RetrieveStatus;
    return isTrue(status.done) ? status : undefined;
  };
  return finished(await pollUntil(look, { first: 200 }));
}

function finished(status: RetrieveStatus): { zip: Uint8Array; problems: RetrieveProblem[] } {
  if (!isTrue(status.success) || !status.zipFile) throw new RetrieveError(status.errorMessage ?? status.status ?? '');
  const problems = arrayOf(status.messages).map(({ fileName, problem }) => ({ path: fileName, message: problem }));
  return { zip: Buffer.from(status.zipFile, 'base64'), problems };
}

/** Entries of a zip by path. A zip that would unpack to more than the platform's limit is refused. */
function unpack(zip: Uint8Array): Record<string, Uint8Array> {
  let bytes = 0;
  return unzipSync(zip, {
    filter: ({ originalSize }) => {
      bytes += originalSize;
      if (bytes > MOST_BYTES) throw new RetrieveError('the zip is larger than a retrieve may be');
      return true;
    },
  });
}

const MANIFEST = /(?:^|\/)package\.xml$/;

function fileOf(zipPath: string, bytes: Uint8Array): RetrievedFile[] {
  const path = zipPath.replace(/^unpackaged\//, '');
  if (zipPath.endsWith('/') || MANIFEST.test(path)) return [];
  const { root, body } = parseMetadata(new TextDecoder().decode(bytes));
  return [{ type: root, fullName: fullNameOf(path), path, body }];
}

/** `Lead` of `sharingRules/Lead.sharingRules`, `Parent/Child` of `reports/Parent/Child-meta.xml`. */
function fullNameOf(path: string): string {
  const below = path.slice(path.indexOf('/') + 1);
  return below.endsWith('-meta.xml') ? below.slice(0, -'-meta.xml'.length) : below.replace(/\.[^./]+$/, '');
}

const isTrue = (value: boolean | string | undefined): boolean => value === true || value === 'true';

function arrayOf<T>(value: T | T[] | undefined | null): T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

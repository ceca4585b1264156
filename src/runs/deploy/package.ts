/** What a deploy carries: metadata files, the manifest, and what it deletes. Zips are the same for the same content. */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { XMLBuilder } from 'fast-xml-parser';
import { listOf, parseMetadata, textOf, textsOf, type MetadataBody } from '../../org/read/index.js';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Full names by metadata type. */
export type Members = Record<string, readonly string[]>;

export type DeployFile = {
  /** Path in the zip, such as `sharingRules/Lead.sharingRules`. */
  path: string;
  /** Root element, such as `SharingRules`. */
  root: string;
  body: MetadataBody;
};

export type Deployment = {
  files: readonly DeployFile[];
  /** What package.xml lists. */
  members: Members;
  /** Deleted before and after the rest is written, in the same deploy. */
  deleteBefore?: Members;
  deleteAfter?: Members;
};

const builder = new XMLBuilder({
  format: true,
  indentBy: '    ',
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

/** A metadata file as text. The one place where metadata XML is written, so that every value is escaped. */
export function metadataXml(root: string, body: MetadataBody): string {
  const xml = builder.build({ [root]: { '@xmlns': NAMESPACE, ...body } });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
}

const manifestBody = (members: Members, version: string): MetadataBody => ({
  types: Object.entries(members)
    .filter(([, names]) => names.length > 0)
    .map(([name, names]) => ({ members: [...names], name })),
  version,
});

/** Time of the zip's entries: a zip has no other sign of when it was made. */
const EPOCH = new Date('1980-01-02T00:00:00Z');

/** The zip of a deployment. */
export function zipOf({ files, members, deleteBefore, deleteAfter }: Deployment, version: string): Uint8Array {
  const texts: Record<string, string> = { 'package.xml': metadataXml('Package', manifestBody(members, version)) };
  if (deleteBefore) texts['destructiveChangesPre.xml'] = metadataXml('Package', manifestBody(deleteBefore, version));
  if (deleteAfter) texts['destructiveChangesPost.xml'] = metadataXml('Package', manifestBody(deleteAfter, version));
  for (const { path, root, body } of files) texts[path] = metadataXml(root, body);
  const entries: Zippable = Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, [new TextEncoder().encode(text), { mtime: EPOCH }]])
  );
  return zipSync(entries);
}

/** The deployment that a zip of `zipOf` holds. */
export function deploymentOf(zip: Uint8Array): Deployment {
  const files: DeployFile[] = [];
  const manifests: Record<string, Members> = {};
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    const { root, body } = parseMetadata(new TextDecoder().decode(bytes));
    if (root === 'Package') manifests[path] = membersOf(body);
    else files.push({ path, root, body });
  }
  return {
    files,
    members: manifests['package.xml'] ?? {},
    deleteBefore: manifests['destructiveChangesPre.xml'],
    deleteAfter: manifests['destructiveChangesPost.xml'],
  };
}

const membersOf = (manifest: MetadataBody): Members =>
  Object.fromEntries(listOf(manifest, 'types').map((type) => [textOf(type, 'name') ?? '', textsOf(type, 'members')]));

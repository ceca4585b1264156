/** Folders of reports, dashboards, documents and e-mail templates (platform-facts B5). */
import { eraseRecords, insertRecord, textFrom, updateRecord } from '../../rules/records.js';
import type { Row } from '../../contracts.js';
import type { SaveTools } from '../../save/context.js';
import type { FolderAccess } from '../../sharing/types.js';
import { quoted } from '../../store/identifiers.js';
import { listRecords } from '../listing.js';
import { checkApiName, hasNetworks, type Incoming, type Kind, type Listed, type Work, type Written } from '../kind.js';
import { Problem } from '../problem.js';
import { folderShareId, namesIn, namesOf, sharedToBody, sharedToId } from '../shared-to.js';
import type { Body } from '../types.js';
import { bodiesAt, bodyAt, textAt, textOf } from '../xml/read.js';

type FolderType = {
  name: string;
  /** `Folder.Type` */
  type: string;
  directory: string;
  suffix: string;
  content: string;
  /** Object of what the folder holds. */
  object: string;
  /** Governed by folder shares. */
  analytics: boolean;
};

const TYPES: FolderType[] = [
  {
    name: 'ReportFolder',
    type: 'Report',
    directory: 'reports',
    suffix: 'reportFolder',
    content: 'Report',
    object: 'Report',
    analytics: true,
  },
  {
    name: 'DashboardFolder',
    type: 'Dashboard',
    directory: 'dashboards',
    suffix: 'dashboardFolder',
    content: 'Dashboard',
    object: 'Dashboard',
    analytics: true,
  },
  {
    name: 'DocumentFolder',
    type: 'Document',
    directory: 'documents',
    suffix: 'documentFolder',
    content: 'Document',
    object: 'Document',
    analytics: false,
  },
  {
    name: 'EmailFolder',
    type: 'Email',
    directory: 'email',
    suffix: 'emailFolder',
    content: 'EmailTemplate',
    object: 'EmailTemplate',
    analytics: false,
  },
  {
    name: 'EmailTemplateFolder',
    type: 'EmailTemplate',
    directory: 'email',
    suffix: 'emailTemplateFolder',
    content: 'EmailTemplate',
    object: 'EmailTemplate',
    analytics: false,
  },
];

const NAME_LENGTH = 40;

const PARENT = 'SELECT "ParentId" FROM "Folder" WHERE "Id" = ?';
const NAME = 'SELECT "DeveloperName" FROM "Folder" WHERE "Id" = ?';

/** Names from the top folder down, joined with slashes. */
const pathOfFolder = (tools: SaveTools, id: string): string => {
  const name = textFrom(tools, NAME, id) ?? '';
  const parent = textFrom(tools, PARENT, id);
  return parent ? `${pathOfFolder(tools, parent)}/${name}` : name;
};

const listFolders = (tools: SaveTools, { type }: FolderType): Listed[] =>
  listRecords(tools, 'Folder', '"DeveloperName"', '"Type" = ? AND "DeveloperName" IS NOT NULL', type)
    .map((listed) => ({ ...listed, fullName: pathOfFolder(tools, listed.id) }))
    .sort((a, b) => (a.fullName < b.fullName ? -1 : 1));

const findFolder = (tools: SaveTools, type: FolderType, fullName: string): string | undefined =>
  listFolders(tools, type).find((listed) => listed.fullName.toLowerCase() === fullName.toLowerCase())?.id;

const isEnhanced = (tools: SaveTools, { analytics }: FolderType): boolean =>
  analytics && tools.variants.folderSharing === 'enhanced';

const sharesBody = (tools: SaveTools, id: string): Body[] =>
  tools.sharing.folders.shares(id).flatMap(({ sharedWith, access }) => {
    const named = namesOf(tools, sharedWith);
    return named ? [{ accessLevel: access, sharedTo: named.folder.name, sharedToType: named.folder.type }] : [];
  });

/** Who is named in a folder that is shared in the older way. */
const sharedToPart = (tools: SaveTools, id: string): Body => {
  const ids = tools.sharing.folders.shares(id).map(({ sharedWith }) => sharedWith);
  return ids.length > 0 ? { sharedTo: sharedToBody(tools, ids) } : {};
};

const read = (tools: SaveTools, type: FolderType, fullName: string): Body | undefined => {
  const id = findFolder(tools, type, fullName);
  const row = id === undefined ? undefined : tools.store.find(tools.catalog.require('Folder'), id);
  if (!id || !row) return undefined;
  const accessType = String(row.AccessType ?? 'Hidden');
  const shares = isEnhanced(tools, type) ? sharesBody(tools, id) : [];
  return {
    accessType,
    ...(shares.length > 0 ? { folderShares: shares.length === 1 ? shares[0] : shares } : {}),
    name: String(row.Name),
    ...(accessType === 'Hidden' ? {} : { publicFolderAccess: row.IsReadonly ? 'ReadOnly' : 'ReadWrite' }),
    ...(isEnhanced(tools, type) ? {} : sharedToPart(tools, id)),
  };
};

const checkAccessType = (tools: SaveTools, { name, analytics }: FolderType, accessType: string): void => {
  if (accessType !== 'PublicInternal') return;
  const refused = new Problem(`accessType PublicInternal is not allowed for ${name}`);
  // Described for orgs with a partner or customer portal, and for report and dashboard folders.
  if (!hasNetworks(tools)) throw refused;
  if (name === 'DocumentFolder' ? tools.variants.documentFolderInternal === 'refused' : !analytics) throw refused;
};

const checkShape = (tools: SaveTools, type: FolderType, body: Body): void => {
  const shares = bodiesAt(body, 'folderShares');
  if (shares.length > 0 && !isEnhanced(tools, type)) {
    throw new Problem(
      type.analytics
        ? 'folderShares: enhanced folder sharing is not enabled'
        : `folderShares is not allowed for ${type.name}`
    );
  }
  const sharedTo = bodyAt(body, 'sharedTo');
  if (!sharedTo) return;
  if (isEnhanced(tools, type))
    throw new Problem('sharedTo is not allowed with enhanced folder sharing; use folderShares');
  if (textAt(body, 'accessType') !== 'Shared') throw new Problem('sharedTo is only allowed with accessType Shared');
};

type Share = { sharedWith: string; access: FolderAccess };

const sharesOf = ({ author }: Work, body: Body): Share[] => [
  ...bodiesAt(body, 'folderShares').map((share): Share => ({
    sharedWith: folderShareId(author, textOf(share, 'sharedToType'), textOf(share, 'sharedTo')),
    access: textOf(share, 'accessLevel') as FolderAccess,
  })),
  ...namesIn(bodyAt(body, 'sharedTo') ?? {}).map((name): Share => ({
    sharedWith: sharedToId(author, name),
    access: textAt(body, 'publicFolderAccess') === 'ReadWrite' ? 'EditAllContents' : 'View',
  })),
];

const parentOf = (tools: SaveTools, type: FolderType, fullName: string): { parent: string | null; name: string } => {
  const at = fullName.lastIndexOf('/');
  const name = fullName.slice(at + 1);
  checkApiName(name);
  if (at < 0) return { parent: null, name };
  const parent = findFolder(tools, type, fullName.slice(0, at));
  if (!parent) throw new Problem(`Cannot find folder: ${fullName.slice(0, at)}`);
  return { parent, name };
};

const rowOf = (tools: SaveTools, type: FolderType, fullName: string, body: Body, before: Row | undefined): Row => {
  const { parent, name } = parentOf(tools, type, fullName);
  const label = textOf(body, 'name');
  if (label.length > NAME_LENGTH) throw new Problem(`Name: data value too large: ${label} (max length=${NAME_LENGTH})`);
  const AccessType = textAt(body, 'accessType') ?? String(before?.AccessType ?? 'Hidden');
  checkAccessType(tools, type, AccessType);
  const access = textAt(body, 'publicFolderAccess');
  const IsReadonly = access ? access === 'ReadOnly' : Boolean(before?.IsReadonly ?? true);
  return { Name: label, DeveloperName: name, Type: type.type, ParentId: parent, AccessType, IsReadonly };
};

const write = (work: Work, type: FolderType, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  checkShape(tools, type, body);
  const known = findFolder(tools, type, fullName);
  const definition = tools.catalog.require('Folder');
  const before = known ? read(tools, type, fullName) : undefined;
  const row = rowOf(tools, type, fullName, body, known ? tools.store.find(definition, known) : undefined);
  const shares = sharesOf(work, body);
  const id = known ?? insertRecord(author, 'Folder', row);
  if (known) updateRecord(author, 'Folder', known, row);
  tools.sharing.folders.replace(id, shares);
  const after = read(tools, type, fullName);
  return { id, created: !known, changed: JSON.stringify(after) !== JSON.stringify(before) };
};

const isUsed = (tools: SaveTools, { object, content }: FolderType, id: string, fullName: string): boolean => {
  if (textFrom(tools, 'SELECT "Id" FROM "Folder" WHERE "ParentId" = ?', id)) return true;
  const field =
    tools.catalog.require(object).fields.get('folderid') ?? tools.catalog.require(object).fields.get('ownerid');
  if (field && tools.store.sql(`SELECT 1 FROM ${quoted(object)} WHERE ${quoted(field.name)} = ? LIMIT 1`).get(id))
    return true;
  return tools.components.list(content).some((component) => component.fullName.startsWith(`${fullName}/`));
};

const remove = ({ tools }: Work, type: FolderType, fullName: string): boolean => {
  const id = findFolder(tools, type, fullName);
  if (!id) return false;
  if (isUsed(tools, type, id, fullName))
    throw new Problem(`The folder is not empty: ${fullName}`, undefined, 'DELETE_FAILED');
  tools.sharing.folders.replace(id, []);
  eraseRecords(tools, 'Folder', 'Id', id);
  return true;
};

export const folderKinds: Kind[] = TYPES.map((type, index) => ({
  name: type.name,
  place: { directory: type.directory, suffix: type.suffix },
  folderOf: type.content,
  order: 20 + index / 10,
  list: (tools) => listFolders(tools, type),
  read: (tools, fullName) => read(tools, type, fullName),
  write: (work, incoming) => write(work, type, incoming),
  remove: (work, fullName) => remove(work, type, fullName),
}));

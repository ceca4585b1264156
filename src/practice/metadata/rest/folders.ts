/** Report and dashboard folders over REST, and with whom they are shared (platform-facts B5). */
import { PlatformError } from '../../errors.js';
import { noContent, notFound, ok, type Call, type Reply } from '../../http/call.js';
import { commit } from '../../http/save.js';
import type { Row } from '../../contracts.js';
import { textFrom, type Author } from '../../rules/records.js';
import type { Router } from '../../rest/router.js';
import type { FolderAccess, FolderShare } from '../../sharing/types.js';
import { isId, to18 } from '../../store/ids.js';
import { Problem } from '../problem.js';
import { folderShareId, namesOf } from '../shared-to.js';

type Kind = 'Report' | 'Dashboard';

const LEVELS: ReadonlyArray<readonly [rest: string, stored: FolderAccess]> = [
  ['View', 'View'],
  ['Edit', 'EditAllContents'],
  ['Manage', 'Manage'],
];

/** Permissions to see and to change shares. */
const PERMISSIONS: Record<Kind, { see: string[]; change: string[] }> = {
  Report: { see: ['ViewPublicReports', 'ManageReportsInPubFolders'], change: ['ManageReportsInPubFolders'] },
  Dashboard: { see: ['ViewPublicDashboards', 'ManageDashbdsInPubFolders'], change: ['ManageDashbdsInPubFolders'] },
};

const may = (call: Call, kind: Kind, what: 'see' | 'change'): boolean =>
  [...PERMISSIONS[kind][what], what === 'see' ? 'ViewAllData' : 'ModifyAllData'].some((name) => call.session.has(name));

const isKind = (type: unknown): type is Kind => type === 'Report' || type === 'Dashboard';

const shown = (call: Call, folder: Row): object => ({
  id: folder.Id,
  label: folder.Name,
  name: folder.DeveloperName,
  parentId: folder.ParentId,
  sharesUrl: `${call.base}/folders/${String(folder.Id)}/shares`,
  type: String(folder.Type).toLowerCase(),
  url: `${call.base}/folders/${String(folder.Id)}`,
});

const list = (call: Call): Reply => {
  const rows = call.org.store
    .sql(`SELECT * FROM "Folder" WHERE "Type" IN ('Report', 'Dashboard') ORDER BY "Name", "Id"`)
    .all() as Row[];
  const folders = rows.filter(({ Type }) => isKind(Type) && may(call, Type, 'see')).map((row) => shown(call, row));
  return ok({
    folders,
    nextPageUrl: null,
    previousPageUrl: null,
    totalSize: folders.length,
    url: `${call.base}/folders`,
  });
};

/** The folder of a path. @throws PlatformError NOT_FOUND, also for folders of documents and templates */
const folderOf = (call: Call, what: 'see' | 'change'): Row => {
  const id = call.param('id');
  const row = isId(id) ? call.org.store.find(call.org.catalog.require('Folder'), to18(id)) : undefined;
  if (!row || !isKind(row.Type)) throw notFound();
  if (!may(call, row.Type, what))
    throw new PlatformError('INSUFFICIENT_ACCESS', 'You do not have access to this folder', 403);
  return row;
};

const requireShares = (call: Call): void => {
  if (call.org.variants.folderSharing === 'enhanced') return;
  throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', 'Enhanced folder sharing is not enabled', 403);
};

/** Roles are named by the id of the role, not of its group. */
const recipientOf = (call: Call, id: string): { id: string; label: string } => {
  const row = call.org.store
    .sql(
      'SELECT g."RelatedId" AS related, coalesce(r."Name", g."Name", g."DeveloperName") AS name FROM "Group" g LEFT JOIN "UserRole" r ON r."Id" = g."RelatedId" WHERE g."Id" = ?'
    )
    .get(id);
  if (row) return { id: String(row.related ?? id), label: String(row.name) };
  return { id, label: textFrom(call.org.tools, 'SELECT "Name" FROM "User" WHERE "Id" = ?', id) ?? '' };
};

const shareShown = (call: Call, share: FolderShare): object => {
  const { id, label } = recipientOf(call, share.sharedWith);
  return {
    accessType: LEVELS.find(([, level]) => level === share.access)![0],
    shareId: share.id,
    shareType: namesOf(call.org.tools, share.sharedWith)?.folder.type ?? 'Group',
    sharedWithId: id,
    sharedWithLabel: label,
    url: `${call.base}/folders/${share.folder}/shares/${share.id}`,
  };
};

const sharesShown = (call: Call, folderId: string): Reply =>
  ok({ shares: call.org.sharing.folders.shares(folderId).map((share) => shareShown(call, share)) });

const levelOf = (value: unknown): FolderAccess => {
  const found = LEVELS.find(([rest, level]) =>
    [rest, level].some((name) => name.toLowerCase() === String(value).toLowerCase())
  );
  if (!found) throw new PlatformError('INVALID_INPUT', `Invalid accessType: ${String(value)}`);
  return found[1];
};

const ROLE_GROUP = 'SELECT "Id" FROM "Group" WHERE "RelatedId" = ? AND "Type" = ?';

/** Id of the Group row or user of a share in a request. @throws PlatformError INVALID_INPUT */
const sharedWith = (author: Author, share: Record<string, unknown>): string => {
  const type = typeof share.shareType === 'string' ? share.shareType : '';
  const given = share.shareWithId ?? share.sharedWithId;
  const { tools } = author;
  if (typeof given !== 'string' || !isId(given)) return folderShareId(author, type, '');
  const id = to18(given);
  const direct = namesOf(tools, id);
  const found = direct ? id : textFrom(tools, ROLE_GROUP, id, type.replace(/^Portal/, ''));
  if (!found || (type !== '' && namesOf(tools, found)?.folder.type !== type)) {
    throw new PlatformError('INVALID_INPUT', `Invalid ${type || 'share'} id: ${given}`);
  }
  return found;
};

type NewShare = { sharedWith: string; access: FolderAccess };

const sharesIn = (call: Call): NewShare[] => {
  const { shares } = call.json();
  if (!Array.isArray(shares)) throw new PlatformError('INVALID_INPUT', 'shares is missing');
  const author = { tools: call.org.tools, userId: call.session.user.Id, now: call.org.clock.stamp() };
  try {
    return (shares as Array<Record<string, unknown>>).map((share) => ({
      sharedWith: sharedWith(author, share),
      access: levelOf(share.accessType),
    }));
  } catch (error) {
    throw error instanceof Problem ? new PlatformError('INVALID_INPUT', error.message) : error;
  }
};

const write =
  (work: (call: Call, folderId: string) => Reply | void) =>
  (call: Call): Reply => {
    const folderId = String(folderOf(call, 'change').Id);
    requireShares(call);
    return commit(call.rooms, call.occasion, () => work(call, folderId)) ?? sharesShown(call, folderId);
  };

const read =
  (work: (call: Call, folderId: string) => Reply) =>
  (call: Call): Reply => {
    const folderId = String(folderOf(call, 'see').Id);
    requireShares(call);
    return work(call, folderId);
  };

/** The share of a path. @throws PlatformError NOT_FOUND */
const shareOf = (call: Call, folderId: string): FolderShare => {
  const share = call.org.sharing.folders.shares(folderId).find(({ id }) => id === to18(call.param('share')));
  if (!share) throw notFound();
  return share;
};

/** Registers them. */
export const folderRoutes = (router: Router): Router =>
  router
    .add('folders', { GET: list })
    .add('folders/:id', { GET: (call) => ok(shown(call, folderOf(call, 'see'))) })
    .add('folders/:id/shares', {
      GET: read(sharesShown),
      POST: write((call, folderId) => {
        for (const share of sharesIn(call)) call.org.sharing.folders.add(folderId, share);
      }),
      PUT: write((call, folderId) => call.org.sharing.folders.replace(folderId, sharesIn(call))),
    })
    .add('folders/:id/shares/:share', {
      GET: read((call, folderId) => ok(shareShown(call, shareOf(call, folderId)))),
      PATCH: write((call, folderId) => {
        call.org.sharing.folders.change(shareOf(call, folderId).id, levelOf(call.json().accessType));
        return ok(shareShown(call, shareOf(call, folderId)));
      }),
      DELETE: write((call, folderId) => {
        call.org.sharing.folders.remove(shareOf(call, folderId).id);
        return noContent;
      }),
    });

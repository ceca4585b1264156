/** UserRecordAccess: what a user may do with records, asked for by user and record (platform-facts B6). */
import type { Catalog } from '../catalog/types.js';
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { isShared } from '../sharing/objects.js';
import type { RecordAccess, Sharing } from '../sharing/types.js';
import { isId, prefixOf, to18 } from '../store/ids.js';
import type { Condition } from './ast.js';

/** B6: records of one query. */
const MOST = 200;

/** Permissions of which one is enough to ask about another user; [M], the reference is silent about it. */
const MAY_ASK = ['ViewSetup', 'ManageUsers', 'ViewAllData'];

const refused = (message: string, code = 'MALFORMED_QUERY'): PlatformError => new PlatformError(code, message);

/** Values that a field must have by the conditions that all must hold, or undefined where nothing says so. */
const wanted = (where: Condition | undefined, field: string): string[] | undefined => {
  const parts = where?.kind === 'and' ? where.parts : where ? [where] : [];
  for (const part of parts) {
    if (part.kind === 'and') {
      const found = wanted(part, field);
      if (found) return found;
    }
    if (part.kind !== 'compare' || part.left.kind !== 'path') continue;
    if (part.left.parts.join('.').toLowerCase() !== field.toLowerCase()) continue;
    if (part.operator !== '=' && part.operator !== 'IN') continue;
    return part.values.flatMap((value) => (value.kind === 'string' ? [value.raw] : []));
  }
  return undefined;
};

/** The steps of `MaxAccessLevel` from the top down. */
const maximum = ({ read, edit, delete: remove, transfer, all }: RecordAccess): string => {
  if (all) return 'All';
  if (transfer) return 'Transfer';
  if (remove) return 'Delete';
  if (edit) return 'Edit';
  return read ? 'Read' : 'None';
};

type Row = Record<string, string | number | boolean | null>;

const rowOf = (userId: string, recordId: string, access: RecordAccess): Row => ({
  Id: '000000000000000AAA',
  UserId: userId,
  RecordId: recordId,
  HasReadAccess: access.read,
  HasEditAccess: access.edit,
  HasDeleteAccess: access.delete,
  HasTransferAccess: access.transfer,
  HasAllAccess: access.all,
  MaxAccessLevel: maximum(access),
});

const requireUser = (session: Session, users: string[] | undefined): string => {
  const [user, ...others] = users ?? [];
  if (user === undefined || others.length > 0) {
    throw refused('UserRecordAccess queries must be filtered by one UserId and by RecordId');
  }
  if (!isId(user)) throw refused(`invalid ID field: ${String(user)}`, 'INVALID_QUERY_FILTER_OPERATOR');
  const userId = to18(user);
  if (userId !== session.user.Id && !MAY_ASK.some((permission) => session.has(permission))) {
    throw refused('insufficient access rights on the user', 'INSUFFICIENT_ACCESS');
  }
  return userId;
};

/**
 * Rows for the users and records that a query names. Records keep the form in which their ids were written, because
 * the field is text to the platform too; records that do not exist have no row, nor have those of another user that the caller cannot read.
 * @throws PlatformError MALFORMED_QUERY without one UserId and some RecordId, EXCEEDED_ID_LIMIT for more than 200,
 * INSUFFICIENT_ACCESS for another user
 */
export const accessRows = (
  catalog: Catalog,
  session: Session,
  sharing: Pick<Sharing, 'accessTo'>,
  where: Condition | undefined
): Row[] => {
  const userId = requireUser(session, wanted(where, 'UserId'));
  const records = [...new Set(wanted(where, 'RecordId') ?? [])];
  if (records.length === 0) throw refused('UserRecordAccess queries must be filtered by one UserId and by RecordId');
  if (records.length > MOST) {
    throw refused(`UserRecordAccess queries take at most ${MOST} record IDs`, 'EXCEEDED_ID_LIMIT');
  }
  if (!records.every(isId)) throw refused('invalid ID field: RecordId', 'INVALID_QUERY_FILTER_OPERATOR');
  const byPrefix = Map.groupBy(records, prefixOf);
  return [...byPrefix].flatMap(([prefix, ids]) => {
    const def = catalog.byPrefix(prefix);
    if (!def || !isShared(def)) return [];
    const access = sharing.accessTo(userId, def, ids);
    const isSelf = userId === session.user.Id;
    const own = isSelf ? access : sharing.accessTo(session.user.Id, def, ids);
    return ids.flatMap((id) => {
      const found = access.get(to18(id));
      return found && (isSelf || own.get(to18(id))?.read) ? [rowOf(userId, id, found)] : [];
    });
  });
};

/** Puts our package into the practice org, and gives its permission sets to those whom they are for. */
import type { Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import type { Rooms } from '../http/rooms.js';
import { readOptions } from '../metadata/deploy/options.js';
import { writeZip } from '../metadata/zip.js';
import { packageFiles } from './source.js';

const VERSION = 66;

/** Who gets a permission set: who owns partner accounts, and who logs in for a partner. */
const FOR_WHOM: Readonly<Record<string, string>> = {
  Channel_Manager: `SELECT DISTINCT u."Id" FROM "User" u JOIN "Account" a ON a."OwnerId" = u."Id"
    WHERE a."IsPartner" = 1 AND u."IsActive" = 1 AND u."ContactId" IS NULL`,
  Partner_Leads: `SELECT "Id" FROM "User" WHERE "IsActive" = 1 AND "UserType" = 'PowerPartner'`,
};

const assign = ({ org }: Rooms, session: Session, set: string, users: readonly string[]): void => {
  const { store } = org.tools;
  const row = store.sql(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?`).get(set);
  const has = store.sql(`SELECT 1 FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?`);
  const missing = users.filter((user) => !has.get(user, String(row?.Id)));
  for (let at = 0; at < missing.length; at += 200) {
    const records = missing.slice(at, at + 200).map((user) => ({ AssigneeId: user, PermissionSetId: String(row?.Id) }));
    const results = org.saver.save('create', 'PermissionSetAssignment', records, {
      session,
      assignment: 'none',
      source: 'scenario',
    });
    const refused = results.flatMap(({ errors }) => errors)[0];
    if (refused) throw new PlatformError(refused.statusCode, refused.message);
  }
};

/** The first active user who may do everything. @throws PlatformError where nobody may */
const administratorOf = ({ org }: Rooms): string => {
  const { store, permissions } = org.tools;
  const users = store.sql(
    'SELECT "Id" FROM "User" WHERE "IsActive" = 1 AND "ContactId" IS NULL ORDER BY "CreatedDate", "Id"'
  );
  const found = users.all().find(({ Id }) => permissions.has(String(Id), 'ModifyAllData'));
  if (!found) throw new PlatformError('INVALID_OPERATION', 'The org has no administrator');
  return String(found.Id);
};

/**
 * Deploys the package as any client does, and assigns its permission sets. Does so again where it is there already.
 * Works as the first administrator, who gets the set for administrators.
 * @throws PlatformError where the deploy fails
 */
export const installPackage = async (rooms: Rooms): Promise<void> => {
  const { files } = packageFiles();
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const zip = await writeZip(contents, rooms.org.tools.clock.now());
  const session = rooms.org.access.open(administratorOf(rooms));
  const { deploys } = rooms.metadata;
  const options = readOptions({ singlePackage: true, rollbackOnError: true });
  const id = deploys.start(session, zip, options, VERSION);
  await deploys.idle();
  const { status, errorMessage, messages } = deploys.get(id);
  if (status !== 'Succeeded') {
    const problem = messages.find(({ success }) => !success)?.problem ?? errorMessage ?? status;
    throw new PlatformError('INVALID_OPERATION', `The package could not be deployed: ${problem}`);
  }
  assign(rooms, session, 'Channel_Admin', [session.user.Id]);
  for (const [set, query] of Object.entries(FOR_WHOM)) {
    assign(
      rooms,
      session,
      set,
      rooms.org.tools.store
        .sql(query)
        .all()
        .map((row) => String(row.Id))
    );
  }
};

/** Puts our package, as force-app/main holds it, into a practice org: a metadata deploy over HTTP, as any client does it. */
import jsforce from 'jsforce';
import { packageFiles } from '../../src/practice/package/source.js';
import { deployZip, problems, zipOf } from '../practice/metadata/support.js';
import { request } from '../practice/http/fixture.js';

/** Permission set that shows the fields of the package. */
const ADMIN_SET = 'Channel_Admin';

/** Where an org is, and a session on it. */
export type PackageTarget = { url: string; token: string };

/** Deploys the package, and gives its permission set to the user of the session. @throws Error where the org refuses it */
export async function installPackage({ url, token }: PackageTarget): Promise<void> {
  const conn = new jsforce.Connection({ instanceUrl: url, accessToken: token, version: '66.0' });
  const result = await deployZip(conn, zipOf(packageFiles().files));
  if (!result.success)
    throw new Error(`The package was refused: ${problems(result).join('\n') || result.errorMessage}`);
  await takeSet(conn, url, token);
}

/** Fields that a deploy brings are seen by nobody until a permission set says so. */
async function takeSet(conn: jsforce.Connection, url: string, token: string): Promise<void> {
  const me = await request(url, token, 'GET', '/services/oauth2/userinfo');
  const { user_id: user } = me.body as { user_id: string };
  const where = `AssigneeId = '${user}' AND PermissionSet.Name = '${ADMIN_SET}'`;
  if ((await conn.query(`SELECT Id FROM PermissionSetAssignment WHERE ${where}`)).totalSize > 0) return;
  const { records } = await conn.query<{ Id: string }>(`SELECT Id FROM PermissionSet WHERE Name = '${ADMIN_SET}'`);
  await conn.sobject('PermissionSetAssignment').create({ PermissionSetId: records[0]!.Id, AssigneeId: user });
}

/** Puts our package, as force-app/main holds it, into a practice org: a metadata deploy over HTTP, as any client does it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import jsforce from 'jsforce';
import { deployZip, manifest, problems, zipOf, XMLNS, type Files, type Types } from '../practice/metadata/support.js';
import { request } from '../practice/http/fixture.js';

const SOURCE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'force-app', 'main', 'default');

/** Permission set that shows the fields of the package. */
const ADMIN_SET = 'Channel_Admin';

/** Directory of source files: its metadata type, and whether a file of its own says what the content is. */
const TYPES: Readonly<Record<string, { type: string; metaFile?: boolean }>> = {
  classes: { type: 'ApexClass', metaFile: true },
  customPermissions: { type: 'CustomPermission' },
  email: { type: 'EmailTemplate', metaFile: true },
  labels: { type: 'CustomLabels' },
  layouts: { type: 'Layout' },
  permissionsets: { type: 'PermissionSet' },
  queues: { type: 'Queue' },
  tabs: { type: 'CustomTab' },
  triggers: { type: 'ApexTrigger', metaFile: true },
  workflows: { type: 'Workflow' },
};

/** Parts of an object by their folder: element of the object's file, and type. */
const PARTS: Readonly<Record<string, string>> = {
  fields: 'fields',
  listViews: 'listViews',
  validationRules: 'validationRules',
};

/** Where an org is, and a session on it. */
export type PackageTarget = { url: string; token: string };

/** What is inside the root element of a file. */
const innerOf = (xml: string): string => /<\w+ xmlns="[^"]*">([\s\S]*)<\/\w+>\s*$/.exec(xml)![1]!;

const pathsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)).split(sep).join('/'));

/** One file for an object, out of those of its parts. */
function objectFile(paths: readonly string[]): string {
  const inner = paths.map((path) => {
    const content = innerOf(readFileSync(join(SOURCE, path), 'utf8'));
    const element = PARTS[path.split('/')[2]!];
    return element ? `<${element}>${content}</${element}>` : content;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="${XMLNS}">${inner.join('')}</CustomObject>\n`;
}

function addObjects(files: Files, types: Types, paths: readonly string[]): void {
  const byName = Map.groupBy(paths, (path) => path.split('/')[1]!);
  for (const [name, own] of byName) files[`objects/${name}.object`] = objectFile(own);
  types.CustomObject = [...byName.keys()];
}

function addFile(files: Files, types: Types, path: string): void {
  const place = TYPES[path.split('/')[0]!];
  if (!place) throw new Error(`test/helpers/package.ts does not know where ${path} goes; name its folder in TYPES.`);
  const target = place.metaFile ? path : path.replace(/-meta\.xml$/, '');
  files[target] = readFileSync(join(SOURCE, path), 'utf8');
  const name = target.slice(target.indexOf('/') + 1).replace(/\.\w+(-meta\.xml)?$/, '');
  types[place.type] = [...new Set([...(types[place.type] ?? []), name])];
}

/** The package in the format of deploys, with what package.xml lists. */
export function packageFiles(): { files: Files; types: Types } {
  const files: Files = {};
  const types: Types = {};
  const [objects, others] = [[] as string[], [] as string[]];
  for (const path of pathsIn(SOURCE)) (path.startsWith('objects/') ? objects : others).push(path);
  addObjects(files, types, objects);
  for (const path of others) addFile(files, types, path);
  return { files, types };
}

/** Deploys the package, and gives its permission set to the user of the session. @throws Error where the org refuses it */
export async function installPackage({ url, token }: PackageTarget): Promise<void> {
  const conn = new jsforce.Connection({ instanceUrl: url, accessToken: token, version: '66.0' });
  const { files, types } = packageFiles();
  const result = await deployZip(conn, zipOf({ 'package.xml': manifest(types), ...files }));
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

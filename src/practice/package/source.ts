/** Our package as its source folder holds it, in the format of a deploy. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package that lies beside the plugin's code. */
export const PACKAGE_SOURCE = join(
  dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))),
  'force-app',
  'main',
  'default'
);

const XMLNS = 'http://soap.sforce.com/2006/04/metadata';
const VERSION = '66.0';

/** Folder of source files: its metadata type; whether a file of its own says what the content is; whether a component is a folder of files. */
const TYPES: Readonly<Record<string, { type: string; metaFile?: boolean; bundle?: boolean }>> = {
  applications: { type: 'CustomApplication' },
  classes: { type: 'ApexClass', metaFile: true },
  customPermissions: { type: 'CustomPermission' },
  email: { type: 'EmailTemplate', metaFile: true },
  flexipages: { type: 'FlexiPage' },
  flows: { type: 'Flow' },
  labels: { type: 'CustomLabels' },
  layouts: { type: 'Layout' },
  lwc: { type: 'LightningComponentBundle', bundle: true },
  permissionsets: { type: 'PermissionSet' },
  queues: { type: 'Queue' },
  quickActions: { type: 'QuickAction' },
  tabs: { type: 'CustomTab' },
  triggers: { type: 'ApexTrigger', metaFile: true },
  workflows: { type: 'Workflow' },
};

/** Parts of an object by their folder: type, where the folder is the element's name. */
const PARTS: Readonly<Record<string, string>> = {
  fields: 'CustomField',
  listViews: 'ListView',
  validationRules: 'ValidationRule',
  webLinks: 'WebLink',
};

/** Text of each file by its path in the zip. */
export type Files = Record<string, string>;

/** Full names by metadata type, as package.xml lists them. */
export type Types = Record<string, string[]>;

type Source = { files: Files; types: Types };

/** What is inside the root element of a file. */
const innerOf = (xml: string): string => /<\w+ xmlns="[^"]*">([\s\S]*)<\/\w+>\s*$/.exec(xml)?.[1] ?? '';

const pathsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.parentPath.includes('__tests__'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));

const list = (types: Types, type: string, name: string): void => {
  types[type] = [...new Set([...(types[type] ?? []), name])];
};

/** One file for an object, out of those of its parts. An object without a file of its own is a standard one: only its parts are named. */
const addObject = ({ files, types }: Source, folder: string, name: string, paths: readonly string[]): void => {
  const own = paths.some((path) => path.endsWith('.object-meta.xml'));
  if (own) list(types, 'CustomObject', name);
  const inner = paths.map((path) => {
    const content = innerOf(readFileSync(join(folder, path), 'utf8'));
    const [, , part = '', file = ''] = path.split('/');
    const type = PARTS[part];
    if (type === undefined) return content;
    if (!own) list(types, type, `${name}.${file.replace(/\..*$/, '')}`);
    return `<${part}>${content}</${part}>`;
  });
  files[`objects/${name}.object`] =
    `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="${XMLNS}">${inner.join('')}</CustomObject>\n`;
};

const addFile = ({ files, types }: Source, folder: string, path: string): void => {
  const [directory = '', component = ''] = path.split('/');
  const place = TYPES[directory];
  if (!place) throw new Error(`No metadata type is known for ${path}.`);
  const target = place.metaFile || place.bundle ? path : path.replace(/-meta\.xml$/, '');
  files[target] = readFileSync(join(folder, path), 'utf8');
  const name = target.slice(directory.length + 1).replace(/\.\w+(-meta\.xml)?$/, '');
  list(types, place.type, place.bundle ? component : name);
};

const manifest = (types: Types): string => {
  const blocks = Object.entries(types).map(
    ([type, names]) =>
      `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${XMLNS}">${blocks.join('')}<version>${VERSION}</version></Package>\n`;
};

/**
 * The files of a deploy and what its package.xml lists.
 * @param folder source such as `force-app/main/default`
 * @throws Error for a folder that is not known
 */
export const packageFiles = (folder: string = PACKAGE_SOURCE): Source => {
  const source: Source = { files: {}, types: {} };
  const [objects, others] = [[] as string[], [] as string[]];
  for (const path of pathsIn(folder)) (path.startsWith('objects/') ? objects : others).push(path);
  const byName = Map.groupBy(objects, (path) => path.split('/')[1] ?? '');
  for (const [name, paths] of byName) addObject(source, folder, name, paths);
  for (const path of others) addFile(source, folder, path);
  source.files['package.xml'] = manifest(source.types);
  return source;
};

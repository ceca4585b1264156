/** Modules under @salesforce that an org makes for its components: Apex, schema, labels, permissions, the user. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const PREFIX = '\0org:';
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'labels' });

/** Texts of the custom labels of a package. @returns {Map<string, string>} */
export const readLabels = (source) => {
  const { CustomLabels } = parser.parse(readFileSync(join(source, 'labels', 'CustomLabels.labels-meta.xml'), 'utf8'));
  return new Map(CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
};

const apex = (path, { source }) => {
  const [className, method] = path.split('.');
  const file = join(source, 'classes', `${className}.cls`);
  const isThere =
    existsSync(file) &&
    new RegExp(`@AuraEnabled[^;{]*\\sstatic\\s[^;{(]*\\s${method}\\s*\\(`, 'i').test(readFileSync(file, 'utf8'));
  if (!isThere) throw new Error(`There is no method with @AuraEnabled named ${path}.`);
  return `import { callApex } from 'workbench/client';
import { wireAdapter } from 'workbench/cache';
const method = (parameters) => callApex('${className}', '${method}', parameters);
method.adapter = wireAdapter({
  name: 'apex:${path}',
  isReady: (config) => Object.values(config).every((one) => one !== undefined),
  load: method,
});
export default method;`;
};

const schema = (path) => {
  const [objectApiName, ...field] = path.split('.');
  const reference = field.length > 0 ? { objectApiName, fieldApiName: field.join('.') } : { objectApiName };
  return `export default ${JSON.stringify(reference)};`;
};

const label = (path, { labels }) => {
  const text = labels.get(path.replace(/^c\./, ''));
  if (text === undefined) throw new Error(`There is no custom label ${path}.`);
  return `export default ${JSON.stringify(text)};`;
};

const permission = (kind) => (name) => `import { currentSession } from 'workbench/client';
export default currentSession().${kind}.includes('${name}') || undefined;`;

/** Settings of the user. Base components keep those of their own package, which fit each other. */
const setting = (name) => `import { currentSession } from 'workbench/client';
export default currentSession().user.${name};`;

const USER = {
  Id: `import { currentSession } from 'workbench/client'; export default currentSession().user.id;`,
  isGuest: 'export default false;',
};

/** By the beginning of the name. Labels of the base components have stand-ins in their own package. */
const MAKERS = [
  [/^@salesforce\/apex$/, () => `export { refreshResult as refreshApex } from 'workbench/cache';`],
  [/^@salesforce\/apex\/(.+)$/, apex],
  [/^@salesforce\/schema\/(.+)$/, schema],
  [/^@salesforce\/label\/(c\..+)$/, label],
  [/^@salesforce\/customPermission\/(.+)$/, permission('customPermissions')],
  [/^@salesforce\/userPermission\/(.+)$/, permission('userPermissions')],
  [/^@salesforce\/user\/(Id|isGuest)$/, (name) => USER[name]],
  [/^@salesforce\/i18n\/(locale|timeZone)$/, setting],
];

const isOfBaseComponents = (id, importer) => id.startsWith('@salesforce/i18n/') && importer?.includes('node_modules');

/**
 * A plugin that makes them.
 * @param {{ source: string, labels: Map<string, string> }} context source of the package, `force-app/main/default`
 */
export const orgModules = (context) => ({
  name: 'org-modules',
  resolveId: {
    order: 'pre',
    handler: (id, importer) =>
      MAKERS.some(([pattern]) => pattern.test(id)) && !isOfBaseComponents(id, importer) ? PREFIX + id : undefined,
  },
  load(id) {
    if (!id.startsWith(PREFIX)) return undefined;
    const name = id.slice(PREFIX.length);
    const [pattern, make] = MAKERS.find(([one]) => one.test(name));
    const [, path = ''] = pattern.exec(name);
    return { code: make(path, context), moduleType: 'js' };
  },
});

const COMPONENTS = 'workbench-components';

/** A plugin that makes the list of components that pages can show. @param {string[]} names of the package's components */
export const componentList = (names) => ({
  name: 'component-list',
  resolveId: { order: 'pre', handler: (id) => (id === COMPONENTS ? `\0${COMPONENTS}` : undefined) },
  load: (id) =>
    id === `\0${COMPONENTS}`
      ? {
          code: `export const components = {${names.map((name) => `${name}: () => import('c/${name}')`).join(',')}};`,
          moduleType: 'js',
        }
      : undefined,
});

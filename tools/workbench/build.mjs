/**
 * Makes workbench/dist: the page that shows the components of the package against a practice org. Two stages: `vendor` has the engine, the base
 * components and their stand-ins for modules of the platform, and is made anew only where one of these has changed; `app` has the components and
 * the shell around them. An import map joins them.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { componentList, orgModules, readLabels } from './org-modules.mjs';
import { readPages } from './pages.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const at = (...parts) => join(root, ...parts);
const source = at('force-app', 'main', 'default');
const target = at('workbench', 'dist');
const require = createRequire(import.meta.url);

const ENGINE = ['lwc', '@lwc/synthetic-shadow'];
const SHARED = ['workbench/client', 'workbench/cache'];
const STYLES = '@salesforce-ux/design-system';

const folders = (pattern) => globSync(pattern, { cwd: root }).map((one) => ({ name: basename(one), path: at(one) }));
const standIns = folders('workbench/modules/lightning/*').map(({ name }) => `lightning/${name}`);

/** Builds what is out of date. `isQuiet` keeps warnings of the base components to itself. */
export async function buildWorkbench() {
  const lightning = usedLightning();
  const vendor = digest([
    readFileSync(at('package-lock.json'), 'utf8'),
    ...contents('workbench/modules/{workbench,lightning}/**/*'),
    ...contents('tools/workbench/*.mjs'),
    lightning.join(),
  ]);
  const app = digest([
    vendor,
    ...contents('workbench/{main.js,index.html,shell.css,modules/shell/**/*}'),
    ...contents(
      'force-app/main/default/{lwc,labels,applications,tabs,flexipages,quickActions,flows,objects/*/webLinks}/**/*.*'
    ),
  ]);
  if (!isCurrent('vendor', vendor)) await buildVendor(lightning, vendor);
  if (!isCurrent('app', app)) await buildApp(lightning, app);
}

const contents = (pattern) =>
  globSync(pattern, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${relative(root, file)}\n${readFileSync(file, 'utf8')}`);

const digest = (texts) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
};

const markOf = (stage) => join(target, stage, '.digest');
const isCurrent = (stage, mark) => existsSync(markOf(stage)) && readFileSync(markOf(stage), 'utf8') === mark;

/** Modules `lightning/…` that components and the shell name in their sources. */
function usedLightning() {
  const names = new Set(standIns);
  const texts = contents('{force-app/main/default/lwc,workbench/modules/shell}/*/*.{html,js}').concat(
    contents('workbench/main.js')
  );
  for (const text of texts) {
    for (const [, name] of text.matchAll(/['"](lightning\/\w+)['"]/g)) names.add(name);
    for (const [, tag] of text.matchAll(/<lightning-([a-z0-9-]+)/g)) names.add(`lightning/${camel(tag)}`);
  }
  return [...names].sort();
}

const camel = (tag) => tag.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** The plugins of both stages. */
async function plugins(labels) {
  const { default: lwc } = await import('@lwc/rollup-plugin');
  const components = folders('force-app/main/default/lwc/*');
  const aliases = components.map(({ name, path }) => ({ name: `c/${name}`, path: join(path, `${name}.js`) }));
  const compiler = lwc({
    rootDir: at('workbench'),
    modules: [...aliases, { dir: at('workbench', 'modules') }, { npm: 'lightning-base-components' }],
    // Sorting by several columns makes its modal by name; comboboxes attach internals.
    enableDynamicComponents: true,
    enableSyntheticElementInternals: true,
  });
  const { transform } = compiler;
  // Rolldown takes .html and .css for something else unless it is told.
  compiler.transform = async function (code, id) {
    const result = await transform.call(this, code, id);
    return result ? { ...result, moduleType: 'js' } : result;
  };
  return [
    orgModules({ source, labels }),
    componentList(components.map(({ name }) => name)),
    noMirroredIcons,
    entries,
    compiler,
  ];
}

/** The compiler finds modules by who asks; entries are asked for by nobody. */
const entries = {
  name: 'entries',
  resolveId: {
    order: 'pre',
    handler(id, importer) {
      return importer || id.startsWith('/') ? undefined : this.resolve(id, at('workbench', 'main.js'));
    },
  },
};

/** Icons for languages written from the right are 2 MB that nobody here sees. */
const noMirroredIcons = {
  name: 'no-mirrored-icons',
  resolveId: {
    order: 'pre',
    handler: (id) => (/^lightning\/iconSvgTemplates\w*Rtl$/.test(id) ? `\0${id}` : undefined),
  },
  load: (id) =>
    /^\0lightning\/iconSvgTemplates\w*Rtl$/.test(id) ? { code: 'export {};', moduleType: 'js' } : undefined,
};

async function bundle(stage, input, external, labels = new Map()) {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input,
    external,
    cwd: root,
    plugins: await plugins(labels),
    transform: {
      define: {
        'import.meta.env.SSR': 'false',
        'process.env.NODE_ENV': '"production"',
        'process.env.SKIP_LWC_VERSION_MISMATCH_CHECK': '"true"',
      },
    },
    onLog: (level, log) => {
      // Warnings about the base components are theirs.
      if (
        level === 'warn' &&
        log.code !== 'PLUGIN_TIMINGS' &&
        !`${log.message} ${log.id ?? ''}`.includes('node_modules')
      )
        process.stderr.write(`${log.message}\n`);
    },
  });
  await build.write({
    dir: join(target, stage),
    format: 'es',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await build.close();
}

async function buildVendor(lightning, mark) {
  rmSync(target, { recursive: true, force: true });
  await bundle('vendor', Object.fromEntries([...ENGINE, ...SHARED, ...lightning].map((name) => [name, name])), []);
  copyStyles();
  copyLicences();
  writeFileSync(markOf('vendor'), mark);
}

/** What the built files contain comes under these. */
const LICENCES = {
  'lightning-web-components.md': 'lwc/LICENSE.md',
  'lightning-base-components.txt': 'lightning-base-components/LICENSE.txt',
  'design-system.md': '@salesforce-ux/design-system/README.md',
  'design-system-icons.txt': '@salesforce-ux/design-system/assets/icons/License-for-icons.txt',
};

function copyLicences() {
  mkdirSync(join(target, 'licences'), { recursive: true });
  for (const [name, file] of Object.entries(LICENCES)) cpSync(at('node_modules', file), join(target, 'licences', name));
}

/** The style sheet, and the pictures that it and hand-written icons name. */
function copyStyles() {
  const folder = join(dirname(require.resolve(`${STYLES}/package.json`)), 'assets');
  mkdirSync(join(target, 'assets'), { recursive: true });
  for (const part of [
    'styles/salesforce-lightning-design-system.min.css',
    'icons/utility-sprite',
    'icons/standard-sprite',
    'images/spinners',
  ]) {
    if (existsSync(join(folder, part))) cpSync(join(folder, part), join(target, 'assets', part), { recursive: true });
  }
}

async function buildApp(lightning, mark) {
  rmSync(join(target, 'app'), { recursive: true, force: true });
  const labels = readLabels(source);
  const names = [...ENGINE, ...SHARED, ...lightning];
  await bundle('app', { main: at('workbench', 'main.js') }, names, labels);
  const imports = Object.fromEntries(names.map((name) => [name, `/workbench/vendor/${name}.js`]));
  const map = JSON.stringify({ imports });
  // The page may run scripts of its own origin, and this map.
  const hash = createHash('sha256').update(map).digest('base64');
  const page = readFileSync(at('workbench', 'index.html'), 'utf8')
    .replace(/\s*\{\{imports\}\}\s*/, map)
    .replace('{{hash}}', `'sha256-${hash}'`)
    .replace('{{pages}}', JSON.stringify(readPages(source, labels)).replaceAll('<', '\\u003c'));
  writeFileSync(join(target, 'app', 'index.html'), page);
  cpSync(at('workbench', 'shell.css'), join(target, 'app', 'shell.css'));
  writeFileSync(markOf('app'), mark);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWorkbench();

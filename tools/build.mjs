/** Compiles src to lib, writes the oclif manifest, and makes the pages of the workbench. Does nothing for what has not changed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWorkbench } from './workbench/build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

removeOrphans();
node(at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.json'));
if (
  newest(at('lib'), '.js') > modified(at('oclif.manifest.json')) ||
  newest(at('messages'), '.md') > modified(at('oclif.manifest.json'))
) {
  node(at('node_modules', 'oclif', 'bin', 'run.js'), 'manifest', root);
}

await buildWorkbench();

function node(script, ...args) {
  const result = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  process.stderr.write(result.stdout);
  process.exit(result.status ?? 1);
}

/** Output whose source is gone would still be loaded as a command. */
function removeOrphans() {
  for (const file of files(at('lib')).filter((name) => name.endsWith('.js'))) {
    const source = file.replace(at('lib'), at('src')).replace(/\.js$/, '.ts');
    if (existsSync(source)) continue;
    for (const ending of ['.js', '.js.map', '.d.ts']) rmSync(file.replace(/\.js$/, ending), { force: true });
    rmSync(at('lib', '.tsbuildinfo'), { force: true });
  }
}

function newest(folder, ending) {
  return Math.max(
    0,
    ...files(folder)
      .filter((name) => name.endsWith(ending))
      .map(modified)
  );
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

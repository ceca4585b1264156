#!/usr/bin/env node
/**
 * What `npm start`, `npm test` and the other scripts begin with. Needs nothing but a Node.js from 14 on: with one that
 * the plugin cannot run on it installs the pinned one from tools/node, then installs the dependencies if they are
 * missing, builds, and runs the task.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSupported } from '../bin/node-version.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

/** Each task: a script run after the build, with the arguments given behind `--`. */
const TASKS = {
  start: 'tools/start.mjs',
  test: 'tools/test.mjs',
  lint: 'tools/lint.mjs',
  bench: 'tools/bench.mjs',
  build: undefined,
};

const [task = '', ...args] = process.argv.slice(2);
if (!(task in TASKS)) fail(`Unknown task "${task}". Tasks: ${Object.keys(TASKS).join(', ')}.`);

const node = isSupported(process.versions.node) ? process.execPath : pinnedNode();
process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
installDependencies();
build();
if (TASKS[task] !== undefined) run(at(TASKS[task]), args);

function pinnedNode() {
  const folder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = at('tools', 'node', 'node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const manifest = JSON.parse(readFileSync(at('tools', 'node', 'package.json'), 'utf8'));
  const pinned = manifest.optionalDependencies[folder];
  if (pinned === undefined) {
    fail(
      `Node.js ${process.version} is too old and there is no pinned one for this system. Install Node.js 24.15 or newer.`
    );
  }
  if (!existsSync(file)) {
    say(`Node.js ${process.version} is too old for the plugin. Installing ${pinned} into tools/node ...`);
    npm(process.execPath, at('tools', 'node'));
  }
  if (!existsSync(file))
    fail(`Node.js ${pinned} could not be installed. Install Node.js 24.15 or newer and try again.`);
  return file;
}

/** Installs when the lockfile is not the one that was installed last. */
function installDependencies() {
  const lock = at('package-lock.json');
  const stamp = at('node_modules', '.channel-desk');
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const installed = at('node_modules', '.package-lock.json');
  if (existsSync(stamp) || !existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    say('Installing the dependencies ...');
    npm(node, root);
  }
  writeFileSync(stamp, hash);
}

function npm(nodePath, cwd) {
  const script = process.env.npm_execpath;
  const [command, first] = script ? [nodePath, [script]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const result = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !script && process.platform === 'win32',
  });
  if (result.status !== 0) fail(`"npm ci" failed in ${cwd}.`);
}

function build() {
  const result = spawnSync(node, [at('tools', 'build.mjs')], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) fail('The build failed.');
}

function run(script, scriptArgs) {
  const child = spawn(node, [script, ...scriptArgs], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

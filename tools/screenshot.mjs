/**
 * Takes the picture of the README: `node tools/screenshot.mjs [report.html] [picture.png]`. Without arguments it takes
 * channel-desk-report.html, which `npm start` writes, and makes docs/images/report.png. Needs a Chrome or Chromium:
 * the one CHROME_PATH names, else the first on PATH.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installedBrowser } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SIZE = '1100,1500';

const [source = join(root, 'channel-desk-report.html'), target = join(root, 'docs', 'images', 'report.png')] =
  process.argv.slice(2);

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

const program = installedBrowser();
if (!program) fail('There is no Chrome or Chromium on PATH. Install one, or name one with CHROME_PATH.');
if (!existsSync(source)) fail(`There is no report at ${source}. "npm start" writes one.`);

const picture = resolve(target);
const profile = mkdtempSync(join(tmpdir(), 'channel-desk-picture-'));
mkdirSync(dirname(picture), { recursive: true });
rmSync(picture, { force: true });
// The sandbox of Chromium does not start in containers; the page is our own file without scripts.
const { error, stderr } = spawnSync(
  program,
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    `--user-data-dir=${profile}`,
    `--window-size=${SIZE}`,
    `--screenshot=${picture}`,
    pathToFileURL(resolve(source)).href,
  ],
  { encoding: 'utf8', timeout: 60_000 }
);
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
if (!existsSync(picture)) fail(`${program} made no picture. ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
process.stdout.write(`${picture}\n`);

/**
 * Takes the pictures of the pages for docs/images: `npm run build`, then `node tools/pictures.mjs`. Starts a practice org of its own, opens the pages as the
 * people who use them, and ends it. Needs a Chrome or Chromium: the one CHROME_PATH names, else the first on PATH.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { installedBrowser } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'docs', 'images');

/** Each picture: who looks, at what, what to click first (buttons by name, other things by selector), what must be there. */
const PICTURES = [
  { name: 'home', who: 'manager', at: '#/n/Channel_Home' },
  { name: 'partners', who: 'manager', at: '#/n/Channel_Partners' },
  {
    name: 'account',
    who: 'manager',
    at: '#/n/Channel_Partners',
    click: ['c-partner-directory a[data-id]', 'c-partner-enablement lightning-button[data-id]'],
    see: 'Username',
  },
  {
    name: 'reassign',
    who: 'manager',
    at: '#/o/Lead',
    click: ['a[href*="/r/Lead/"]', 'Reassign', 'input[type=radio]'],
    see: 'Reassign Leads',
  },
  { name: 'rotation-board', who: 'manager', at: '#/n/Channel_Rotations', click: ['Preview'], see: 'Would Go To' },
  { name: 'sharing-findings', who: 'manager', at: '#/n/Channel_Sharing', see: 'rule' },
  { name: 'partner-inbox', who: 'partner', at: '' },
];

const ROTATION = `key: EMEA
name: EMEA partners
leads: Status = 'Open - Not Contacted'
fallback: Unassigned_Leads
members:
  - queue: Partner_Leads_North
    weight: 3
    cap: 50
  - queue: Partner_Leads_South
    weight: 2
  - queue: Partner_Leads_West
    weight: 1
    pausedUntil: 2099-01-01
`;

const home = mkdtempSync(join(tmpdir(), 'channel-desk-pictures-'));
const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'share'), SF_DISABLE_TELEMETRY: 'true' };

const channel = (...args) =>
  execFileSync(process.execPath, [join(root, 'bin', 'run.js'), 'channel', ...args], {
    encoding: 'utf8',
    env,
    cwd: root,
  });

/** Logs in as somebody of a kind, and opens a page. */
const visit = async (browser, { who, at, click = [], see }) => {
  const { url } = JSON.parse(channel('practice', 'open', '--url-only', '--json')).result;
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-US' });
  await context.request.get(url);
  const session = new URL('/workbench/session', url).href;
  const { users } = await (await context.request.post(session, { data: { userId: null } })).json();
  await context.request.post(session, { data: { userId: users.find(({ kind }) => kind === who).id } });
  const page = await context.newPage();
  await page.goto(new URL(`/workbench/${at}`, url).href);
  await page.waitForLoadState('networkidle');
  for (const name of click) {
    const found = name.includes('[') ? page.locator(name) : page.getByRole('button', { name, exact: true });
    await found.first().click();
    await page.waitForLoadState('networkidle');
  }
  if (see) await page.getByText(see).first().waitFor();
  return page;
};

const wanted = process.argv.slice(2);
mkdirSync(target, { recursive: true });
let browser;
try {
  channel('practice', 'start', '--leads', '2000');
  channel('practice', 'open', '--url-only');
  const file = join(home, 'rotation.yaml');
  writeFileSync(file, ROTATION);
  channel('sharing', 'publish', '--target-org', 'practice', '--no-prompt');
  channel('rotation', 'import', '--target-org', 'practice', '--file', file, '--no-prompt');
  browser = await chromium.launch({ executablePath: installedBrowser(), args: ['--no-sandbox'] });
  for (const picture of PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const page = await visit(browser, picture);
    const path = join(target, `page-${picture.name}.png`);
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
  }
} finally {
  await browser?.close();
  channel('practice', 'stop');
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

/** The browser of the tests: the one CHROME_PATH names, the first on PATH, or the one inside @sparticuz/chromium. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const installed = (): string | undefined => {
  const { CHROME_PATH, PATH = '' } = process.env;
  if (CHROME_PATH) return CHROME_PATH;
  return PATH.split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);
};

/** The browser of the package is made for servers, and is started with the arguments that it needs there. */
const packaged = async (): Promise<{ executablePath: string; args: string[] }> => {
  const { default: packed } = await import('@sparticuz/chromium');
  return {
    executablePath: await packed.executablePath(),
    args: packed.args.filter((one) => !one.includes('web-security')),
  };
};

/** @throws Error where no browser can be started; says what was tried */
export const launchBrowser = async (): Promise<Browser> => {
  const own = installed();
  // Chromium cannot make its sandbox in containers. The only pages here are our own.
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  return chromium.launch(await packaged());
};

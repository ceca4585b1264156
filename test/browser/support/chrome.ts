/** The browser of the tests: the one CHROME_PATH names, the first on PATH, or the one inside @sparticuz/chromium. */
import { chromium, type Browser } from 'playwright-core';
import { installedBrowser } from '../../../tools/browser.mjs';

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
  const own = installedBrowser();
  // Chromium cannot make its sandbox in containers. The only pages here are our own.
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  return chromium.launch(await packaged());
};

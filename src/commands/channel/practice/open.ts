import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { PracticeOpenResult } from '../../../practice/control/results.js';
import { ControlError } from '../../../practice/control/client.js';
import { PracticeCommand } from '../../../practice-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.open');

export default class PracticeOpen extends PracticeCommand<PracticeOpenResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'url-only': Flags.boolean({ char: 'r', summary: messages.getMessage('flags.url-only.summary'), default: false }),
    install: Flags.boolean({ summary: messages.getMessage('flags.install.summary'), default: false }),
  };

  public async run(): Promise<PracticeOpenResult> {
    const { flags } = await this.parse(PracticeOpen);
    const { url, installed } = await this.prepare(flags.install);
    if (installed) this.log(messages.getMessage('installed'));
    const opened = !flags['url-only'] && !this.jsonEnabled() && (await openBrowser(url));
    this.log(messages.getMessage(opened ? 'opened' : 'address', [url]));
    return { url, installed, opened };
  }

  private async prepare(install: boolean): Promise<{ url: string; installed: boolean }> {
    const control = await this.control();
    this.spinner.start(messages.getMessage('progress'));
    try {
      return await control.openWorkbench(install);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      throw messages.createError('error.refused', [error.message]);
    } finally {
      this.spinner.stop();
    }
  }
}

/** @returns whether a browser took the address; where none is, the address is printed */
const openBrowser = async (url: string): Promise<boolean> => {
  const { default: open } = await import('open');
  try {
    const child = await open(url);
    return await new Promise((resolve) => {
      child.once('error', () => resolve(false));
      child.once('spawn', () => resolve(true));
    });
  } catch {
    return false;
  }
};

import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { PracticeResetResult } from '../../../practice/control/results.js';
import { NO_TIMEOUT } from '../../../channel-command.js';
import { PracticeCommand } from '../../../practice-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.reset');

export default class PracticeReset extends PracticeCommand<PracticeResetResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<PracticeResetResult> {
    const { flags } = await this.parse(PracticeReset);
    const control = await this.control();
    if (!flags['no-prompt'] && !(await this.confirm({ message: messages.getMessage('prompt'), ms: NO_TIMEOUT }))) {
      this.log(messages.getMessage('declined'));
      return { reset: false, counts: {} };
    }
    const { counts } = await control.reset();
    // The sessions of the old org went with it.
    const state = await this.running();
    if (state) await this.register(state);
    this.log(messages.getMessage('done', [counts.Lead ?? 0, counts.Account ?? 0, counts.User ?? 0]));
    return { reset: true, counts };
  }
}

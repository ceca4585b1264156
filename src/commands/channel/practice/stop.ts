import { setTimeout as sleep } from 'node:timers/promises';
import { AuthRemover, Messages, StateAggregator } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { PracticeStopResult } from '../../../practice/control/results.js';
import { PracticeCommand } from '../../../practice-command.js';
import { isAlive } from '../../../practice/control/state-file.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.stop');

/** Time that the server gets to finish what it is doing, in milliseconds. */
const PATIENCE = 15_000;

/** Takes the org out of sf's list, where it is in it. */
const forget = async (username: string | undefined): Promise<void> => {
  if (username && (await (await StateAggregator.getInstance()).orgs.hasFile(username)))
    await (await AuthRemover.create()).removeAuth(username);
};

export default class PracticeStop extends PracticeCommand<PracticeStopResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = { forget: Flags.boolean({ summary: messages.getMessage('flags.forget.summary') }) };

  public async run(): Promise<PracticeStopResult> {
    const { flags } = await this.parse(PracticeStop);
    const state = await this.running();
    if (flags.forget) await forget((state ?? this.lastState())?.username);
    if (!state) {
      this.log(messages.getMessage('notRunning'));
      return { stopped: false, folder: this.folder };
    }
    await (await this.control()).stop();
    for (const end = Date.now() + PATIENCE; isAlive(state) && Date.now() < end;) await sleep(50);
    // It was asked politely and its identity was checked by the control API a moment ago.
    if (isAlive(state) && state.pid !== undefined) process.kill(state.pid, 'SIGTERM');
    this.log(messages.getMessage('stopped', [state.pid ?? 0, this.folder]));
    return { stopped: true, folder: this.folder };
  }
}

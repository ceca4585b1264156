import { join } from 'node:path';
import { AuthInfo, Messages, StateAggregator } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { PracticeControl } from './practice/control/client.js';
import { isAlive, readState, type DaemonState } from './practice/control/state-file.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const practiceMessages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.shared');

/** What the commands of the practice org share: where it lies and how it is asked. */
export abstract class PracticeCommand<T> extends SfCommand<T> {
  protected get folder(): string {
    return join(this.config.dataDir, 'channel', 'practice');
  }

  /** What the server said of itself when it was started last, whether it runs or not. */
  protected lastState(): DaemonState | undefined {
    return readState(join(this.folder, 'daemon.json'));
  }

  /** The server that runs and answers, or undefined. */
  protected async running(): Promise<DaemonState | undefined> {
    const state = this.lastState();
    if (!state || !isAlive(state)) return undefined;
    const answers = await control(state)
      .status()
      .then(
        ({ pid }) => pid === state.pid,
        () => false
      );
    return answers ? state : undefined;
  }

  /** Makes sf know the org: the server's session becomes the login, and the alias, if given, points to it. */
  protected async register(state: DaemonState, alias?: string): Promise<void> {
    const { accessToken, url, username = '' } = state;
    const fields = { accessToken, instanceUrl: url, loginUrl: url };
    const known = await (await StateAggregator.getInstance()).orgs.hasFile(username);
    const auth = await AuthInfo.create(known ? { username } : { accessTokenOptions: fields });
    await auth.save(known ? fields : undefined);
    if (alias) await auth.handleAliasAndDefaultSettings({ alias, setDefault: false, setDefaultDevHub: false });
  }

  /** The control API of the running server. @throws SfError where none runs */
  protected async control(): Promise<PracticeControl> {
    const state = await this.running();
    if (!state) throw practiceMessages.createError('error.notRunning');
    return control(state);
  }
}

const control = ({ url, controlToken = '' }: DaemonState): PracticeControl => new PracticeControl(url, controlToken);

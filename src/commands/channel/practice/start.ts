import { readFile } from 'node:fs/promises';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { PracticeStartResult } from '../../../practice/control/results.js';
import { PracticeCommand, practiceMessages } from '../../../practice-command.js';
import type { DaemonState } from '../../../practice/control/state-file.js';
import { StartError } from '../../../practice/control/spawn.js';
import type { DaemonConfig } from '../../../practice/daemon.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.start');

export default class PracticeStart extends PracticeCommand<PracticeStartResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    leads: Flags.integer({
      summary: messages.getMessage('flags.leads.summary'),
      min: 0,
      max: 2_000_000,
      default: 5000,
    }),
    prm: Flags.boolean({
      summary: messages.getMessage('flags.prm.summary'),
      description: messages.getMessage('flags.scenario.description'),
      default: true,
      allowNo: true,
    }),
    partners: Flags.boolean({
      summary: messages.getMessage('flags.partners.summary'),
      description: messages.getMessage('flags.scenario.description'),
      default: true,
      allowNo: true,
    }),
    port: Flags.integer({ summary: messages.getMessage('flags.port.summary'), min: 1024, max: 65_535 }),
    alias: Flags.string({
      summary: messages.getMessage('flags.alias.summary'),
      default: practiceMessages.getMessage('alias'),
    }),
    variant: Flags.string({ summary: messages.getMessage('flags.variant.summary'), multiple: true }),
    faults: Flags.file({ summary: messages.getMessage('flags.faults.summary'), exists: true }),
  };

  public async run(): Promise<PracticeStartResult> {
    const { flags, metadata } = await this.parse(PracticeStart);
    const running = await this.running();
    if (running) {
      const without = (['leads', 'prm', 'partners', 'port', 'variant', 'faults'] as const).filter(
        (name) => flags[name] !== undefined && !metadata.flags[name]?.setFromDefault
      );
      if (without[0]) throw messages.createError('error.running', [without[0]]);
    }
    const state =
      running ??
      (await this.start({
        ...flags,
        faults: await readFaults(flags.faults),
        variants: parseVariants(flags.variant ?? []),
      }));
    const { url, port, pid = 0, orgId = '', username = '' } = state;
    await this.register(state, flags.alias);
    this.log(messages.getMessage(running ? 'running' : 'started', [url, pid, flags.alias, username]));
    this.log(messages.getMessage('next', [flags.alias]));
    return { url, port, pid, orgId, username, alias: flags.alias, alreadyRunning: running !== undefined };
  }

  private async start(given: {
    leads: number;
    prm: boolean;
    partners: boolean;
    port?: number;
    faults: unknown;
    variants: Record<string, string>;
  }): Promise<DaemonState> {
    const { leads, prm, partners, port, faults, variants } = given;
    const { spawnPractice } = await import('../../../practice/control/spawn.js');
    const scenario = { leads, prm, partners };
    const config: DaemonConfig = { folder: this.folder, port, scenario, faults, variants };
    this.spinner.start(messages.getMessage('progress'));
    try {
      return await spawnPractice(config);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== StartError.name) throw error;
      throw practiceMessages.createError(
        'error.startFailed',
        [error.message],
        [`${this.folder}/daemon.log`, this.folder]
      );
    } finally {
      this.spinner.stop();
    }
  }
}

function parseVariants(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name, answer] = text.split('=', 2);
      if (!name || !answer) throw messages.createError('error.variant', [text]);
      return [name, answer];
    })
  );
}

async function readFaults(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw messages.createError('error.faults', [file, (error as Error).message]);
  }
}

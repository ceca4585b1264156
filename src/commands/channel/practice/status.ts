import { Messages } from '@salesforce/core';
import type { PracticeStatusResult } from '../../../practice/control/results.js';
import { PracticeCommand } from '../../../practice-command.js';
import type { PracticeStatus as ServerStatus } from '../../../practice/control/status.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.status');

export default class PracticeStatus extends PracticeCommand<PracticeStatusResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public async run(): Promise<PracticeStatusResult> {
    await this.parse(PracticeStatus);
    if (!(await this.running())) {
      this.log(messages.getMessage('notRunning'));
      return { running: false, folder: this.folder, status: null };
    }
    const status = await (await this.control()).status();
    this.show(status);
    return { running: true, folder: this.folder, status };
  }

  private show({ url, pid, orgId, apiUsage, counts, variants, unsupported }: ServerStatus): void {
    this.log(messages.getMessage('running', [url, pid, orgId, apiUsage]));
    this.log();
    const records = Object.entries(counts).map(([object, count]) => ({ object, count }));
    this.table({ title: messages.getMessage('label.counts'), data: records, columns: ['object', 'count'] });
    const chosen = Object.entries(variants).map(([name, answer]) => ({ name, answer }));
    this.table({ title: messages.getMessage('label.variants'), data: chosen, columns: ['name', 'answer'] });
    if (unsupported.length === 0) this.log(messages.getMessage('nothing'));
    else {
      const data = unsupported.map((entry) => ({ ...entry }));
      this.table({
        title: messages.getMessage('label.unsupported'),
        data,
        columns: ['what', 'count'],
        overflow: 'wrap',
      });
    }
  }
}

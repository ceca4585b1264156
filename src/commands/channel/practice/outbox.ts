import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { PracticeOutboxResult } from '../../../practice/control/results.js';
import { PracticeCommand } from '../../../practice-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.practice.outbox');

export default class PracticeOutbox extends PracticeCommand<PracticeOutboxResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    kind: Flags.string({ summary: messages.getMessage('flags.kind.summary') }),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary') }),
    clear: Flags.boolean({ summary: messages.getMessage('flags.clear.summary') }),
  };

  public async run(): Promise<PracticeOutboxResult> {
    const { flags } = await this.parse(PracticeOutbox);
    const control = await this.control();
    const mails = await control.outbox({ kind: flags.kind, to: flags.to });
    if (mails.length === 0) this.log(messages.getMessage('none'));
    else {
      this.table({
        data: mails.map(({ at, kind, template, to, subject, delivered, reason }) => ({
          at: at.slice(0, 19).replace('T', ' '),
          kind,
          template: template ?? '',
          to: to.join(', '),
          subject,
          sent: delivered ? 'yes' : `no: ${reason ?? ''}`,
        })),
        columns: ['at', 'kind', 'template', 'to', 'subject', 'sent'],
        overflow: 'wrap',
      });
    }
    if (flags.clear) await control.clearOutbox();
    return { mails };
  }
}

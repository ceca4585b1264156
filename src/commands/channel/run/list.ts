import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand } from '../../../channel-command.js';
import { listRuns, type RunListResult } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.run.list');

export default class RunList extends ChannelCommand<RunListResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.optionalOrg({ summary: messages.getMessage('flags.target-org.summary') }),
    open: Flags.boolean({ summary: messages.getMessage('flags.open.summary') }),
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1, default: 20 }),
  };

  public async run(): Promise<RunListResult> {
    const { flags, metadata } = await this.parse(RunList);
    const given = metadata.flags['target-org']?.setFromDefault !== true ? flags['target-org'] : undefined;
    const username = given?.getUsername();
    const all = await listRuns(this.runs);
    const runs = all
      .filter(({ org, state }) => (!username || org.username === username) && (!flags.open || state !== 'done'))
      .slice(0, flags.limit);
    if (runs.length === 0) this.log(messages.getMessage('none'));
    else {
      this.table({
        data: runs.map(({ id, title, org, state, rows, done }) => ({ id, title, org: org.domain, state, rows, done })),
        columns: ['id', 'title', 'org', 'state', 'rows', 'done'],
        overflow: 'wrap',
      });
    }
    return { runs };
  }
}

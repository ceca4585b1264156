import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import {
  buildMembersPlan,
  MEMBERS_KIND,
  membersDetailsSchema,
  memberText,
  readMembersChange,
  readMembersFingerprint,
  type QueueMembersResult,
} from '../../../leads/queues/index.js';
import { planResult } from '../../../leads/plan-result.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { QueueCommand } from '../../../queue-command.js';
import type { Plan } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.members');

export default class QueueMembers extends QueueCommand<QueueMembersResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = { name: Args.string({ description: messages.getMessage('args.name.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    add: Flags.string({ summary: messages.getMessage('flags.add.summary'), multiple: true, exclusive: ['plan'] }),
    remove: Flags.string({ summary: messages.getMessage('flags.remove.summary'), multiple: true, exclusive: ['plan'] }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<QueueMembersResult> {
    const { flags, args } = await this.parse(QueueMembers);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    if (args.name === undefined && flags.plan === undefined) throw messages.createError('error.noName');
    const org = await this.identify(conn);
    const request = { queue: args.name ?? '', add: flags.add ?? [], remove: flags.remove ?? [] };
    return this.carryOutQueue({
      conn,
      org,
      flags,
      messages,
      kind: MEMBERS_KIND,
      make: async (folder) => buildMembersPlan(org, folder, await readMembersChange(conn, request)),
      reliesOn: (plan) => readMembersFingerprint(conn, plan),
      show: (plan) => this.show(plan),
      finish: (run) => Promise.resolve(planResult(run, membersDetailsSchema.parse(run.plan.details))),
    });
  }

  private show({ org, details }: Plan): void {
    const { queue, add, remove, after, above } = membersDetailsSchema.parse(details);
    const list = (members: typeof after): string =>
      members.map((member) => memberText(member as Parameters<typeof memberText>[0])).join(', ') || 'nobody';
    this.log();
    this.log(shown(messages.getMessage('plan.title', [org.domain, org.kind, queue.name, add.length, remove.length])));
    this.log(shown(messages.getMessage('plan.after', [list(after)])));
    if (add.length > 0) this.showAbove(queue.includesBosses, above);
  }
}

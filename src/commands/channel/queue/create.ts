import { Args } from '@oclif/core';
import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import {
  buildCreatePlan,
  CREATE_KIND,
  createDetailsSchema,
  developerNameOf,
  memberText,
  readCreate,
  readCreateFingerprint,
  type QueueCreateResult,
} from '../../../leads/queues/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { planResult } from '../../../leads/plan-result.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { QueueCommand } from '../../../queue-command.js';
import type { Plan, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.create');

export default class QueueCreate extends QueueCommand<QueueCreateResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = { name: Args.string({ description: messages.getMessage('args.name.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    member: Flags.string({
      char: 'm',
      summary: messages.getMessage('flags.member.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    'developer-name': Flags.string({
      summary: messages.getMessage('flags.developer-name.summary'),
      exclusive: ['plan'],
    }),
    email: Flags.string({ summary: messages.getMessage('flags.email.summary'), exclusive: ['plan'] }),
    'send-email-to-members': Flags.boolean({
      summary: messages.getMessage('flags.send-email-to-members.summary'),
      default: false,
      exclusive: ['plan'],
    }),
    'include-bosses': Flags.boolean({
      summary: messages.getMessage('flags.include-bosses.summary'),
      description: messages.getMessage('flags.include-bosses.description'),
      default: true,
      allowNo: true,
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<QueueCreateResult> {
    const { flags, args } = await this.parse(QueueCreate);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    if (args.name === undefined && flags.plan === undefined) throw messages.createError('error.noName');
    const org = await this.identify(conn);
    return this.carryOutQueue({
      conn,
      org,
      flags,
      messages,
      kind: CREATE_KIND,
      make: (folder) => this.plan(conn, org, folder, args.name!, flags),
      reliesOn: (plan) => readCreateFingerprint(conn, plan),
      show: (plan) => this.show(plan),
      finish: (run) => Promise.resolve(planResult(run, createDetailsSchema.parse(run.plan.details))),
    });
  }

  private async plan(
    conn: Connection,
    org: OrgIdentity,
    folder: RunFolder,
    name: string,
    flags: Wished
  ): Promise<Plan> {
    const snapshot = await readCreate(conn, {
      name,
      developerName: flags['developer-name'] ?? developerNameOf(name),
      members: flags.member ?? [],
      email: flags.email,
      mailsMembers: flags['send-email-to-members'],
      includesBosses: flags['include-bosses'],
    });
    return buildCreatePlan(conn, org, folder, snapshot);
  }

  private show({ org, details, steps }: Plan): void {
    const { queue, members, above } = createDetailsSchema.parse(details);
    const { name, developerName, email, mailsMembers, includesBosses } = queue;
    this.log();
    this.log(shown(messages.getMessage('plan.title', [org.domain, org.kind, name, developerName])));
    const names = members.map((member) => memberText(member as Parameters<typeof memberText>[0]));
    this.log(shown(messages.getMessage('plan.members', [names.join(', ') || 'nobody'])));
    this.showAbove(includesBosses, above);
    // platform-facts F; sources do not agree on members of a queue without an address.
    const mails = mailsMembers ? 'plan.mails.members' : email === undefined ? 'plan.mails.none' : 'plan.mails.address';
    this.log(messages.getMessage(mails, [email ?? 'none']));
    if (steps.length > 0) this.log(messages.getMessage('plan.undo'));
  }
}

type Wished = {
  member?: string[];
  'developer-name'?: string;
  email?: string;
  'send-email-to-members': boolean;
  'include-bosses': boolean;
};

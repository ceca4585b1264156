import { Args } from '@oclif/core';
import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import {
  buildPreparePlan,
  PREPARE_KIND,
  prepareDetailsSchema,
  proveReading,
  queuePrepareResult,
  readPrepare,
  readPrepareFingerprint,
  type Proof,
  type QueuePrepareResult,
} from '../../../leads/queues/prepare/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { QueueCommand } from '../../../queue-command.js';
import type { Plan, Receipt } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.prepare');

export default class QueuePrepare extends QueueCommand<QueuePrepareResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = { name: Args.string({ description: messages.getMessage('args.name.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    partner: Flags.string({
      char: 'p',
      summary: messages.getMessage('flags.partner.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    site: Flags.string({ summary: messages.getMessage('flags.site.summary') }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<QueuePrepareResult> {
    const { flags, args } = await this.parse(QueuePrepare);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { name = '' } = args;
    const { partner: partners = [], site } = flags;
    if (flags.plan === undefined && (name === '' || partners.length === 0))
      throw messages.createError('error.noPartner');
    const org = await this.identify(conn);
    return this.carryOutQueue({
      conn,
      org,
      flags,
      messages,
      kind: PREPARE_KIND,
      make: async (folder) =>
        buildPreparePlan(conn, org, folder, await readPrepare(conn, { queue: name, partners, site })),
      reliesOn: (plan) => readPrepareFingerprint(conn, plan, site),
      show: (plan) => this.show(plan),
      finish: async (run) => {
        const isApplied = run.receipt !== undefined || (run.plan.steps.length === 0 && !flags['dry-run']);
        return queuePrepareResult(run, isApplied ? await this.prove(conn, run.plan, run.receipt) : undefined);
      },
    });
  }

  private show({ org, details }: Plan): void {
    const { queue, users, join, permissionSet, view, page } = prepareDetailsSchema.parse(details);
    this.log();
    this.log(shown(messages.getMessage('plan.title', [org.domain, org.kind, queue.name, queue.openLeads])));
    this.table({
      data: users.map(({ name, username, editsLeads }) => ({ name, username, leads: editsLeads ? 'yes' : 'no' })),
      columns: [{ key: 'name', name: 'Partner user' }, 'username', { key: 'leads', name: 'Edits leads now' }],
      overflow: 'wrap',
    });
    this.log(messages.getMessage(`permission.${permissionSet}`));
    this.log(
      shown(messages.getMessage('plan.join', [join.map((one) => `${one.kind} ${one.name}`).join(', ') || 'nobody']))
    );
    this.log(shown(messages.getMessage(view.isThere ? 'view.there' : 'view.missing', [view.label, view.name])));
    this.log(shown(messages.getMessage(`page.${page.state}`, [page.site, page.text])));
  }

  /** The org is asked as of the partner; where it cannot be, that is a warning. */
  private async prove(conn: Connection, plan: Plan, receipt: Receipt | undefined): Promise<Proof | undefined> {
    if (receipt && receipt.state !== 'done') return undefined;
    const look = (): Promise<Proof> => proveReading(conn, prepareDetailsSchema.parse(plan.details));
    const proof = receipt ? await this.afterRun(receipt, look) : await look();
    if (!proof) return undefined;
    const { user, lead, reads, reason } = proof;
    if (reads) this.log(shown(messages.getMessage('proof.reads', [user, lead ?? ''])));
    else if (reads === null) this.warn(shown(messages.getMessage('proof.none', [reason ?? ''])));
    else {
      this.warn(shown(messages.getMessage('proof.doesNotRead', [user, lead ?? ''])));
      process.exitCode = EXIT.partly;
    }
    return proof;
  }
}

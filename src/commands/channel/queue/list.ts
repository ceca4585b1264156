import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CLAIM_DAYS, listQueues, type QueueListResult } from '../../../leads/queues/index.js';
import { QueueCommand } from '../../../queue-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.queue.list');

/** Members that a line of the table names; --json has all of them. */
const MOST_MEMBERS = 4;

export default class QueueList extends QueueCommand<QueueListResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    days: Flags.integer({ summary: messages.getMessage('flags.days.summary'), min: 1, max: 365, default: CLAIM_DAYS }),
  };

  public async run(): Promise<QueueListResult> {
    const { flags } = await this.parse(QueueList);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { id, domain, kind, username } = await this.identify(conn);
    const { days } = flags;
    const found = await this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tell(error, username),
      () => listQueues(conn, days)
    );
    const result = { org: { id, domain, kind }, days, ...found };
    this.show(result);
    return result;
  }

  private show({ queues, claims, days, org }: QueueListResult): void {
    if (queues.length === 0) {
      this.log(messages.getMessage('none', [org.domain]));
      return;
    }
    const claimed = (queue: string): string => {
      if (!claims.known) return '';
      return String(claims.value.filter(({ queueId }) => queueId === queue).reduce((sum, { leads }) => sum + leads, 0));
    };
    this.table({
      data: queues.map(({ id, name, developerName, openLeads, members, mailsMembers, email, includesBosses }) => ({
        queue: name,
        api: developerName,
        open: openLeads,
        claims: claimed(id),
        members: namesOf(members),
        mails: mailsMembers ? `members${email === null ? '' : `, ${email}`}` : (email ?? ''),
        bosses: includesBosses ? 'yes' : 'no',
      })),
      columns: [
        'queue',
        { key: 'api', name: 'API name' },
        { key: 'open', name: 'Open leads' },
        { key: 'claims', name: `Claimed in ${days} days` },
        'members',
        'mails',
        { key: 'bosses', name: 'Those above claim' },
      ],
      overflow: 'wrap',
    });
    if (!claims.known) this.warn(messages.getMessage('claims.unknown', [claims.reason]));
    else
      for (const { queue, user, leads } of claims.value)
        this.log(messages.getMessage('claims.by', [user, leads, queue]));
  }
}

function namesOf(members: QueueListResult['queues'][number]['members']): string {
  const names = members.slice(0, MOST_MEMBERS).map(({ kind, name }) => (kind === 'user' ? name : `${kind}:${name}`));
  if (members.length > MOST_MEMBERS) names.push(`${members.length - MOST_MEMBERS} more`);
  return names.join(', ');
}

import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand } from '../../channel-command.js';
import { listRuns } from '../../runs/index.js';
import { readStatus } from '../../status/read.js';
import type { Section, Status as ChannelStatus } from '../../status/result.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.status');

export default class Status extends ChannelCommand<ChannelStatus> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = { 'target-org': Flags.requiredOrg(), 'api-version': Flags.orgApiVersion() };

  public async run(): Promise<ChannelStatus> {
    const { flags } = await this.parse(Status);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const open = (await listRuns(this.runs)).filter(
      ({ org: { id }, state }) => id === org.id && !['done', 'planned'].includes(state)
    );
    const status = await readStatus(
      conn,
      org,
      open.map(({ id }) => id)
    );
    this.show(status);
    return status;
  }

  private show(status: ChannelStatus): void {
    const { org, settings, prm, partnerAccounts, partnerUsers, leads, mails, openRuns } = status;
    this.log(messages.getMessage('title', [org.name, org.kind, org.edition, org.instance, org.username]));
    this.log();
    this.line('digitalExperiences', settings, ({ digitalExperiences }) =>
      messages.getMessage(digitalExperiences ? 'on' : 'off')
    );
    this.line('prm', prm, ({ enabled }) => messages.getMessage(enabled ? 'on' : 'off'));
    this.line('partnerFields', settings, ({ partnerFields }) =>
      messages.getMessage(partnerFields ? 'partnerFields.on' : 'partnerFields.off')
    );
    this.line('partnerAccounts', partnerAccounts, ({ partner, withPartnerUsers }) =>
      messages.getMessage('partnerAccounts', [partner, withPartnerUsers])
    );
    this.line('partnerUsers', partnerUsers, ({ active, neverLoggedIn, inactive }) =>
      messages.getMessage('partnerUsers', [active, neverLoggedIn, inactive])
    );
    this.line('leads', leads, ({ open, inQueues, converted }) =>
      messages.getMessage('leads', [open, inQueues, converted])
    );
    this.line('mails', mails, ({ route }) => messages.getMessage(`mails.${route}`));
    this.list('licences', status.licences, ['name', 'status', 'total', 'used', 'left']);
    this.list('sites', status.sites, ['name', 'status', 'path', 'members']);
    this.list('queues', status.queues, ['name', { key: 'openLeads', name: 'Open leads' }]);
    this.list('claims', status.claims, ['user', 'leads', 'queue']);
    if (openRuns.length > 0) this.warn(messages.getMessage('openRuns', [openRuns.length]));
  }

  private line<T>(label: string, section: Section<T>, text: (value: T) => string): void {
    this.log(
      `${messages.getMessage(`label.${label}`)}: ${section.known ? text(section.value) : unknown(section.reason)}`
    );
  }

  private list<T extends Record<string, unknown>>(
    label: string,
    section: Section<T[]>,
    columns: Array<(keyof T & string) | { key: keyof T & string; name: string }>
  ): void {
    const title = messages.getMessage(`label.${label}`);
    if (!section.known) this.log(`${title}: ${unknown(section.reason)}`);
    else if (section.value.length === 0) this.log(`${title}: ${messages.getMessage('none')}`);
    else {
      this.log();
      this.table({ title, data: section.value, columns });
    }
  }
}

const unknown = (reason: string): string => messages.getMessage('unknown', [reason]);

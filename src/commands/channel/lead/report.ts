import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, checkWritable, tellOrgError } from '../../../channel-command.js';
import {
  buildLeadReport,
  fairnessRows,
  MOST_OWNERS,
  ownerRows,
  type LeadReportResult,
} from '../../../leads/report/index.js';
import { writeLeadsReport } from '../../../report/leads-report.js';
import { shown } from '../../../report/shown.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.lead.report');

export default class LeadReport extends ChannelCommand<LeadReportResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    days: Flags.integer({ summary: messages.getMessage('flags.days.summary'), min: 1, max: 3650, default: 30 }),
    report: Flags.string({ summary: messages.getMessage('flags.report.summary') }),
    csv: Flags.string({ summary: messages.getMessage('flags.csv.summary') }),
  };

  public async run(): Promise<LeadReportResult> {
    const { flags } = await this.parse(LeadReport);
    const { days, report, csv } = flags;
    await checkWritable(report, csv);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const facts = await this.reading(
      messages.getMessage('stages.read'),
      (error) => tellOrgError(error, org.username),
      (update) =>
        buildLeadReport({
          conn,
          org,
          store: this.runs,
          days,
          ...(csv === undefined ? {} : { csv }),
          onProgress: (events) => update(messages.getMessage('read', [events])),
        })
    );
    const result: LeadReportResult = { ...facts, files: { report: report ?? null, csv: csv ?? null } };
    if (report !== undefined) await writeLeadsReport(report, result);
    this.show(result);
    return result;
  }

  private show(result: LeadReportResult): void {
    const { org, days, events, notes, files } = result;
    const head = [org.domain, org.kind, days, events.total, events.assignment, events.run, events.history];
    this.log(shown(messages.getMessage('title', head)));
    this.showOwners(result);
    this.showFairness(result);
    for (const note of notes) this.warn(shown(note));
    if (files.report !== null) this.log(messages.getMessage('report', [files.report]));
    if (files.csv !== null) this.log(messages.getMessage('csv', [files.csv]));
  }

  private showOwners({ owners }: LeadReportResult): void {
    if (owners.length === 0) {
      this.log(messages.getMessage('nothing'));
      return;
    }
    this.log();
    this.table({
      data: ownerRows(owners),
      columns: [
        { key: 'name', name: 'Owner' },
        'got',
        'lost',
        'claimed',
        'accepted',
        'declined',
        { key: 'pulledBack', name: 'Pulled back' },
        { key: 'open', name: 'Open now' },
        { key: 'converted', name: 'Converted' },
        'untouched',
      ],
      overflow: 'wrap',
    });
    if (owners.length > MOST_OWNERS) this.log(messages.getMessage('owners', [owners.length - MOST_OWNERS]));
  }

  private showFairness({ fairness }: LeadReportResult): void {
    const data = fairnessRows(fairness);
    if (data.length === 0) return;
    this.log();
    this.log(messages.getMessage('fairness'));
    this.table({
      data,
      columns: [
        { key: 'what', name: 'Run or rotation' },
        'member',
        'weight',
        'given',
        { key: 'share', name: 'Exact share' },
        { key: 'off', name: 'Off by' },
      ],
      overflow: 'wrap',
    });
    for (const { run, worst } of fairness.distributions)
      this.log(shown(messages.getMessage('worst', [run, worst.toFixed(2)])));
  }
}

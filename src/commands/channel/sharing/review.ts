import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { checkWritable } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { writeSharingCsv } from '../../../report/sharing-csv.js';
import { writeSharingReport } from '../../../report/sharing-report.js';
import { Stages } from '../../../report/stages.js';
import { DecisionSession, openDecisions, type OpenFiles } from '../../../sharing/decisions/index.js';
import {
  conversionOf,
  reviewSharing,
  sharingReport,
  sharingReviewResult,
  terminalAsker,
  walk,
  type Review,
  type SharingReviewResult,
} from '../../../sharing/index.js';
import { reviewFlags, reviewRequest, SharingCommand, type ReviewFlags } from '../../../sharing-command.js';
import { showReview } from '../../../sharing/show.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.review');

/** Where a walk keeps its decisions if no file is named. */
const DEFAULT_FILE = 'sharing-decisions.yaml';

type WalkFlags = ReviewFlags & {
  'no-counts': boolean;
  decisions?: string;
  'promote-from'?: string;
  report?: string;
  csv?: string;
  walk: boolean;
  'accept-suggested': boolean;
};

export default class SharingReview extends SharingCommand<SharingReviewResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...reviewFlags,
    'no-counts': Flags.boolean({ summary: messages.getMessage('flags.no-counts.summary') }),
    decisions: Flags.string({ summary: messages.getMessage('flags.decisions.summary') }),
    'promote-from': Flags.string({
      summary: messages.getMessage('flags.promote-from.summary'),
      dependsOn: ['decisions'],
    }),
    report: Flags.string({ summary: messages.getMessage('flags.report.summary') }),
    csv: Flags.string({ summary: messages.getMessage('flags.csv.summary') }),
    walk: Flags.boolean({ summary: messages.getMessage('flags.walk.summary'), allowNo: true }),
    'accept-suggested': Flags.boolean({
      summary: messages.getMessage('flags.accept-suggested.summary'),
      dependsOn: ['decisions'],
    }),
  };

  public async run(): Promise<SharingReviewResult> {
    const { flags } = await this.parse(SharingReview);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const walks = this.walks(flags.walk, flags['accept-suggested']);
    const decisions = flags.decisions ?? (walks ? DEFAULT_FILE : undefined);
    await checkWritable(decisions, flags.report, flags.csv);
    const org = await this.identify(conn);
    const { open, review } = await this.read(conn, org, { ...flags, walk: walks, decisions });
    const session = new DecisionSession(decisions, org, open, review);
    if (flags['accept-suggested']) session.acceptSuggested(org.username);
    await session.save();
    if (walks) await this.walk(session, org);
    const files = { decisions, report: flags.report, csv: flags.csv };
    const result = sharingReviewResult({ review, merged: session.merged, counted: !flags['no-counts'], files });
    if (flags.report) await writeSharingReport(flags.report, sharingReport(result));
    if (flags.csv) await writeSharingCsv(flags.csv, result.findings);
    showReview(result, session, org.username, {
      log: (line) => this.log(line),
      warn: (line) => this.warn(line),
      table: (o) => this.table(o),
    });
    return result;
  }

  /** Somebody is asked where somebody is there, unless told otherwise. */
  private walks(asked: boolean | undefined, accepts: boolean): boolean {
    const terminal = !this.jsonEnabled() && process.stdin.isTTY === true;
    if (asked === true && !terminal) throw messages.createError('error.nobodyToAsk');
    return asked ?? (terminal && !accepts);
  }

  private async read(
    conn: Connection,
    org: OrgIdentity,
    flags: WalkFlags
  ): Promise<{ open: OpenFiles; review: Review }> {
    const stages = new Stages(messages.getMessage('stages'), ['Read'], this.jsonEnabled());
    let done = false;
    try {
      const open = await openDecisions({ file: flags.decisions, promoteFrom: flags['promote-from'] }, org);
      // A new org is told so before anything else is read.
      const atOnce = conversionOf(org, undefined);
      if (!atOnce.needed) this.log(atOnce.text);
      await stages.start('Read');
      const review = await reviewSharing(conn, org, reviewRequest(flags, !flags['no-counts']), (stage) =>
        stages.update(stage)
      );
      if (atOnce.needed) this.log(review.conversion.text);
      done = true;
      return { open, review };
    } catch (error) {
      throw this.tell(error, org.username);
    } finally {
      stages.stop(!done);
    }
  }

  private async walk(session: DecisionSession, org: OrgIdentity): Promise<void> {
    const asker = await terminalAsker((line) => this.log(line));
    const end = await walk(session.merged.decided, asker, org.username, async (decided) => {
      session.replace(decided);
      await session.save();
    });
    this.log(messages.getMessage(end.quit ? 'walk.quit' : 'walk.end', [end.answered]));
  }
}

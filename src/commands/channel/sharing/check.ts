import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { asFailed, shared, type OclifError } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { annotationLine } from '../../../report/annotations.js';
import { checkCodeHelp, EXIT } from '../../../report/exit-codes.js';
import { decidedRequest, decisionFlags, SharingCommand } from '../../../sharing-command.js';
import { checkResult, type Exposure, type SharingCheckResult } from '../../../sharing/check/index.js';
import { readDecided, type Decided, type DecidedRequest } from '../../../sharing/decided.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.sharing.check');

export default class SharingCheck extends SharingCommand<SharingCheckResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = checkCodeHelp(
    messages.getMessage('exit.clean'),
    shared.getMessage('exit.failed'),
    messages.getMessage('exit.found')
  );
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...decisionFlags,
    'no-counts': Flags.boolean({ summary: messages.getMessage('flags.no-counts.summary') }),
    annotations: Flags.option({
      summary: messages.getMessage('flags.annotations.summary'),
      options: ['github'] as const,
    })(),
  };

  public async run(): Promise<SharingCheckResult> {
    const { flags } = await this.parse(SharingCheck);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const decided = await this.read(conn, org, decidedRequest(flags, !flags['no-counts']));
    const result = checkResult(org, flags.decisions, decided);
    if (flags.annotations) this.annotate(result);
    this.show(result);
    if (!result.clean) process.exitCode = result.news.length > 0 ? EXIT.found : EXIT.failed;
    return result;
  }

  /** Wrong flags end with 1, not with the 2 that oclif has for them: CI must not take them for exposures. */
  protected override async catch(error: OclifError): Promise<never> {
    return super.catch(asFailed(error));
  }

  private read(conn: Connection, org: OrgIdentity, request: DecidedRequest): Promise<Decided> {
    const tell = (error: unknown): Error => this.tell(error, org.username);
    return this.reading(messages.getMessage('stages'), tell, (update) => readDecided(conn, org, request, update));
  }

  private show({ org, news, deferred, kept, gone, unread, clean }: SharingCheckResult): void {
    this.log(messages.getMessage(clean ? 'clean' : news.length > 0 ? 'found' : 'unsure', [org.domain, news.length]));
    const exposures = [...news, ...deferred];
    if (exposures.length > 0) {
      this.table({
        data: exposures.map(({ news: why, source, target, records, externalUsers }) => ({
          why: messages.getMessage(`news.${why}`),
          source,
          target,
          users: externalUsers ?? '?',
          records: records ?? '?',
        })),
        columns: ['why', 'source', 'target', 'users', 'records'],
        overflow: 'wrap',
      });
    }
    this.log(messages.getMessage('rest', [kept, deferred.length, gone.length]));
    for (const { source, reason } of unread) this.warn(messages.getMessage('unread', [source, reason]));
  }

  /** One line a finding on standard error, so that --json stays readable; CI looks for them in both streams. */
  private annotate({ decisions, news, deferred }: SharingCheckResult): void {
    const line = (level: 'error' | 'warning', exposure: Exposure): string =>
      annotationLine({
        level,
        file: decisions,
        title: messages.getMessage(`news.${exposure.news}`),
        message: `${exposure.key}: ${exposure.source} → ${exposure.target}. ${exposure.fix}`,
      });
    for (const exposure of news) this.logToStderr(line('error', exposure));
    for (const exposure of deferred) this.logToStderr(line('warning', exposure));
  }
}

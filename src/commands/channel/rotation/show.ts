import { Args } from '@oclif/core';
import { Messages, type Org } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { requireRotations, shownFile, shownStored, type RotationShowResult } from '../../../leads/rotations/index.js';
import { shown } from '../../../report/shown.js';
import { RotationCommand } from '../../../rotation-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.show');

export default class RotationShow extends RotationCommand<RotationShowResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = { key: Args.string({ description: messages.getMessage('args.key.summary') }) };
  public static readonly flags = {
    'target-org': Flags.optionalOrg(),
    'api-version': Flags.orgApiVersion(),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
  };

  public async run(): Promise<RotationShowResult> {
    const { flags, args } = await this.parse(RotationShow);
    if ((args.key === undefined) === (flags.file === undefined)) throw messages.createError('error.keyOrFile');
    const org = flags['target-org'];
    const result =
      flags.file === undefined ? await this.ofOrg(args.key!, org, flags['api-version']) : await this.ofFile(flags.file);
    this.show(result);
    return result;
  }

  private async ofFile(file: string): Promise<RotationShowResult> {
    const [found] = await requireRotations([file]).catch((error: unknown) => {
      throw this.tell(error, '');
    });
    return { file, ...shownFile(found!.rotation, new Date()) };
  }

  private async ofOrg(key: string, org: Org | undefined, version: string | undefined): Promise<RotationShowResult> {
    if (!org) throw messages.createError('error.noOrg');
    const conn = org.getConnection(version);
    const { id, domain, kind, username } = await this.identify(conn);
    const stored = await this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tell(error, username),
      () => this.requireStored(conn, key, messages.getMessage('others'))
    );
    return { org: { id, domain, kind }, ...shownStored(stored, new Date()) };
  }

  private show({ rotation, members, problems, org }: RotationShowResult): void {
    const { key, name, active, leads, balance, period, timeZone, hours, holidays, fallback, sticky, neverBackTo } =
      rotation;
    const none = messages.getMessage('nothing');
    this.log(shown(messages.getMessage(active ? 'title' : 'title.inactive', [name, key])));
    this.log(shown(messages.getMessage('leads', [leads ?? messages.getMessage('all')])));
    const balanced = messages.getMessage(balance === 'assigned' ? 'balance.assigned' : 'balance.openLeads');
    this.log(messages.getMessage('balance', [balanced, period, timeZone]));
    this.log(messages.getMessage('hours', [hours, holidays.join(', ') || none]));
    this.log(
      messages.getMessage('rules', [fallback ?? none, sticky.join(', ') || none, neverBackTo.join(', ') || none])
    );
    this.table({
      data: members.map((member) => ({
        member: `${member.kind} ${member.name}`,
        weight: member.weight,
        share: `${member.share} %`,
        cap: member.cap ?? '',
        hours: `${member.hours} (${member.timeZone})`,
        criteria: member.criteria ?? '',
        got: member.assigned ?? '',
        period: member.periodCount ?? '',
        owed: member.deficit === undefined ? '' : member.deficit.toFixed(2),
        now: member.hindrances.join('; ') || messages.getMessage('available'),
      })),
      columns: [
        'member',
        'weight',
        'share',
        'cap',
        'hours',
        'criteria',
        ...(org
          ? [
              { key: 'got' as const, name: 'Assigned' },
              { key: 'period' as const, name: 'In period' },
              { key: 'owed' as const, name: 'Owed leads' },
            ]
          : []),
        { key: 'now', name: 'Now' },
      ],
      overflow: 'wrap',
    });
    for (const problem of problems) this.warn(shown(problem));
  }
}

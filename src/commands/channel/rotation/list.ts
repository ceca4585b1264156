import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { listRotations, type RotationListResult } from '../../../leads/rotations/index.js';
import { folderFlag, RotationCommand } from '../../../rotation-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.list');

export default class RotationList extends RotationCommand<RotationListResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...folderFlag,
  };

  public async run(): Promise<RotationListResult> {
    const { flags } = await this.parse(RotationList);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { id, domain, kind, username } = await this.identify(conn);
    const { folder } = flags;
    const found = await this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tell(error, username),
      () => listRotations(conn, folder)
    );
    const result = { org: { id, domain, kind }, folder, ...found };
    this.show(result);
    return result;
  }

  private show({ org, folder, rotations, package: isThere }: RotationListResult): void {
    if (!isThere) this.warn(messages.getMessage('noPackage', [org.domain]));
    if (rotations.length === 0) {
      this.log(messages.getMessage('none', [folder]));
      return;
    }
    this.table({
      data: rotations.map(({ key, name, active, members, balance, state, file }) => ({
        key: key ?? '',
        name: name ?? '',
        active: active === undefined ? '' : active ? 'yes' : 'no',
        members: members ?? '',
        balance: balance ?? '',
        state: messages.getMessage(`state.${state}`),
        file: file ?? '',
      })),
      columns: ['key', 'name', 'active', 'members', 'balance', { key: 'state', name: 'Org and file' }, 'file'],
      overflow: 'wrap',
    });
    for (const { key, file, differences, problems } of rotations) {
      for (const line of differences) this.log(messages.getMessage('difference', [key ?? '', line]));
      for (const problem of problems) this.warn(key === undefined ? problem : `${key}: ${problem}`);
      if (differences.length > 0 && file) this.log(messages.getMessage('next', [file]));
    }
  }
}

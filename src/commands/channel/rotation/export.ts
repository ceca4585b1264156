import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { Messages } from '@salesforce/core';
import { readRotations, type StoredRotation } from '../../../leads/rotation/records/index.js';
import { exportRotations, type RotationExportResult } from '../../../leads/rotations/index.js';
import { folderFlag, RotationCommand, rotationMessages } from '../../../rotation-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.export');

export default class RotationExport extends RotationCommand<RotationExportResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly strict = false;
  public static readonly args = { key: Args.string({ description: messages.getMessage('args.key.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    ...folderFlag,
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<RotationExportResult> {
    const { flags, argv } = await this.parse(RotationExport);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { id, domain, kind, username } = await this.identify(conn);
    const tell = (error: unknown): Error => this.tell(error, username);
    const all = await this.reading(messages.getMessage('stages.read'), tell, () => readRotations(conn));
    const wanted = chosen(all, argv as string[]);
    const { folder, force } = flags;
    const rotations = await exportRotations(wanted, folder, force).catch((error: unknown) => {
      throw this.tell(error, username);
    });
    const result = { org: { id, domain, kind }, folder, rotations };
    this.show(result);
    return result;
  }

  private show({ org, rotations }: RotationExportResult): void {
    if (rotations.length === 0) this.log(messages.getMessage('none', [org.domain]));
    for (const { key, file, state, problems } of rotations) {
      this.log(messages.getMessage(`state.${state}`, [key, file]));
      for (const problem of problems) this.warn(messages.getMessage('problem', [key, problem]));
    }
  }
}

/** Rotations by key; all without one. @throws SfError where one is not there */
function chosen(all: StoredRotation[], keys: readonly string[]): StoredRotation[] {
  if (keys.length === 0) return all;
  return keys.map((key) => {
    const found = all.find(({ rotation }) => rotation.key.toLowerCase() === key.toLowerCase());
    if (found) return found;
    const known = all.map(({ rotation }) => rotation.key).join(', ');
    throw rotationMessages.createError('error.unknownRotation', [
      key,
      messages.getMessage('known', [known === '' ? 'none' : known]),
    ]);
  });
}

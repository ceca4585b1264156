import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import {
  buildImportPlan,
  IMPORT_KIND,
  importDetailsSchema,
  readImport,
  readImportFingerprint,
  rotationImportResult,
  type RotationImportResult,
} from '../../../leads/rotations/import/index.js';
import { rotationFilesIn } from '../../../leads/rotations/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import { folderFlag, RotationCommand } from '../../../rotation-command.js';
import type { Plan, Receipt } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.import');

export default class RotationImport extends RotationCommand<RotationImportResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    ...folderFlag,
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<RotationImportResult> {
    const { flags } = await this.parse(RotationImport);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const files = flags.plan === undefined ? await this.files(org, flags) : [];
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      word: 'rotation',
      kind: IMPORT_KIND,
      make: async (folder) => buildImportPlan(org, folder, await readImport(conn, files)),
      reliesOn: (plan) => readImportFingerprint(conn, plan),
      show: (plan) => this.showPlan(plan),
      finish: (run) => {
        if (run.receipt) this.tellRun(run.receipt);
        return Promise.resolve(rotationImportResult(run));
      },
    });
  }

  private async files({ username }: OrgIdentity, { file, folder }: Requested): Promise<string[]> {
    const files = file ?? (await rotationFilesIn(folder));
    if (files.length === 0) throw messages.createError('error.noFiles', [folder], [username]);
    return files;
  }

  private showPlan(plan: Plan): void {
    const { rotations, members } = importDetailsSchema.parse(plan.details);
    this.log();
    this.log(
      messages.getMessage('plan.title', [
        plan.org.domain,
        plan.org.kind,
        members.added,
        members.changed,
        members.removed,
      ])
    );
    for (const { key, file, action, lines } of rotations) {
      this.log(shown(messages.getMessage(`action.${action}`, [key, file])));
      for (const line of lines) this.log(`  ${shown(line)}`);
    }
    if (plan.steps.length === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    for (const warning of plan.warnings) this.warn(warning);
    this.log(messages.getMessage('plan.undo'));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private tellRun(receipt: Receipt): void {
    const { verification, run, org } = receipt;
    if (verification?.agrees) this.log(messages.getMessage('proof.holds', [shown(verification.method)]));
    else if (verification) this.warn(messages.getMessage('proof.differs', [shown(verification.differences[0] ?? '')]));
    this.tellRest(receipt);
    this.log(messages.getMessage('undo', [run, org.username]));
  }
}

type Requested = { file?: string[]; folder: string };

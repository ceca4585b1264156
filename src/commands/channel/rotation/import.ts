import { Messages, type Connection } from '@salesforce/core';
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
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

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
    const planFile = flags['plan-file'];
    return this.inRunFolder('rotation', async (folder, keep) => {
      const plan =
        flags.plan === undefined
          ? await this.plan(conn, org, folder, flags)
          : await this.savedPlan(conn, org, folder, flags.plan);
      this.showPlan(plan);
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return rotationImportResult({ org, plan, planFile });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.tellRun(receipt);
      return rotationImportResult({ org, plan, planFile, receipt });
    });
  }

  private async plan(conn: Connection, org: OrgIdentity, folder: RunFolder, flags: Requested): Promise<Plan> {
    const files = flags.file ?? (await rotationFilesIn(flags.folder));
    if (files.length === 0) throw messages.createError('error.noFiles', [flags.folder], [org.username]);
    const snapshot = await this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tell(error, org.username),
      () => readImport(conn, files)
    );
    return buildImportPlan(org, folder, snapshot);
  }

  private async savedPlan(conn: Connection, org: OrgIdentity, folder: RunFolder, file: string): Promise<Plan> {
    const plan = await this.loadPlan(file, IMPORT_KIND, org, folder);
    const now = await readImportFingerprint(conn, plan).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    if (now !== plan.fingerprint) throw shared.createError('error.planStale');
    return plan;
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

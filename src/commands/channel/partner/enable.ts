import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import { PartnerWriteCommand, sourceFlags } from '../../../partner-write-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import {
  buildEnablePlan,
  ENABLE_KIND,
  enableDetailsSchema,
  partnerEnableResult,
  readEnable,
  readManagersFingerprint,
  refusedOf,
  type EnableSnapshot,
  type PartnerEnableResult,
} from '../../../partners/enable/index.js';
import { recordedPartnerRoles } from '../../../partners/partner-roles.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.enable');

export default class PartnerEnable extends PartnerWriteCommand<PartnerEnableResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    account: Flags.string({
      char: 'a',
      summary: messages.getMessage('flags.account.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), exclusive: ['plan'] }),
    manager: Flags.string({ char: 'm', summary: messages.getMessage('flags.manager.summary'), exclusive: ['plan'] }),
    ...sourceFlags,
    'partner-roles': Flags.integer({
      summary: messages.getMessage('flags.partner-roles.summary'),
      min: 1,
      max: 3,
      exclusive: ['plan'],
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PartnerEnableResult> {
    const { flags } = await this.parse(PartnerEnable);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const rejectedTo = await this.rejectedFile(flags.file, flags.rejected);
    const org = await this.identify(conn);
    return this.inRunFolder('enable', async (folder, keep) => {
      const snapshot = flags.plan === undefined ? await this.read(conn, org, flags) : undefined;
      const rejected = snapshot?.rejected ?? [];
      const plan = snapshot
        ? await this.plan(org, folder, snapshot, flags)
        : await this.reliablePlan(flags.plan!, ENABLE_KIND, org, folder, (saved) =>
            readManagersFingerprint(conn, saved)
          );
      this.showPlan(plan, snapshot);
      this.showRejected(rejected, undefined);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) {
        const rejectedFile = flags['dry-run']
          ? undefined
          : await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
        this.showRejected([], rejectedFile);
        this.refuseIfAllRejected(snapshot);
        if (rejected.length > 0 && !flags['dry-run']) process.exitCode = EXIT.partly;
        return partnerEnableResult({ org, plan, snapshot, rejected, rejectedFile, planFile });
      }
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      return this.finish({ org, plan, snapshot, folder, receipt, rejectedTo, planFile });
    });
  }

  private async read(conn: Connection, org: OrgIdentity, flags: Requested): Promise<EnableSnapshot> {
    const { account, where, file, encoding, manager } = flags;
    if ((account?.length ?? 0) === 0 && where === undefined && file === undefined) {
      throw messages.createError('error.noAccounts');
    }
    const request = { accounts: account, where, csv: file, encoding, manager, externalId: flags['external-id'] };
    return this.reading(
      messages.getMessage('stages.plan'),
      (error) => this.tell(error, org.username),
      (update) => readEnable(conn, org.username, request, update)
    );
  }

  private async plan(
    org: OrgIdentity,
    folder: RunFolder,
    { decided, rejected, viewer }: EnableSnapshot,
    flags: Requested
  ): Promise<Plan> {
    const isNew = decided.some(({ action }) => action === 'create' || action === 'enable');
    const partnerRoles = isNew ? await this.partnerRoles(org, flags) : null;
    return buildEnablePlan({ org, folder, decided, rejected: rejected.length, viewer, partnerRoles });
  }

  /** What was said now, what a run on this org recorded, or the answer to a question. @throws SfError where nobody knows */
  private async partnerRoles(org: OrgIdentity, flags: Requested): Promise<number | null> {
    const said = flags['partner-roles'];
    if (said !== undefined) return said;
    const recorded = await recordedPartnerRoles(await this.runs.list(), org.id);
    if (recorded) {
      this.log(messages.getMessage('rolesRecorded', [recorded.run]));
      return recorded.partnerRoles;
    }
    // A plan that is only looked at does not rely on it; one that is kept does.
    if (flags['dry-run'] && flags['plan-file'] === undefined) return null;
    if (!this.canAsk() || flags['no-prompt']) throw messages.createError('error.partnerRoles');
    const { default: select } = await import('@inquirer/select');
    const choices = [1, 2, 3].map((value) => ({ name: String(value), value }));
    return select({ message: messages.getMessage('prompt.partnerRoles'), choices });
  }

  private refuseIfAllRejected(snapshot: EnableSnapshot | undefined): void {
    if (!snapshot || snapshot.decided.length > 0) return;
    const [first] = snapshot.rejected;
    if (first) throw messages.createError('error.allRejected', [snapshot.rejected.length, first.reason]);
  }

  private showPlan(plan: Plan, snapshot: EnableSnapshot | undefined): void {
    const { create, enable, changeOwner, unchanged, partnerRoles, managers } = enableDetailsSchema.parse(plan.details);
    this.log();
    if (snapshot) this.showFile(snapshot.csv, snapshot.unused);
    this.log(
      messages.getMessage('plan.title', [plan.org.domain, plan.org.kind, create, enable, changeOwner, unchanged])
    );
    if (snapshot) this.showAccounts(snapshot);
    if (plan.steps.length === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    if (partnerRoles !== null) this.log(messages.getMessage('plan.roles', [partnerRoles]));
    const names = managers.map(({ name, role, accounts }) => `${name} (${role ?? 'no role'}): ${accounts}`);
    this.log(messages.getMessage('plan.managers', [names.join(', ')]));
    for (const warning of plan.warnings) this.warn(warning);
    this.log(messages.getMessage('plan.undo'));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private showAccounts({ decided }: EnableSnapshot): void {
    if (decided.length === 0) return;
    this.table({
      data: this.first(decided).map(({ name, action, account, owner }) => ({
        account: name,
        action,
        before: account?.owner?.name ?? '',
        manager: owner.name,
      })),
      columns: [
        'account',
        'action',
        { key: 'before', name: 'Owner before' },
        { key: 'manager', name: 'Channel manager' },
      ],
      overflow: 'wrap',
    });
    this.showMore(decided.length);
  }

  private async finish(run: Applied): Promise<PartnerEnableResult> {
    const { org, plan, snapshot, folder, receipt, rejectedTo, planFile } = run;
    const refused = await refusedOf(folder, receipt, snapshot?.decided ?? []);
    const rejected = [...(snapshot?.rejected ?? []), ...refused];
    const rejectedFile = await this.saveRejected(rejectedTo, snapshot?.csv, rejected);
    const last = receipt.steps.at(-1)!;
    this.log(messages.getMessage('result', [last.done, last.rows]));
    this.showVerification(receipt);
    this.tellRest(receipt);
    this.showRejected(refused, rejectedFile);
    if (receipt.state === 'done' && rejected.length > 0) process.exitCode = EXIT.partly;
    const first = snapshot?.decided.find(({ action }) => action !== 'unchanged')?.name;
    if (first && last.done > 0) this.log(shown(messages.getMessage('next', [org.username, first])));
    this.log(messages.getMessage('undo', [receipt.run, org.username]));
    return partnerEnableResult({ org, plan, snapshot, rejected, rejectedFile, planFile, receipt });
  }
}

type Requested = {
  account?: string[];
  where?: string;
  file?: string;
  encoding?: string;
  manager?: string;
  'external-id'?: string;
  'partner-roles'?: number;
  'no-prompt': boolean;
  'dry-run': boolean;
  'plan-file'?: string;
};

type Applied = {
  org: OrgIdentity;
  plan: Plan;
  snapshot?: EnableSnapshot;
  folder: RunFolder;
  receipt: Receipt;
  rejectedTo?: string;
  planFile?: string;
};

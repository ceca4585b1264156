import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { PartnerWriteCommand } from '../../../partner-write-command.js';
import {
  buildDisable,
  DISABLE_KIND,
  disableDetailsSchema,
  DisableError,
  disableResult,
  proveDisable,
  type DisableDetails,
  type DisableProof,
  type DisableRequest,
  type Loss,
  type PartnerDisableResult,
} from '../../../partners/disable/index.js';
import { AccountFileError } from '../../../partners/named-accounts.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.disable');

/** Accounts whose losses are shown one by one; all of them are in the plan. */
const MOST_ACCOUNTS = 10;

/** Names in a line. */
const MOST_NAMES = 20;

export default class PartnerDisable extends PartnerWriteCommand<PartnerDisableResult> {
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
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary'), exclusive: ['plan'] }),
    'deactivate-rest': Flags.boolean({
      summary: messages.getMessage('flags.deactivate-rest.summary'),
      description: messages.getMessage('flags.deactivate-rest.description'),
      exclusive: ['plan'],
    }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PartnerDisableResult> {
    const { flags } = await this.parse(PartnerDisable);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.inRunFolder('disable', async (folder, keep) => {
      const request = await this.request(flags, org, folder);
      const fresh = await this.reading(
        messages.getMessage('stages.plan'),
        (error) => this.tell(error, org.username),
        () => buildDisable(conn, org, folder, request)
      );
      const plan = await this.chosenPlan(flags.plan, fresh, org, folder);
      const details = disableDetailsSchema.parse(plan.details);
      this.showPlan(plan, details);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return disableResult({ plan, planFile });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.showReceipt(receipt);
      const proof = receipt.state === 'stopped' ? undefined : await this.prove(conn, receipt, details);
      const result = disableResult({ plan, folder, receipt, proof });
      for (const command of result.next) this.log(messages.getMessage('next', [command]));
      return result;
    });
  }

  /** What was asked for now, or when the plan was made. */
  private async request(
    flags: { account?: string[]; file?: string; 'deactivate-rest'?: boolean; plan?: string },
    org: OrgIdentity,
    folder: RunFolder
  ): Promise<DisableRequest> {
    if (flags.plan === undefined)
      return { accounts: flags.account, file: flags.file, deactivateRest: flags['deactivate-rest'] ?? false };
    const { details } = await this.loadPlan(flags.plan, DISABLE_KIND, org, folder);
    const { named, deactivateRest } = disableDetailsSchema.parse(details);
    return { accounts: named, deactivateRest };
  }

  protected override tell(error: unknown, username: string): Error {
    if (error instanceof DisableError) return messages.createError(`error.${error.key}`);
    if (error instanceof AccountFileError)
      return messages.createError('error.file', [error.file, error.problems.join('\n')]);
    return super.tell(error, username);
  }

  private showPlan({ org, steps, cost, warnings }: Plan, details: DisableDetails): void {
    const { accounts, skipped, deactivated } = details;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, accounts.length]));
    for (const { name, id, reason } of skipped) this.log(`  ${messages.getMessage(`skipped.${reason}`, [name, id])}`);
    for (const loss of accounts.slice(0, MOST_ACCOUNTS)) this.showLoss(loss);
    if (accounts.length > MOST_ACCOUNTS) this.log(messages.getMessage('more', [accounts.length - MOST_ACCOUNTS]));
    if (deactivated.length > 0)
      this.log(messages.getMessage('plan.deactivated', [deactivated.length, names(deactivated)]));
    for (const warning of warnings) this.warn(warning);
    if (steps.length === 0) {
      this.log(messages.getMessage('plan.nothing'));
      return;
    }
    this.log(messages.getMessage('plan.forGood'));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log();
  }

  private showLoss(loss: Loss): void {
    this.log();
    this.log(messages.getMessage('loss.title', [loss.name, loss.id, loss.manager]));
    for (const line of lossLines(loss)) this.log(`  ${line}`);
  }

  private async prove(conn: Connection, receipt: Receipt, details: DisableDetails): Promise<DisableProof | undefined> {
    const proof = await this.afterRun(receipt, () => proveDisable(conn, details));
    if (!proof) return undefined;
    if (proof.differences.length > 0 && process.exitCode === EXIT.done) process.exitCode = EXIT.partly;
    this.showProof(proof);
    return proof;
  }

  private showReceipt(receipt: Receipt): void {
    this.tellRest(receipt);
    if (receipt.verification?.agrees === false)
      this.warn(messages.getMessage('notVerified', [receipt.verification.differences[0] ?? '']));
  }

  private showProof({ accounts, portalRolesLeft, stillActive, differences }: DisableProof): void {
    this.log(messages.getMessage('proof.accounts', [accounts.ended, accounts.of]));
    if (portalRolesLeft === 0) this.log(messages.getMessage('proof.roles'));
    for (const difference of this.first(differences)) this.warn(difference);
    this.showMore(differences.length);
    if (stillActive?.length === 0) this.log(messages.getMessage('proof.users'));
    else if (stillActive) this.warn(messages.getMessage('proof.stillActive', [stillActive.length, names(stillActive)]));
  }
}

function names(people: ReadonlyArray<{ name: string; username?: string }>): string {
  const first = people.slice(0, MOST_NAMES).map(({ name, username }) => (username ? `${name} (${username})` : name));
  return first.join(', ') + (people.length > MOST_NAMES ? ' …' : '');
}

const UNKNOWN = '?';

/** What is lost with one account, a line each. */
function lossLines({
  portalRoles,
  groups,
  users,
  openLeads,
  memberships,
  userMemberships,
  shares,
  definitions,
}: Loss): string[] {
  const lines = [
    messages.getMessage('loss.roles', [
      portalRoles?.length ?? UNKNOWN,
      groups ?? UNKNOWN,
      portalRoles?.join(', ') ?? UNKNOWN,
    ]),
  ];
  if (users) lines.push(messages.getMessage('loss.users', [users.active.length, users.inactive, names(users.active)]));
  if (openLeads !== 0) lines.push(messages.getMessage('loss.leads', [openLeads ?? UNKNOWN]));
  for (const { kind, name } of memberships) lines.push(messages.getMessage(`loss.${kind}`, [name]));
  for (const { object, shares: number } of shares ?? [])
    lines.push(messages.getMessage('loss.shares', [number, object]));
  for (const { kind, name } of definitions ?? []) lines.push(messages.getMessage(`loss.${kind}`, [name]));
  if (definitions === null) lines.push(messages.getMessage('loss.definitionsUnknown'));
  if (userMemberships.length > 0)
    lines.push(messages.getMessage('loss.stays', [userMemberships.map(({ name }) => name).join(', ')]));
  return lines;
}

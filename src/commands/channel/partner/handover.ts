import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { PartnerWriteCommand } from '../../../partner-write-command.js';
import { PartnerNameError, tellPartnerError } from '../../../partners/index.js';
import { AccountFileError } from '../../../partners/named-accounts.js';
import {
  buildHandover,
  HANDOVER_KIND,
  handoverDetailsSchema,
  HandoverError,
  handoverResult,
  proveHandover,
  sharesFile,
  type Effects,
  type HandoverDetails,
  type HandoverProof,
  type HandoverRequest,
  type LeadMode,
  type PartnerHandoverResult,
} from '../../../partners/handover/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.handover');

/** Lines of a list that are shown; all of them are in the plan. */
const MOST_LINES = 15;

export default class PartnerHandover extends PartnerWriteCommand<PartnerHandoverResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    from: Flags.string({ summary: messages.getMessage('flags.from.summary'), exclusive: ['plan'] }),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary'), exclusive: ['plan'] }),
    account: Flags.string({
      char: 'a',
      summary: messages.getMessage('flags.account.summary'),
      multiple: true,
      exclusive: ['plan'],
    }),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary'), exclusive: ['plan'] }),
    leads: Flags.option({
      summary: messages.getMessage('flags.leads.summary'),
      description: messages.getMessage('flags.leads.description'),
      options: ['move', 'keep'] as const,
      exclusive: ['plan'],
    })(),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<PartnerHandoverResult> {
    const { flags } = await this.parse(PartnerHandover);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    return this.inRunFolder('handover', async (folder, keep) => {
      const request = await this.request(flags, org, folder);
      const fresh = await this.prepare(conn, org, folder, request);
      const plan = await this.chosenPlan(flags.plan, fresh, org, folder);
      const details = handoverDetailsSchema.parse(plan.details);
      this.showPlan(plan, details);
      const planFile = flags['plan-file'];
      if (planFile) await this.keepPlan(messages, folder, plan, planFile);
      if (flags['dry-run'] || plan.steps.length === 0) return handoverResult({ plan, planFile });
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.showReceipt(receipt);
      const proof =
        receipt.state === 'stopped' ? undefined : await this.afterRun(receipt, () => proveHandover(conn, details));
      if (proof) this.showProof(folder, details, proof);
      if (receipt.state === 'done') this.log(messages.getMessage('undo', [receipt.run, org.username]));
      return handoverResult({ plan, folder, receipt, proof });
    });
  }

  /** What was asked for now, or when the plan was made. */
  private async request(
    flags: { from?: string; to?: string; account?: string[]; file?: string; leads?: LeadMode; plan?: string },
    org: OrgIdentity,
    folder: RunFolder
  ): Promise<HandoverRequest> {
    if (flags.plan !== undefined) {
      const { details } = await this.loadPlan(flags.plan, HANDOVER_KIND, org, folder);
      const { from, to, named, leads } = handoverDetailsSchema.parse(details);
      return { from: from.id, to: to.id, accounts: named ?? undefined, leads };
    }
    const { from, to, account: accounts, file, leads } = flags;
    if (from === undefined || to === undefined) throw messages.createError('error.sides');
    return { from, to, accounts, file, leads };
  }

  private async prepare(
    conn: Connection,
    org: OrgIdentity,
    folder: RunFolder,
    request: HandoverRequest
  ): Promise<Plan> {
    return this.reading(
      messages.getMessage('stages.plan'),
      (error) => this.tell(error, org.username),
      (update) => buildHandover(conn, org, folder, request, update)
    );
  }

  protected override tell(error: unknown, username: string): Error {
    if (error instanceof PartnerNameError && error.kind === 'manager')
      return tellPartnerError(error, (key, tokens) => messages.createError(key, tokens))!;
    if (error instanceof HandoverError) return refusal(error);
    if (error instanceof AccountFileError)
      return messages.createError('error.file', [error.file, error.problems.join('\n')]);
    return super.tell(error, username);
  }

  private showPlan({ org, steps, cost, warnings }: Plan, details: HandoverDetails): void {
    const { from, to, accounts, already, leads, effects } = details;
    this.log();
    this.log(messages.getMessage('plan.title', [org.domain, org.kind, accounts.length, from.name, to.name]));
    this.list(accounts.map(({ name, id }) => `${name} (${id})`));
    if (already.length > 0)
      this.log(messages.getMessage('plan.already', [already.map(({ name }) => name).join(', '), to.name]));
    this.log(this.leadWords(details));
    if (steps.length === 0) {
      this.log(messages.getMessage('plan.nothing'));
      for (const warning of warnings) this.warn(warning);
      return;
    }
    this.log();
    this.log(messages.getMessage('effects.title'));
    for (const line of effectLines(details)) this.log(`  ${line}`);
    this.showShifts(effects);
    for (const warning of warnings) this.warn(warning);
    this.log(messages.getMessage(leads === 'move' ? 'plan.undoBoth' : 'plan.undo'));
    this.log(messages.getMessage('plan.cost', [cost.apiCalls, cost.formula]));
    this.log();
  }

  private leadWords({ from, leads, leadsAsked, effects, staying, accounts }: HandoverDetails): string {
    const why = leadsAsked ? 'asked' : accounts.length === 0 ? 'none' : staying > 0 ? 'some' : 'all';
    const { own, moved } = effects.leads;
    const count = leads === 'move' ? moved : (own ?? '?');
    return messages.getMessage(`leads.${leads}`, [count, from.name, messages.getMessage(`leads.why.${why}`)]);
  }

  private showShifts({ shifts }: Effects): void {
    if (shifts === null || shifts.length === 0) return;
    this.log(messages.getMessage('shifts.title', [shifts.length]));
    this.list(
      shifts.map(({ kind, name, what, gain, lose }) => {
        const numbers = [gain > 0 ? `+${gain}` : '', lose > 0 ? `-${lose}` : ''].filter(Boolean).join(' ');
        return messages.getMessage(`shift.${what}`, [messages.getMessage(`kind.${kind}`), name, numbers]);
      })
    );
  }

  private list(lines: readonly string[]): void {
    for (const line of lines.slice(0, MOST_LINES)) this.log(`  ${line}`);
    if (lines.length > MOST_LINES) this.log(messages.getMessage('more', [lines.length - MOST_LINES]));
  }

  private showReceipt(receipt: Receipt): void {
    this.tellRest(receipt);
    const { verification } = receipt;
    if (verification?.agrees === false)
      this.warn(messages.getMessage('notVerified', [verification.differences[0] ?? '']));
  }

  private showProof(folder: RunFolder, { from, to, effects }: HandoverDetails, proof: HandoverProof): void {
    const { accounts, portalRoles, children, remaining, differences, manualSharesLeft } = proof;
    if (differences.length > 0 && process.exitCode === EXIT.done) process.exitCode = EXIT.partly;
    this.log(messages.getMessage('proof.accounts', [accounts.moved, accounts.of, to.name]));
    if (portalRoles && portalRoles.checked > 0 && differences.length === 0)
      this.log(messages.getMessage('proof.roles', [portalRoles.checked, to.role?.name ?? '']));
    for (const difference of this.first(differences)) this.warn(difference);
    this.showMore(differences.length);
    const { accounts: shares, leads } = effects.manualShares;
    if ((shares ?? 0) + (leads ?? 0) > 0)
      this.log(messages.getMessage('proof.shares', [(shares ?? 0) - (manualSharesLeft ?? 0), sharesFile(folder)]));
    this.log(messages.getMessage('proof.children', [from.name, ...childCounts(children)]));
    if (remaining > 0) this.log(messages.getMessage('proof.remaining', [from.name, remaining]));
    else if (from.active) this.log(messages.getMessage('proof.free', [from.name]));
  }
}

const numberOr = (count: number | null): string => (count === null ? '?' : String(count));

const childCounts = ({ Contact, Opportunity, Case }: Effects['children']): string[] =>
  [Contact, Opportunity, Case].map(numberOr);

/** The facts, a line each. */
function effectLines({ from, to, effects }: HandoverDetails): string[] {
  const { portalRoles, partnerUsers, sight, manualShares, leads, children } = effects;
  const names = (people: ReadonlyArray<{ name: string }>): string =>
    people.length > 0 ? people.map(({ name }) => name).join(', ') : messages.getMessage('nobody');
  const lines = [
    portalRoles
      ? messages.getMessage('effects.roles', [to.role?.name ?? '', portalRoles.moving, short(portalRoles.names)])
      : messages.getMessage('effects.rolesUnknown'),
  ];
  if (portalRoles?.moving !== 0) {
    const users = partnerUsers ? partnerUsers.active + partnerUsers.inactive : null;
    lines.push(
      messages.getMessage('effects.sightPartners', [
        numberOr(users),
        numberOr(leads.ofPartners),
        names(sight.partners.gain),
        names(sight.partners.lose),
      ])
    );
  }
  return [
    ...lines,
    messages.getMessage('effects.sightRecords', [names(sight.records.gain), names(sight.records.lose)]),
    messages.getMessage('effects.shares', [numberOr(manualShares.accounts), numberOr(manualShares.leads)]),
    messages.getMessage('effects.children', [from.name, ...childCounts(children)]),
  ];
}

function short(names: readonly string[]): string {
  const first = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${first} …` : first || messages.getMessage('nobody');
}

/** Why nothing was planned, in words. */
function refusal({ key, problems, detail }: HandoverError): Error {
  const lines = problems.map(({ key: why, name, detail: more }) => messages.getMessage(`problem.${why}`, [name, more]));
  if (key === 'target' || key === 'accounts')
    return messages.createError(`error.${key}`, [problems.length, lines.join('\n')]);
  return messages.createError(`error.${key}`, [detail]);
}

/** Repairs of partner users: offered, chosen, planned, carried out. */
import { Messages, type Connection } from '@salesforce/core';
import { NO_TIMEOUT, type ApplyFlags } from './channel-command.js';
import type { OrgIdentity } from './org/read/index.js';
import { PartnerCommand } from './partner-command.js';
import type { Judged } from './partners/index.js';
import {
  buildRepairPlan,
  countJoinings,
  offerOf,
  REPAIRS,
  repairDetailsSchema,
  type Chosen,
  type CountedJoining,
  type Repair,
  type RepairDetails,
  type RepairResult,
} from './partners/repair/index.js';
import { savePlan, type Plan, type Receipt, type RunFolder } from './runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.repair');

export type RepairFlags = ApplyFlags & {
  repair?: Repair[];
  site?: string;
  'accept-mails'?: boolean;
  'dry-run'?: boolean;
  'plan-file'?: string;
  plan?: string;
};

export abstract class PartnerRepairCommand<T> extends PartnerCommand<T> {
  /** Offers what can be repaired of people who were judged, and carries out what is chosen. */
  protected async repair(
    conn: Connection,
    org: OrgIdentity,
    judged: readonly Judged[],
    flags: RepairFlags
  ): Promise<RepairResult> {
    return this.inRunFolder('repair', async (folder, keep) => {
      const offer = await this.offer(conn, org, judged, flags.site);
      const offered = detailsOf(offer);
      this.log();
      if (isEmpty(offer)) {
        this.log(messages.getMessage('nothing'));
        return { offered, chosen: offered, state: 'nothing-to-repair' };
      }
      const chosen = await this.choose(offer, flags);
      const fresh = await buildRepairPlan(org, folder, chosen, judged);
      const plan = await this.chosenPlan(flags.plan, fresh, org, folder);
      this.showPlan(plan, chosen);
      const planFile = flags['plan-file'];
      if (planFile) await this.save(folder, plan, planFile);
      const about = { offered, chosen: repairDetailsSchema.parse(plan.details), planFile };
      if (plan.steps.length === 0) return { ...about, state: 'nothing-chosen' };
      if (flags['dry-run']) return { ...about, state: 'planned' };
      await this.acceptMails(chosen, flags);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.showReceipt(receipt);
      return { ...about, state: receipt.state, run: receipt.run, receipt };
    });
  }

  private async offer(
    conn: Connection,
    org: OrgIdentity,
    judged: readonly Judged[],
    site: string | undefined
  ): Promise<Chosen> {
    const offer = offerOf(judged, site);
    const joinings = await countJoinings(conn, org.username, offer['add-to-site']).catch((error: unknown) => {
      throw this.tell(error, org.username);
    });
    return { ...offer, 'add-to-site': joinings };
  }

  /** What was named, or a yes to each; where nobody is asked, whatever sends no mail by itself. */
  private async choose(offer: Chosen, flags: RepairFlags): Promise<Chosen> {
    const wanted = new Set<Repair>(flags.repair ?? []);
    if (flags.repair === undefined) {
      for (const repair of REPAIRS.filter((one) => offer[one].length > 0)) {
        if (await this.wants(repair, offer, flags)) wanted.add(repair);
      }
    }
    return {
      'add-to-site': wanted.has('add-to-site') ? offer['add-to-site'] : [],
      reactivate: wanted.has('reactivate') ? offer.reactivate : [],
      'send-login': wanted.has('send-login') ? offer['send-login'] : [],
    };
  }

  private async wants(repair: Repair, offer: Chosen, flags: RepairFlags): Promise<boolean> {
    if (this.canAsk() && !flags['no-prompt'])
      return this.confirm({ message: questionOf(repair, offer), ms: NO_TIMEOUT });
    if (repair !== 'send-login') return true;
    this.log(messages.getMessage('logins.notSent', [offer['send-login'].length]));
    return false;
  }

  private showPlan(plan: Plan, { 'add-to-site': joinings }: Chosen): void {
    if (plan.steps.length === 0) {
      this.log(messages.getMessage('nothingChosen'));
      return;
    }
    const { reactivate, logins } = repairDetailsSchema.parse(plan.details);
    this.log(messages.getMessage('plan.title', [plan.org.domain, plan.org.kind]));
    for (const joining of joinings) this.log(joiningText('plan.join', joining));
    if (reactivate > 0) this.log(messages.getMessage('plan.reactivate', [reactivate]));
    if (logins > 0) this.log(messages.getMessage('plan.logins', [logins]));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private async save(folder: RunFolder, plan: Plan, file: string): Promise<void> {
    await savePlan(folder, plan, file);
    this.log(messages.getMessage('plan.saved', [file]));
  }

  /** Welcome mails go to everybody with the profile and cannot be held back. @throws SfError without consent */
  private async acceptMails({ 'add-to-site': joinings }: Chosen, flags: RepairFlags): Promise<void> {
    const mailing = joinings.filter(({ welcomes, mails }) => welcomes || mails === null);
    if (mailing.length === 0) return;
    const text = mailing.map((joining) => joiningText('plan.join', joining)).join(' ');
    const question = messages.getMessage('prompt.mails', [text]);
    await this.consentToMails(question, flags, () => messages.createError('error.mails', [text]));
  }

  private showReceipt(receipt: Receipt): void {
    for (const { step, done, rows } of receipt.steps) {
      this.log(messages.getMessage('result', [step, done, rows]));
    }
    for (const { errors } of receipt.steps) {
      for (const { code, message, rows } of errors) this.warn(messages.getMessage('refused', [rows, code, message]));
    }
    this.tellRest(receipt);
    this.log(messages.getMessage('undo', [receipt.run, receipt.org.username]));
    this.log();
  }
}

const isEmpty = (offer: Chosen): boolean => REPAIRS.every((repair) => offer[repair].length === 0);

const detailsOf = (offer: Chosen): RepairDetails => ({
  joinings: offer['add-to-site'].map(({ site, profile, users, mails }) => ({
    site,
    profile,
    users: users.length,
    mails,
  })),
  reactivate: offer.reactivate.length,
  logins: offer['send-login'].length,
});

const joiningText = (key: string, { profile, site, users, mails }: CountedJoining): string =>
  messages.getMessage(key, [profile, site, users.length, mails ?? messages.getMessage('unknown')]);

function questionOf(repair: Repair, offer: Chosen): string {
  if (repair === 'reactivate') return messages.getMessage('prompt.reactivate', [offer.reactivate.length]);
  if (repair === 'send-login') return messages.getMessage('prompt.logins', [offer['send-login'].length]);
  return offer['add-to-site'].map((joining) => joiningText('prompt.join', joining)).join(' ');
}

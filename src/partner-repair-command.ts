/** Repairs of partner users: offered, chosen, planned, carried out. */
import { Messages, type Connection } from '@salesforce/core';
import { NO_TIMEOUT, shared, type ApplyFlags } from './channel-command.js';
import type { OrgIdentity } from './org/read/index.js';
import { PartnerCommand } from './partner-command.js';
import type { Judged } from './partners/index.js';
import {
  buildRepairPlan,
  countJoinings,
  detailsOf,
  offerOf,
  readLicences,
  REPAIR_KIND,
  REPAIRS,
  repairDetailsSchema,
  stillOffered,
  type Chosen,
  type CountedJoining,
  type Repair,
  type RepairDetails,
  type RepairResult,
  type Seats,
} from './partners/repair/index.js';
import { savePlan, type Plan, type Receipt, type RunFolder } from './runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.partner.repair');

/** People of a list that are shown; --json and the plan have all of them. */
const MOST_PEOPLE = 15;

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
      const offered = detailsOf(offer, judged);
      this.log();
      if (isEmpty(offer) && flags.plan === undefined) {
        this.log(messages.getMessage('nothing'));
        return { offered, chosen: offered, state: 'nothing-to-repair' };
      }
      const { plan, chosen } =
        flags.plan === undefined
          ? await this.planned(offer, judged, flags, org, folder)
          : await this.savedPlan(flags.plan, offer, org, folder);
      const details = detailsOf(chosen, judged);
      this.showPlan(plan, chosen, details);
      const planFile = flags['plan-file'];
      if (planFile) await this.save(folder, plan, planFile);
      const about = { offered, chosen: details, planFile };
      if (plan.steps.length === 0) return { ...about, state: 'nothing-chosen' };
      if (flags['dry-run']) return { ...about, state: 'planned' };
      await this.acceptMails(chosen, flags);
      await this.consent(plan, flags);
      keep();
      const receipt = await this.apply(folder, conn, flags.wait);
      this.showReceipt(plan, receipt);
      return { ...about, state: receipt.state, run: receipt.run, receipt };
    });
  }

  private async planned(
    offer: Chosen,
    judged: readonly Judged[],
    flags: RepairFlags,
    org: OrgIdentity,
    folder: RunFolder
  ): Promise<{ plan: Plan; chosen: Chosen }> {
    const chosen = await this.choose(offer, judged, flags);
    return { plan: await buildRepairPlan(org, folder, chosen, judged), chosen };
  }

  /** A saved plan counts while each of its repairs is still offered. Nothing is asked again but for consent. */
  private async savedPlan(
    file: string,
    offer: Chosen,
    org: OrgIdentity,
    folder: RunFolder
  ): Promise<{ plan: Plan; chosen: Chosen }> {
    const plan = await this.loadPlan(file, REPAIR_KIND, org, folder);
    const chosen = stillOffered(repairDetailsSchema.parse(plan.details), offer);
    if (!chosen) throw shared.createError('error.planStale');
    return { plan, chosen };
  }

  private async offer(
    conn: Connection,
    org: OrgIdentity,
    judged: readonly Judged[],
    site: string | undefined
  ): Promise<Chosen> {
    const offer = offerOf(judged, site);
    try {
      const joinings = await countJoinings(conn, org.username, offer['add-to-site']);
      return { ...offer, 'add-to-site': joinings, licences: await readLicences(conn, judged, offer.reactivate) };
    } catch (error) {
      throw this.tell(error, org.username);
    }
  }

  /** What was named, or a yes to each; where nobody is asked, members are added and nothing else. */
  private async choose(offer: Chosen, judged: readonly Judged[], flags: RepairFlags): Promise<Chosen> {
    const wanted = new Set<Repair>(flags.repair ?? []);
    if (flags.repair === undefined) {
      for (const repair of REPAIRS.filter((one) => offer[one].length > 0)) {
        if (await this.wants(repair, offer, judged, flags)) wanted.add(repair);
      }
    }
    return {
      ...offer,
      'add-to-site': wanted.has('add-to-site') ? offer['add-to-site'] : [],
      reactivate: wanted.has('reactivate') ? offer.reactivate : [],
      'send-login': wanted.has('send-login') ? offer['send-login'] : [],
    };
  }

  /** People may have been deactivated on purpose, and mails cannot be taken back: both are made only when named. */
  private async wants(repair: Repair, offer: Chosen, judged: readonly Judged[], flags: RepairFlags): Promise<boolean> {
    if (this.canAsk() && !flags['no-prompt']) {
      this.showPeople(repair, detailsOf(offer, judged));
      return this.confirm({ message: questionOf(repair, offer), ms: NO_TIMEOUT });
    }
    if (repair === 'add-to-site') return true;
    const key = repair === 'reactivate' ? 'reactivate.notMade' : 'logins.notSent';
    this.log(messages.getMessage(key, [offer[repair].length]));
    return false;
  }

  private showPeople(repair: Repair, { people, seats }: RepairDetails): void {
    if (repair === 'add-to-site') return;
    if (repair === 'reactivate') for (const seat of seats) this.log(seatsText(seat));
    const all = repair === 'reactivate' ? people.reactivate : people.logins;
    for (const { username } of all.slice(0, MOST_PEOPLE)) this.log(`    ${username}`);
    if (all.length > MOST_PEOPLE) this.log(messages.getMessage('more', [all.length - MOST_PEOPLE]));
  }

  private showPlan(plan: Plan, { 'add-to-site': joinings }: Chosen, details: RepairDetails): void {
    if (plan.steps.length === 0) {
      this.log(messages.getMessage('nothingChosen'));
      return;
    }
    const { reactivate, logins } = details;
    this.log(messages.getMessage('plan.title', [plan.org.domain, plan.org.kind]));
    for (const joining of joinings) this.log(joiningText('plan.join', joining));
    if (reactivate > 0) this.log(messages.getMessage('plan.reactivate', [reactivate]));
    this.showPeople('reactivate', details);
    if (logins > 0) this.log(messages.getMessage('plan.logins', [logins]));
    this.showPeople('send-login', details);
    for (const warning of plan.warnings) this.warn(warning);
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

  private showReceipt(plan: Plan, receipt: Receipt): void {
    const titles = new Map(plan.steps.map(({ id, title }) => [id, title]));
    for (const { step, done, rows } of receipt.steps) {
      this.log(messages.getMessage('result', [titles.get(step) ?? step, done, rows]));
    }
    const { verification } = receipt;
    if (verification?.agrees === false)
      this.warn(messages.getMessage('notVerified', [verification.differences[0] ?? '']));
    for (const { errors } of receipt.steps) {
      for (const { code, message, rows } of errors) this.warn(messages.getMessage('refused', [rows, code, message]));
    }
    this.tellRest(receipt);
    this.log(messages.getMessage('undo', [receipt.run, receipt.org.username]));
    this.log();
  }
}

const isEmpty = (offer: Chosen): boolean => REPAIRS.every((repair) => offer[repair].length === 0);

const seatsText = ({ licence, needed, left }: Seats): string =>
  messages.getMessage('seats', [licence, needed, left ?? messages.getMessage('unknownSeats')]);

const joiningText = (key: string, { profile, site, users, mails }: CountedJoining): string =>
  messages.getMessage(key, [profile, site, users.length, mails ?? messages.getMessage('unknown')]);

function questionOf(repair: Repair, offer: Chosen): string {
  if (repair === 'reactivate') return messages.getMessage('prompt.reactivate', [offer.reactivate.length]);
  if (repair === 'send-login') return messages.getMessage('prompt.logins', [offer['send-login'].length]);
  return offer['add-to-site'].map((joining) => joiningText('prompt.join', joining)).join(' ');
}

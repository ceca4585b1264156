/** The partner's inbox on the site: leads that are offered, and those that are the partner's own. */
import { LightningElement } from 'lwc';
import offers from '@salesforce/apex/PartnerInboxController.offers';
import claim from '@salesforce/apex/PartnerInboxController.claim';
import decline from '@salesforce/apex/PartnerInboxController.decline';
import mayUse from '@salesforce/customPermission/Channel_Desk_Partner_Inbox';
import { errorText, fill, hiddenWords } from 'c/desk';
import { LABELS } from './labels';
import { sectionsOf } from './shapes';

export default class PartnerLeadInbox extends LightningElement {
  labels = LABELS;
  isLoading = false;
  /** A lead is being accepted or given back: nothing else can be clicked meanwhile. */
  isBusy = false;
  problem;
  /** Offered and own leads; undefined until they are there. */
  sections;
  /** How often more leads were asked for, by the name of the section. */
  steps = {};
  /** A sentence about fields that are hidden from the partner. */
  hidden;
  /** Lead that the partner is asked about before it is given back. */
  declining;
  /** What was done last, and what was refused last. In the page, as sites of the newer kind have no toasts. */
  done;
  refused;

  connectedCallback() {
    if (mayUse) this.load();
  }

  get mayLook() {
    return Boolean(mayUse);
  }

  get denied() {
    return mayUse ? undefined : fill(LABELS.NOT_FOR_YOU, 'Partner Leads');
  }

  /** The list is there; a problem may stand above it. */
  get isReady() {
    return Boolean(this.sections);
  }

  get declineTitle() {
    return fill(LABELS.DECLINE_TITLE, this.declining.name);
  }

  refresh() {
    this.forget();
    return this.load();
  }

  async load() {
    this.isLoading = true;
    this.problem = undefined;
    try {
      this.inbox = await offers();
      this.sections = sectionsOf(this.inbox, this.steps);
      this.hidden = hiddenWords(Object.values(this.inbox.hidden));
    } catch (error) {
      this.problem = errorText(error);
    }
    this.isLoading = false;
  }

  accept(event) {
    const lead = this.leadOf(event);
    return this.change(lead, () => claim({ leadId: lead.leadId }), LABELS.ACCEPTED);
  }

  ask(event) {
    this.declining = this.leadOf(event);
  }

  /** Puts more leads of a section into the page, and the focus to the first of them. */
  showMore({ target: { dataset } }) {
    const before = this.sections.find(({ name }) => name === dataset.name).leads.length;
    this.steps = { ...this.steps, [dataset.name]: (this.steps[dataset.name] ?? 0) + 1 };
    this.sections = sectionsOf(this.inbox, this.steps);
    this.next = this.sections.find(({ name }) => name === dataset.name).leads[before].leadId;
  }

  renderedCallback() {
    if (this.next) this.template.querySelector(`h3[data-lead="${this.next}"]`)?.focus();
    this.next = undefined;
    const { reason } = this.refs;
    if (!this.declining || !reason || this.asked === this.declining) return;
    this.asked = this.declining;
    reason.focus();
  }

  keep() {
    this.declining = undefined;
    this.asked = undefined;
  }

  giveBack() {
    const { declining: lead } = this;
    const reason = this.refs.reason.value;
    this.keep();
    return this.change(lead, () => decline({ leadId: lead.leadId, reason }), LABELS.DECLINED);
  }

  leadOf({ target }) {
    return this.sections.flatMap(({ leads }) => leads).find(({ leadId }) => leadId === target.dataset.id);
  }

  forget() {
    this.done = undefined;
    this.refused = undefined;
  }

  /** Does something to a lead, says what came of it, and shows what is true afterwards: others work with the same leads. */
  async change(lead, work, done) {
    this.isBusy = true;
    this.forget();
    let refused;
    try {
      await work();
    } catch (error) {
      refused = fill(LABELS.REFUSED, lead.name, errorText(error));
    }
    await this.load();
    this.isBusy = false;
    this.done = refused ? undefined : fill(done, lead.name);
    this.refused = refused;
    this.refs.title?.focus();
  }
}
